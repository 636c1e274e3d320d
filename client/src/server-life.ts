import { type Disposable, type LogOutputChannel, l10n, window, workspace } from "vscode";
import type { BaseLanguageClient, DocumentFilter, ErrorHandler, LanguageClientOptions } from "vscode-languageclient";
import { type BesideYaml, besideYaml } from "./beside-yaml.ts";
import { type CrashHandler, crashHandler } from "./crash-handler.ts";
import { CRASH_LIMIT } from "./crashes.ts";
import type { Door } from "./door.ts";

/** Why a start failed that ended in too many crashes: what people were told about already. */
class StaysStopped extends Error {}

/** The running server, or none. */
export interface ServerLife extends Disposable {
  /** The client of a running server; starts it where it is not running. Rejects when it does not start. */
  readonly client: () => Promise<BaseLanguageClient>;
  /** Whether a server runs, or is about to. */
  readonly isRunning: () => boolean;
  /** Stops the server, if it runs, and starts a new one. */
  readonly restart: () => Promise<void>;
  /** Called with each client that was started, so that it can be listened to. */
  readonly onStarted: (listen: (client: BaseLanguageClient) => void) => void;
  /** Called when the server fell too often and stays down. */
  readonly onGivenUp: (listen: () => void) => void;
}

/** The life of the language server: started on the first need, again after a crash, and given up politely. */
export function serverLife(door: Door, output: LogOutputChannel): ServerLife {
  let running: Promise<BaseLanguageClient> | null = null;
  const listeners: ((client: BaseLanguageClient) => void)[] = [];
  const mourners: (() => void)[] = [];
  const beside = besideYaml();

  const started = async (): Promise<BaseLanguageClient> => {
    const crashes = crashHandler(output, givenUp, await import("vscode-languageclient"));
    const client = await door.languageClient(clientOptions(output, crashes, beside));
    tellingOnlyTheLog(client);
    for (const listen of listeners) listen(client);
    await begun(client, crashes);
    return client;
  };
  const client = (): Promise<BaseLanguageClient> => {
    if (running) return running;
    const start = started().catch((problem: unknown) => {
      // Meanwhile another one may have been started.
      if (running === start) running = null;
      throw problem;
    });
    running = start;
    return start;
  };
  const stop = async (): Promise<void> => {
    const stopping = running;
    running = null;
    // A server that never started, or is gone already, needs no stopping.
    await stopping?.then((each) => each.dispose()).catch((problem: unknown) => output.warn(String(problem)));
  };
  const restart = async (): Promise<void> => {
    await stop();
    await client();
  };
  // Whatever needs a server later, such as a command, starts a new one.
  const givenUp = (): void => {
    void stop();
    for (const listen of mourners) listen();
    offerRestart(output, restart);
  };
  return {
    client,
    isRunning: () => running !== null,
    restart,
    onStarted: (listen) => listeners.push(listen),
    onGivenUp: (listen) => mourners.push(listen),
    dispose: () => {
      beside.dispose();
      void stop();
    },
  };
}

/**
 * Starts a client. Where its server falls while it starts, the library rejects that start and begins another one, which is waited for:
 * who took it for failed would start a second server beside it. Rejects when the server does not start, or fell too often.
 */
async function begun(client: BaseLanguageClient, crashes: CrashHandler, awaited = 0): Promise<void> {
  try {
    await client.start();
  } catch (problem) {
    if (crashes.hasGivenUp()) throw new StaysStopped(textOfGivingUp());
    if (crashes.restarts() > awaited) return begun(client, crashes, awaited + 1);
    crashes.abandon();
    throw problem;
  }
}

/** Tells why a start failed, to the log, and that it failed, to people, unless they know that the server stays stopped. */
export function tellNotStarted(output: LogOutputChannel, problem: unknown): void {
  output.error(String(problem));
  if (problem instanceof StaysStopped) return;
  void window.showErrorMessage(l10n.t("Charm Mesh's language server did not start. Its log says why."));
}

/** Keeps the library's own messages, which speak of connections and codes, out of people's sight: crashes are told once, by us. */
function tellingOnlyTheLog(client: BaseLanguageClient): void {
  const error = client.error.bind(client);
  client.error = (message, data) => error(message, data, false);
}

function clientOptions(
  output: LogOutputChannel,
  errorHandler: ErrorHandler,
  beside: BesideYaml,
): LanguageClientOptions {
  return {
    documentSelector: documentSelector(),
    outputChannel: output,
    errorHandler,
    // Whoever starts it says so in words; without this the library would show what the server threw.
    initializationFailedHandler: () => false,
    diagnosticCollectionName: "charm-mesh",
    middleware: { handleDiagnostics: beside.handle },
    // All files of a charm change together; one message with everything beats a pull for each visible editor.
    initializationOptions: { diagnostics: "push", commands: true, changes: true },
    markdown: { isTrusted: false, supportHtml: false },
  };
}

/** The files whose text the server wants while they are edited, in the file systems of this workspace. */
function documentSelector(): DocumentFilter[] {
  const schemes = new Set(["file", ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme) => [
    { scheme, language: "python" },
    { scheme, pattern: "**/*.{yaml,yml,json}" },
    { scheme, pattern: "**/{pyproject.toml,requirements*.txt,uv.lock,poetry.lock}" },
  ]);
}

function offerRestart(output: LogOutputChannel, restart: () => Promise<void>): void {
  const again = l10n.t("Start Again");
  const show = l10n.t("Show Log");
  void window.showErrorMessage(textOfGivingUp(), again, show).then((choice) => {
    if (choice === again) restart().catch((problem: unknown) => tellNotStarted(output, problem));
    if (choice === show) output.show();
  });
}

function textOfGivingUp(): string {
  return l10n.t("Charm Mesh's language server stopped {0} times within minutes and stays stopped.", CRASH_LIMIT);
}
