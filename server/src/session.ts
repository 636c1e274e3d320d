import type { Analysis, Settings, Workspace } from "#ide";
import { analysis, DEFAULT_SETTINGS } from "#ide";
import type { PythonParser, SourceFile } from "#syntax";
import { type ContentChange, changedDocument } from "./document-text.ts";
import type { FileHost } from "./host.ts";
import type { Client, Moment } from "./moment.ts";
import { type Folder, type Names, namesOf, plainUri } from "./names.ts";
import { type FilesSnapshot, workspaceFiles } from "./workspace-files.ts";

/** What the server remembers between two messages. */
export interface Session {
  /** Everything as it is known now. The same object until something changes. */
  readonly moment: () => Moment;
  /** Versions of the open documents by the client's URIs. */
  readonly open: () => ReadonlyMap<string, number>;
  readonly didOpen: (uri: string, version: number, text: string) => void;
  readonly didChange: (uri: string, version: number, changes: readonly ContentChange[]) => void;
  readonly didClose: (uri: string) => Promise<void>;
  /** Files or folders that are different on disk, or gone. */
  readonly didChangeOnDisk: (uris: readonly string[]) => Promise<void>;
  /** Reads everything below these folders anew. */
  readonly scan: (folders: readonly Folder[]) => Promise<void>;
  /**
   * Reads the charms of the moment one by one, with a breath after each: a first look at many charms takes seconds, in which
   * whoever types or goes away is heard. `read` is told how many of how many were read.
   */
  readonly readAhead: (breath: () => Promise<void>, read: (count: number, all: number) => void) => Promise<void>;
  /** Whether a file lies in a folder that was scanned. */
  readonly covers: (uri: string) => boolean;
  readonly configure: (settings: Settings) => void;
}

/**
 * A session with no files yet. Disk reads are taken one after the other, so that an older read never wins. `parser` is called
 * no sooner than the first moment is asked for.
 */
export function sessionWith(client: Client, parser: () => PythonParser, host: FileHost): Session {
  const files = workspaceFiles();
  const documents = new Map<string, SourceFile>();
  let names: Names = namesOf([]);
  let given: Settings = DEFAULT_SETTINGS;
  let queue: Promise<void> = Promise.resolve();
  let last: {
    readonly snapshot: FilesSnapshot;
    readonly names: Names;
    readonly given: Settings;
    readonly moment: Moment;
  } | null = null;

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
    const contents = await host.read(paths.map((path) => names.uriOf(path) ?? ""));
    for (const [index, path] of paths.entries()) files.setDisk(path, contents[index] ?? null);
  };

  return {
    moment: () => {
      const snapshot = files.snapshot();
      if (last && last.snapshot === snapshot && last.names === names && last.given === given) return last.moment;
      const workspace: Workspace = {
        charms: snapshot.charms,
        topologies: snapshot.topologies,
        roots: names.folders.map(({ prefix }) => prefix),
        settings: given,
        settingsFiles: snapshot.settings,
        terraform: snapshot.terraform,
        unreadable: snapshot.unreadable,
      };
      const result: Analysis = analysis(workspace, parser());
      const moment = {
        workspace,
        analysis: result,
        names,
        client,
        file: snapshot.file,
        openVersion: snapshot.openVersion,
      };
      last = { snapshot, names, given, moment };
      return moment;
    },
    open: () => new Map([...documents].map(([uri, { version }]) => [uri, version])),
    didOpen: (uri, version, text) => {
      documents.set(uri, { path: uri, version, text });
      show(uri);
    },
    didChange: (uri, version, changes) => {
      const document = documents.get(uri);
      if (!document) return;
      documents.set(uri, changedDocument(document, changes, version, client.positions));
      show(uri);
    },
    didClose: (uri) => {
      documents.delete(uri);
      return inTurn(async () => {
        const path = names.pathOf(uri);
        if (path === null) return;
        // A client without file watching tells nothing about a save; so the disk is asked before its content counts again.
        const [content] = await host.read([uri]);
        files.setDisk(path, content ?? null);
        show(uri);
      });
    },
    didChangeOnDisk: (uris) =>
      inTurn(async () => {
        const contents = await host.read(uris);
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
        const listings = await Promise.all(next.folders.map(({ uri }) => host.list(uri)));
        names = next;
        files.list(
          next.folders.map(({ prefix }) => prefix),
          listings.flat().flatMap((uri) => next.pathOf(uri) ?? []),
        );
        for (const uri of documents.keys()) show(uri);
        await readMissing();
      }),
    readAhead: async (breath, read) => {
      const { charms } = files.snapshot();
      for (const [at, charm] of charms.entries()) {
        // The analysis keeps a failure with the charm that it belongs to.
        void analysis({ charms: [charm], topologies: [], settings: given }, parser()).charms;
        read(at + 1, charms.length);
        await breath();
      }
    },
    covers: (uri) => names.folders.some((folder) => `${plainUri(uri)}/`.startsWith(`${plainUri(folder.uri)}/`)),
    configure: (settings) => {
      given = settings;
    },
  };
}
