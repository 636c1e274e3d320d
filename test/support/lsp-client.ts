import { PassThrough } from "node:stream";
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { changedNotification } from "#protocol";
import { type FileContent, type PlatformStates, serveClient, startServer } from "../../server/src/index.ts";
import type { Platform } from "../../server/src/platform.ts";

/** The folder that test workspaces live in. */
export const FOLDER = "file:///workspace";

export interface LspClientOptions {
  /** What the disk holds: text (or why it can't be read) by path below the folder. */
  readonly files: Readonly<Record<string, string | { readonly unreadable: string }>>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: Readonly<Record<string, unknown>>;
  /** URIs of the workspace folders; `file:///workspace` alone by default. */
  readonly folders?: readonly string[];
  /** The answer to `workspace/configuration`. */
  readonly configuration?: unknown;
  readonly states?: PlatformStates;
  readonly writePage?: (name: string, text: string) => Promise<string>;
  /** What every access to the disk waits for; nothing by default. */
  readonly pause?: () => Promise<void>;
  /** Called for each step of a progress bar: `create`, `begin`, `report`, `end`. */
  readonly onProgress?: (kind: string) => void;
}

/** A client of the real server over an in-memory connection, with a disk of its own. */
export interface LspClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** The disk, by URI; changing it sends nothing to the server. */
  readonly disk: Map<string, string | { readonly unreadable: string }>;
  readonly uri: (path: string) => string;
  readonly open: (path: string, text?: string) => Promise<void>;
  /** Replaces a range, or everything, of an open document. */
  readonly change: (path: string, text: string, range?: Range) => Promise<void>;
  readonly close: (path: string) => Promise<void>;
  /** Writes to the disk (null: deletes) and notifies the server as a file watcher would. */
  readonly write: (path: string, text: string | null) => Promise<void>;
  /** What was published last for a path; undefined where nothing was. */
  readonly published: (path: string) => PublishDiagnosticsParams | undefined;
  readonly codes: (path: string) => (string | number | undefined)[];
  readonly publications: readonly PublishDiagnosticsParams[];
  /** Log messages of the server. */
  readonly log: readonly string[];
  /** Runs something and waits until the server has published what follows from it. */
  readonly settled: (act: () => void | Promise<void>) => Promise<void>;
  readonly dispose: () => void;
}

/** A server on a disk of some files, and the client's end of its connection; nothing was sent yet, and nothing listens. */
export function startedServer(options: LspClientOptions): {
  readonly connection: ProtocolConnection;
  readonly disk: Map<string, string | { readonly unreadable: string }>;
} {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const disk = new Map(Object.entries(options.files).map(([path, content]) => [uriOf(path), content]));
  const platform: Platform = {
    states: options.states ?? null,
    writePage: options.writePage ?? null,
    pageParts: async () => ({ script: "", style: "", sha256: () => "" }),
    pause: () => new Promise((resolve) => void setImmediate(resolve)),
    schedule: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
    files: {
      list: async (folder) => {
        await options.pause?.();
        return [...disk.keys()].filter((uri) => uri.startsWith(`${folder}/`));
      },
      read: async (uris) => {
        await options.pause?.();
        return uris.map((uri) => contentOf(disk.get(uri)));
      },
      charmFolder: async (uri) => {
        const folders = uri.split("/").map((_, index, parts) => parts.slice(0, parts.length - index - 1).join("/"));
        return folders.find((folder) => disk.has(`${folder}/charmcraft.yaml`)) ?? null;
      },
    },
  };
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    version: "0.0.0-test",
    load: (...given) => serveClient(...given, platform),
    afterAnswer: (act) => void setImmediate(act),
  });
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  return { connection, disk };
}

/** Starts a server on a disk of some files, says hello as VS Code would, and waits for the first diagnostics. */
export async function lspClient(options: LspClientOptions): Promise<LspClient> {
  const { connection, disk } = startedServer(options);
  const last = new Map<string, PublishDiagnosticsParams>();
  const publications: PublishDiagnosticsParams[] = [];
  const log: string[] = [];
  const waiting: (() => void)[] = [];
  const versions = new Map<string, number>();
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    last.set(params.uri, params);
    publications.push(params);
  });
  connection.onNotification("window/logMessage", (params: { message: string }) => void log.push(params.message));
  connection.onNotification(changedNotification.method, () => {
    for (const resolve of waiting.splice(0)) resolve();
  });
  connection.onRequest("workspace/configuration", () => [options.configuration ?? null]);
  connection.onRequest("client/registerCapability", () => null);
  for (const what of ["codeLens", "inlayHint", "semanticTokens"])
    connection.onRequest(`workspace/${what}/refresh`, () => null);
  connection.onRequest("window/workDoneProgress/create", () => {
    options.onProgress?.("create");
    return null;
  });
  connection.onNotification("$/progress", ({ value }: { value: { kind: string } }) => options.onProgress?.(value.kind));
  connection.listen();

  const settled = async (act: () => void | Promise<void>): Promise<void> => {
    const changed = new Promise<void>((resolve) => waiting.push(resolve));
    await act();
    await changed;
  };
  const notify = (method: string, params: Record<string, unknown>) => connection.sendNotification(method, params);
  const folders = options.folders ?? [FOLDER];
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: null,
    rootUri: folders[0] ?? null,
    capabilities: options.capabilities ?? {
      textDocument: { publishDiagnostics: { relatedInformation: true }, hover: { contentFormat: ["markdown"] } },
    },
    initializationOptions: { changes: true, ...options.initializationOptions },
    workspaceFolders: folders.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf("/") + 1) })),
  });
  await settled(() => notify("initialized", {}));

  return {
    connection,
    initialized,
    disk,
    uri: uriOf,
    publications,
    log,
    settled,
    open: (path, text) =>
      settled(() => {
        const onDisk = disk.get(uriOf(path));
        versions.set(path, 1);
        return notify("textDocument/didOpen", {
          textDocument: {
            uri: uriOf(path),
            languageId: path.endsWith(".py") ? "python" : "yaml",
            version: 1,
            text: text ?? (typeof onDisk === "string" ? onDisk : ""),
          },
        });
      }),
    change: (path, text, range) =>
      settled(() => {
        const version = (versions.get(path) ?? 1) + 1;
        versions.set(path, version);
        return notify("textDocument/didChange", {
          textDocument: { uri: uriOf(path), version },
          contentChanges: [range ? { range, text } : { text }],
        });
      }),
    close: (path) => settled(() => notify("textDocument/didClose", { textDocument: { uri: uriOf(path) } })),
    write: (path, text) =>
      settled(() => {
        const uri = uriOf(path);
        const type = text === null ? 3 : disk.has(uri) ? 2 : 1;
        if (text === null) disk.delete(uri);
        else disk.set(uri, text);
        return notify("workspace/didChangeWatchedFiles", { changes: [{ uri, type }] });
      }),
    published: (path) => last.get(uriOf(path)),
    codes: (path) => (last.get(uriOf(path))?.diagnostics ?? []).map((one: Diagnostic) => one.code),
    dispose: () => connection.dispose(),
  };
}

function uriOf(path: string): string {
  return path.startsWith("file:") ? path : `${FOLDER}/${path}`;
}

function contentOf(content: string | { readonly unreadable: string } | undefined): FileContent | null {
  if (content === undefined) return null;
  return typeof content === "string" ? { text: content } : content;
}
