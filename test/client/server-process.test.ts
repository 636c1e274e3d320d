import { beforeEach, describe, expect, test, vi } from "vitest";
import type { LogOutputChannel } from "vscode";
import type { BaseLanguageClient, CloseHandlerResult, LanguageClientOptions } from "vscode-languageclient";
import type { Platform } from "../../client/src/platform.ts";
import { reportNotStarted, serverProcess } from "../../client/src/server-process.ts";

const editor = vi.hoisted(() => ({ warned: [] as string[], failed: [] as string[] }));

vi.mock("vscode", () => ({
  Disposable: { from: () => ({ dispose: () => undefined }) },
  l10n: { t: (text: string, ...args: readonly unknown[]) => text.replace("{0}", String(args[0])) },
  extensions: { onDidChange: () => undefined },
  workspace: {
    onDidOpenTextDocument: () => undefined,
    onDidCloseTextDocument: () => undefined,
    onDidChangeConfiguration: () => undefined,
  },
  window: {
    showWarningMessage: async (text: string) => void editor.warned.push(text),
    showErrorMessage: async (text: string) => void editor.failed.push(text),
  },
}));
vi.mock("vscode-languageclient", () => ({
  CloseAction: { DoNotRestart: 1, Restart: 2 },
  ErrorAction: { Continue: 1, Shutdown: 2 },
}));

const output = { error: () => undefined, warn: () => undefined } as unknown as LogOutputChannel;
const RESTART = 2;

/** What becomes of one start of a server: it runs, it falls, or it answers that it can't. */
type Outcome = "runs" | "falls" | "refuses";

/** Clients that behave as vscode-languageclient does: a start that is cut off is rejected, and the next one has begun by then. */
function clientsWith(...outcomes: readonly Outcome[]) {
  const left = [...outcomes];
  const made: LanguageClientOptions[] = [];
  const closed = async (at: number) => (await made[at]?.errorHandler?.closed()) as CloseHandlerResult;
  const platform = {
    languageClient: async (options: LanguageClientOptions) => {
      const at = made.push(options) - 1;
      let start: Promise<void> | undefined;
      const run = async (): Promise<void> => {
        const outcome = left.shift() ?? "runs";
        if (outcome === "refuses") throw new Error("no such folder");
        if (outcome === "runs") return;
        const { action } = await closed(at);
        start = undefined;
        if (action === RESTART) client.start().catch(() => undefined);
        throw new Error("Pending response rejected since connection got disposed");
      };
      const client = {
        error: () => undefined,
        start: () => {
          start ??= run();
          return start;
        },
        dispose: async () => undefined,
      };
      return client as unknown as BaseLanguageClient;
    },
  } as unknown as Platform;
  return { platform, made, closed };
}

beforeEach(() => {
  editor.warned.length = 0;
  editor.failed.length = 0;
});

describe("a server that falls while it starts", () => {
  test.each([1, 2, 3])("%d times: the client waits for the restart and starts no second server", async (times) => {
    const { platform, made } = clientsWith(...Array<Outcome>(times).fill("falls"), "runs");
    const life = serverProcess(platform, output);
    const client = await life.client();
    expect(await life.client()).toBe(client);
    expect(made).toHaveLength(1);
    expect(editor).toEqual({ warned: [expect.stringContaining("was started again")], failed: [] });
  });

  test("too often: the user gets one message, and the next request starts a new server", async () => {
    const { platform, made } = clientsWith("falls", "falls", "falls", "falls", "runs");
    const life = serverProcess(platform, output);
    await life.client().catch((problem: unknown) => reportNotStarted(output, problem));
    expect(editor.failed).toEqual([expect.stringContaining("stopped 4 times within minutes")]);
    expect(life.isRunning()).toBe(false);
    await life.client();
    expect(made).toHaveLength(2);
    expect(life.isRunning()).toBe(true);
  });
});

test("a server that refuses to start is reported, and its exit is not a crash", async () => {
  const { platform, closed } = clientsWith("refuses");
  const life = serverProcess(platform, output);
  await life.client().catch((problem: unknown) => reportNotStarted(output, problem));
  expect(editor.failed).toEqual([expect.stringContaining("did not start")]);
  expect(life.isRunning()).toBe(false);
  expect((await closed(0)).action).not.toBe(RESTART);
  expect(editor.warned).toEqual([]);
});

test("what can't be written to a server that fell is no reason to leave it stopped", async () => {
  const { platform, made, closed } = clientsWith("runs");
  await serverProcess(platform, output).client();
  for (let count = 1; count < 20; count++) {
    const result = await made[0]?.errorHandler?.error(new Error("write EPIPE"), undefined, count);
    expect(result?.action).toBe(1);
  }
  expect((await closed(0)).action).toBe(RESTART);
});
