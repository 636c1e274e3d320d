import { type Disposable, type LogOutputChannel, l10n, window, workspace } from "vscode";
import type { BaseLanguageClient, DocumentFilter, ErrorHandler, LanguageClientOptions } from "vscode-languageclient";
import { type BesideYaml, besideYaml } from "./beside-yaml.ts";
import { type CrashHandler, crashHandler } from "./crash-handler.ts";
import { CRASH_LIMIT } from "./crashes.ts";
import type { Platform } from "./platform.ts";

/** A start that failed because of too many crashes. The person has seen a message about it. */
class StaysStopped extends Error {}

/** The language server: running, or not. */
export interface ServerProcess extends Disposable {
  /** The client of the running server; starts the server first if needed. Rejects when the server does not start. */
  readonly client: () => Promise<BaseLanguageClient>;
  /** Whether a server is running or starting. */
  readonly isRunning: () => boolean;
  /** Stops the server if it is running, and starts a new one. */
  readonly restart: () => Promise<void>;
  /** Registers a listener that gets each new client before it starts. */
  readonly onStarted: (listen: (client: BaseLanguageClient) => void) => void;
  /** Registers a listener for when the server has crashed too often and stays stopped. */
  readonly onGaveUp: (listen: () => void) => void;
}

/** Starts the language server on first use, restarts it after a crash, and stops restarting after too many crashes. */
export function serverProcess(platform: Platform, output: LogOutputChannel): ServerProcess {
  let running: Promise<BaseLanguageClient> | null = null;
  const listeners: ((client: BaseLanguageClient) => void)[] = [];
  const gaveUpListeners: (() => void)[] = [];
  const beside = besideYaml();

  const started = async (): Promise<BaseLanguageClient> => {
    const crashes = crashHandler(output, givenUp, await import("vscode-languageclient"));
    const client = await platform.languageClient(clientOptions(output, crashes, beside));
    logErrorsOnly(client);
    for (const listen of listeners) listen(client);
    await begun(client, crashes);
    return client;
  };
  const client = (): Promise<BaseLanguageClient> => {
    if (running) return running;
    const start = started().catch((problem: unknown) => {
      // Another start may have begun in the meantime.
      if (running === start) running = null;
      throw problem;
    });
    running = start;
    return start;
  };
  const stop = async (): Promise<void> => {
    const stopping = running;
    running = null;
    // A server that never started, or has exited, needs no stop.
    await stopping?.then((each) => each.dispose()).catch((problem: unknown) => output.warn(String(problem)));
  };
  const restart = async (): Promise<void> => {
    await stop();
    await client();
  };
  // A later command starts a new server.
  const givenUp = (): void => {
    void stop();
    for (const listen of gaveUpListeners) listen();
    offerRestart(output, restart);
  };
  return {
    client,
    isRunning: () => running !== null,
    restart,
    onStarted: (listen) => listeners.push(listen),
    onGaveUp: (listen) => gaveUpListeners.push(listen),
    dispose: () => {
      beside.dispose();
      void stop();
    },
  };
}

/**
 * Starts a client. When the server crashes during its start, the library rejects that start and begins another one. This function awaits
 * that one, so that no second server starts beside it. Rejects when the server does not start, or crashes too often.
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

/** Logs why a start failed, and shows a message unless one about repeated crashes is on screen. */
export function reportNotStarted(output: LogOutputChannel, problem: unknown): void {
  output.error(String(problem));
  if (problem instanceof StaysStopped) return;
  void window.showErrorMessage(l10n.t("Charm Mesh's language server did not start. Its log says why."));
}

/** Sends the library's own messages to the log only: the crash handler shows one message per crash. */
function logErrorsOnly(client: BaseLanguageClient): void {
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
    // `reportNotStarted` shows a message; without this, the library shows the server's exception as well.
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
    if (choice === again) restart().catch((problem: unknown) => reportNotStarted(output, problem));
    if (choice === show) output.show();
  });
}

function textOfGivingUp(): string {
  return l10n.t("Charm Mesh's language server stopped {0} times within minutes and stays stopped.", CRASH_LIMIT);
}
