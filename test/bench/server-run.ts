import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import type { Contestant } from "./rivals.ts";

/** A charm's file that is opened, and a place in it where letters are typed and questions asked. */
export interface OpenFile {
  readonly path: string;
  readonly line: number;
  readonly character: number;
}

/** Times of one life of a language server, in milliseconds, and its memory in megabytes. */
export interface ServerRun {
  readonly initialize: number;
  /** From the start to the diagnostics of all opened files that it knows about. */
  readonly firstDiagnostics: number;
  readonly keystrokes: ReadonlyMap<string, readonly number[]>;
  readonly hovers: readonly number[];
  readonly completions: readonly number[];
  readonly memory: number;
}

/** Typing in one file ends after so many milliseconds: a slow server needs no more letters to be known as slow. */
const PATIENCE = 2_000;
const LEAST_STROKES = 12;
/** How long a server is left alone before its memory is looked at. */
const SETTLING = 1_500;

/** Starts a server on a folder, opens the files, types `strokes` letters in each, asks, lets it settle, and ends it. */
export async function serverRun(
  contestant: Contestant,
  folder: string,
  files: readonly OpenFile[],
  strokes: number,
): Promise<ServerRun> {
  const started = performance.now();
  const child = spawn(process.execPath, contestant.command, { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
  const over = new Promise((resolve) => child.on("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let published: (params: PublishDiagnosticsParams) => void = () => undefined;
  connection.onNotification("textDocument/publishDiagnostics", (params) => published(params));
  connection.onRequest("workspace/configuration", ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => settingOf(contestant.settings, section)),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: uri,
    rootPath: folder,
    workspaceFolders: [{ uri, name: "bench" }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { publishDiagnostics: { relatedInformation: true }, hover: {}, completion: {} },
    },
  });
  const initialize = performance.now() - started;
  const known = files.filter(({ path: file }) => contestant.files.some((name) => file.endsWith(name)));
  const uriOf = (file: OpenFile): string => pathToFileURL(path.join(folder, file.path)).href;
  const arrived = Promise.all(
    known.map(
      (file) =>
        new Promise<void>((resolve) => {
          const before = published;
          published = (params) => {
            before(params);
            if (params.uri === uriOf(file)) resolve();
          };
        }),
    ),
  );
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("workspace/didChangeConfiguration", { settings: contestant.settings });
  for (const file of files) {
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: {
        uri: uriOf(file),
        languageId: file.path.endsWith(".py") ? "python" : "yaml",
        version: 1,
        text: readFileSync(path.join(folder, file.path), "utf8"),
      },
    });
  }
  await arrived;
  const firstDiagnostics = performance.now() - started;

  const keystrokes = new Map<string, number[]>();
  const hovers: number[] = [];
  const completions: number[] = [];
  for (const file of known) {
    const times: number[] = [];
    keystrokes.set(file.path, times);
    const start = { line: file.line, character: file.character };
    const end = { line: file.line, character: file.character + 1 };
    const since = performance.now();
    for (let stroke = 0; stroke < strokes; stroke++) {
      if (stroke >= LEAST_STROKES && performance.now() - since > PATIENCE) break;
      const answered = new Promise<void>((resolve) => {
        published = (params) => {
          if (params.uri === uriOf(file)) resolve();
        };
      });
      const begun = performance.now();
      await connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: uriOf(file), version: stroke + 2 },
        contentChanges: [
          stroke % 2 === 0 ? { range: { start, end: start }, text: "x" } : { range: { start, end }, text: "" },
        ],
      });
      await answered;
      times.push(performance.now() - begun);
      for (const [method, into] of [
        ["hover", hovers],
        ["completion", completions],
      ] as const) {
        const asked = performance.now();
        await connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: uriOf(file) }, position: start });
        into.push(performance.now() - asked);
      }
    }
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLING));
  const memory = child.pid === undefined ? Number.NaN : memoryOf(child.pid);
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  await over;
  return { initialize, firstDiagnostics, keystrokes, hovers, completions, memory };
}

function settingOf(settings: Readonly<Record<string, unknown>>, section: string | undefined): unknown {
  let value: unknown = settings;
  for (const part of (section ?? "").split(".").filter((each) => each !== ""))
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[part];
  return value ?? null;
}

/** Resident megabytes of a process and those it started; not a number without /proc. */
function memoryOf(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
    return Number(kilobytes) / 1000 + children.reduce((sum, child) => sum + memoryOf(child), 0);
  } catch {
    return Number.NaN;
  }
}
