import type { Analysis, Settings, Workspace } from "#ide";
import { analysis, DEFAULT_SETTINGS } from "#ide";
import type { SourceFile } from "#syntax";
import { type ContentChange, changedDocument } from "./document-text.ts";
import { type Folder, type Names, namesOf, plainUri } from "./names.ts";
import type { PlatformFiles } from "./platform.ts";
import type { Client, ServerSnapshot } from "./snapshot.ts";
import { type FilesSnapshot, workspaceFiles } from "./workspace-files.ts";

/** The state that the server keeps between two messages. */
export interface Session {
  /** Everything as it is known now. The same object until something changes. */
  readonly snapshot: () => ServerSnapshot;
  /** Ends when the files of closed documents have been read from disk; null where none is awaited. */
  readonly closing: () => Promise<void> | null;
  /** Versions of the open documents by the client's URIs. */
  readonly open: () => ReadonlyMap<string, number>;
  readonly didOpen: (uri: string, version: number, text: string) => void;
  /** A change without a version counts as the next one. */
  readonly didChange: (uri: string, version: number | null, changes: readonly ContentChange[]) => void;
  readonly didClose: (uri: string) => Promise<void>;
  /** Files or folders that are different on disk, or gone. */
  readonly didChangeOnDisk: (uris: readonly string[]) => Promise<void>;
  /** Reads everything below these folders anew. */
  readonly scan: (folders: readonly Folder[]) => Promise<void>;
  /**
   * Reads the charms one by one and lets other messages through after each: a first look at many charms takes seconds.
   * `read` gets how many of how many were read.
   */
  readonly readAhead: (
    yieldToEventLoop: () => Promise<void>,
    read: (count: number, all: number) => void,
  ) => Promise<void>;
  /** Reads the charm around a file anew, for clients that don't watch files. */
  readonly reread: (uri: string) => Promise<void>;
  /** Whether a file is in a folder that was scanned. */
  readonly covers: (uri: string) => boolean;
  readonly configure: (settings: Settings) => void;
}

/**
 * A session with no files yet. Disk reads run one after the other, so that an older read never wins.
 */
export function sessionWith(client: Client, disk: PlatformFiles): Session {
  const files = workspaceFiles();
  const documents = new Map<string, SourceFile>();
  let names: Names = namesOf([]);
  let given: Settings = DEFAULT_SETTINGS;
  let queue: Promise<void> = Promise.resolve();
  let last: {
    readonly files: FilesSnapshot;
    readonly names: Names;
    readonly given: Settings;
    readonly snapshot: ServerSnapshot;
  } | null = null;
  let closing: Promise<void> | null = null;

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const show = (uri: string): void => {
    const path = names.pathOf(uri);
    if (path === null) return;
    const document = documents.get(uri);
    files.setOpen(path, document ? { ...document, path } : null);
  };

  const readMissing = async (): Promise<void> => {
    // Reading one file can only make others needed where it is new, and then it has been listed: one round is enough.
    const paths = files.missing();
    const contents = await disk.read(paths.map((path) => names.uriOf(path) ?? ""));
    for (const [index, path] of paths.entries()) files.setDisk(path, contents[index] ?? null);
  };

  return {
    snapshot: () => {
      const known = files.snapshot();
      if (last && last.files === known && last.names === names && last.given === given) return last.snapshot;
      const workspace: Workspace = {
        charms: known.charms,
        topologies: known.topologies,
        roots: names.folders.map(({ prefix }) => prefix),
        settings: given,
        settingsFiles: known.settings,
        terraform: known.terraform,
        unreadable: known.unreadable,
      };
      const result: Analysis = analysis(workspace);
      const snapshot = {
        workspace,
        analysis: result,
        names,
        client,
        file: known.file,
        openVersion: known.openVersion,
      };
      last = { files: known, names, given, snapshot };
      return snapshot;
    },
    closing: () => closing,
    open: () => new Map([...documents].map(([uri, { version }]) => [uri, version])),
    didOpen: (uri, version, text) => {
      documents.set(uri, { path: uri, version, text });
      show(uri);
    },
    didChange: (uri, version, changes) => {
      const document = documents.get(uri);
      if (!document) return;
      documents.set(uri, changedDocument(document, changes, version ?? document.version + 1, client.positions));
      show(uri);
    },
    didClose: (uri) => {
      documents.delete(uri);
      const turn = inTurn(async () => {
        const path = names.pathOf(uri);
        if (path === null) return;
        // A client without file watching does not report a save, so the disk is read before its content counts again.
        const [content] = await disk.read([uri]);
        files.setDisk(path, content ?? null);
        show(uri);
      });
      // From here on requests wait: the closed text no longer counts, and what the disk holds is not known yet.
      const awaited = turn.then(
        () => undefined,
        () => undefined,
      );
      closing = awaited;
      void awaited.then(() => {
        if (closing === awaited) closing = null;
      });
      return turn;
    },
    didChangeOnDisk: (uris) =>
      inTurn(async () => {
        const contents = await disk.read(uris);
        for (const [index, uri] of uris.entries()) {
          const path = names.pathOf(uri);
          if (path === null) continue;
          const content = contents[index] ?? null;
          if (content !== null) files.setDisk(path, content);
          else for (const gone of [path, ...files.below(path)]) files.setDisk(gone, null);
        }
        await readMissing();
      }),
    scan: (folders) =>
      inTurn(async () => {
        const next = namesOf(folders);
        const listings = await Promise.all(next.folders.map(({ uri }) => disk.list(uri)));
        names = next;
        files.list(
          next.folders.map(({ prefix }) => prefix),
          listings.flat().flatMap((uri) => next.pathOf(uri) ?? []),
        );
        for (const uri of documents.keys()) show(uri);
        await readMissing();
      }),
    reread: (uri) =>
      inTurn(async () => {
        const path = names.pathOf(uri);
        if (path === null) return;
        const charm = files
          .snapshot()
          .charms.find(({ files: own }) => [...own.values()].some((file) => file.path === path));
        const paths = charm ? [...charm.files.values()].map((file) => file.path) : [path];
        const contents = await disk.read(paths.map((each) => names.uriOf(each) ?? ""));
        for (const [index, each] of paths.entries()) files.setDisk(each, contents[index] ?? null);
      }),
    readAhead: async (yieldToEventLoop, read) => {
      const { charms } = files.snapshot();
      for (const [at, charm] of charms.entries()) {
        // The analysis keeps a failure with the charm that it belongs to.
        void analysis({ charms: [charm], topologies: [], settings: given }).charms;
        read(at + 1, charms.length);
        await yieldToEventLoop();
      }
    },
    covers: (uri) => names.folders.some((folder) => `${plainUri(uri)}/`.startsWith(`${plainUri(folder.uri)}/`)),
    configure: (settings) => {
      given = settings;
    },
  };
}
