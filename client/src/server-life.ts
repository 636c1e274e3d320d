import { type Disposable, type LogOutputChannel, l10n, window, workspace } from "vscode";
import type {
  BaseLanguageClient,
  CloseAction,
  DocumentFilter,
  ErrorAction,
  ErrorHandler,
  LanguageClientOptions,
} from "vscode-languageclient";
import { type BesideYaml, besideYaml } from "./beside-yaml.ts";
import { CRASH_LIMIT, crashCounter } from "./crashes.ts";
import type { Door } from "./door.ts";

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
    const client = await door.languageClient(
      clientOptions(output, crashHandler(output, givenUp, await import("vscode-languageclient")), beside),
    );
    tellingOnlyTheLog(client);
    for (const listen of listeners) listen(client);
    await client.start();
    return client;
  };
  const client = (): Promise<BaseLanguageClient> => {
    running ??= started().catch((problem: unknown) => {
      running = null;
      throw problem;
    });
    return running;
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
    initializationOptions: { diagnostics: "push", commands: true },
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

/** What the library understands as answers to a crash. */
interface Answers {
  readonly CloseAction: typeof CloseAction;
  readonly ErrorAction: typeof ErrorAction;
}

/** Starts again after a crash and says so once; after too many it stays down and says how to get it back. */
function crashHandler(
  output: LogOutputChannel,
  giveUp: () => void,
  { CloseAction, ErrorAction }: Answers,
): ErrorHandler {
  const crashed = crashCounter(Date.now);
  return {
    error: (error, _message, count) => {
      output.error(`connection to the language server: ${error.message}`);
      return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
    },
    closed: () => {
      const next = crashed();
      if (next === "stay down") {
        output.error(`the language server stopped unexpectedly ${CRASH_LIMIT} times; it stays stopped`);
        giveUp();
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      if (next === "start again and say so") {
        void window.showWarningMessage(
          l10n.t("Charm Mesh's language server stopped unexpectedly and was started again."),
        );
      }
      output.warn("the language server stopped unexpectedly; starting it again");
      return { action: CloseAction.Restart, handled: true };
    },
  };
}

function offerRestart(output: LogOutputChannel, restart: () => Promise<void>): void {
  const again = l10n.t("Start Again");
  const show = l10n.t("Show Log");
  const text = l10n.t("Charm Mesh's language server stopped {0} times within minutes and stays stopped.", CRASH_LIMIT);
  void window.showErrorMessage(text, again, show).then((choice) => {
    if (choice === again) void restart();
    if (choice === show) output.show();
  });
}
