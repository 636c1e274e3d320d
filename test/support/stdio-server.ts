import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

/** A language server that was built, in a process of its own. */
export interface StdioServer {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** The next diagnostics of a URI; those that came already count. */
  readonly diagnostics: (
    uri: string,
    wanted: (params: PublishDiagnosticsParams) => boolean,
  ) => Promise<PublishDiagnosticsParams>;
  /** What was published last for a URI; nothing where nothing was. */
  readonly latest: (uri: string) => PublishDiagnosticsParams["diagnostics"];
  /** Ends the process without a word, as the system does when memory is short. */
  readonly kill: () => Promise<void>;
  /** Says goodbye as LSP asks; the process's exit code. */
  readonly leave: () => Promise<number | null>;
}

/** Starts `node ARGS…` as a language server on some folders and says hello. */
export async function stdioServer(args: readonly string[], folders: readonly string[]): Promise<StdioServer> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const over = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const seen: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    seen.push(params);
    for (const look of waiting) look();
  });
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: "" })),
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    initialized,
    diagnostics: (uri, wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = seen.findLast((params) => params.uri === uri);
          if (!found || !wanted(found)) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    latest: (uri) => seen.findLast((params) => params.uri === uri)?.diagnostics ?? [],
    kill: async () => {
      child.kill("SIGKILL");
      await over;
      connection.dispose();
    },
    leave: async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      return over;
    },
  };
}
