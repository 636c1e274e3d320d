import type { Analysis, Settings, Workspace } from "#ide";
import { analysis, analysisSteps, DEFAULT_SETTINGS, PROJECT_SETTINGS_FILE } from "#ide";
import type { SourceFile } from "#syntax";
import { type ContentChange, changedDocument } from "./document-text.ts";
import { type Folder, type Names, namesOf, plainUri } from "./names.ts";
import type { Platform } from "./platform.ts";
import type { Client, ServerSnapshot } from "./snapshot.ts";
import { type FilesSnapshot, workspaceFiles } from "./workspace-files.ts";

/** So many charms are read from disk together. */
const AT_ONCE = 4;

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
  /**
   * Reads and analyses only the charms around the open documents, before anything else of the workspace is looked at: what is said of
   * an open file does not wait for the size of the workspace. Until `scan` ends, the snapshot is incomplete.
   */
  readonly lookAround: (folders: readonly Folder[]) => Promise<void>;
  /**
   * Reads and analyses everything below these folders, the charms nearest to open documents first, and lets other messages through
   * in between: many charms take seconds. `read` gets how many of how many charms were read. Ends early where another scan begins.
   */
  readonly scan: (folders: readonly Folder[], read: (count: number, all: number) => void) => Promise<void>;
  /** Reads the charm around a file anew, for clients that don't watch files. */
  readonly reread: (uri: string) => Promise<void>;
  /** Whether a file is in a folder that was scanned. */
  readonly covers: (uri: string) => boolean;
  readonly configure: (settings: Settings) => void;
  /** False while a scan runs: the snapshot then holds what was read so far. */
  readonly isComplete: () => boolean;
}

/**
 * A session with no files yet. Disk reads run one after the other, so that an older read never wins.
 */
export function sessionWith(client: Client, { files: disk, pause }: Pick<Platform, "files" | "pause">): Session {
  const files = workspaceFiles();
  const documents = new Map<string, SourceFile>();
  let names: Names = namesOf([]);
  /** The roots of the charms that a running scan has read so far; null where no scan runs. */
  let readSoFar: Set<string> | null = null;
  let given: Settings = DEFAULT_SETTINGS;
  let queue: Promise<void> = Promise.resolve();
  let last: {
    readonly files: FilesSnapshot;
    readonly names: Names;
    readonly given: Settings;
    /** How many charms the snapshot of a running scan holds; null for a complete one. */
    readonly count: number | null;
    readonly snapshot: ServerSnapshot;
  } | null = null;
  /** The document under the server's own path, so that showing it again is no change. */
  const shown = new WeakMap<SourceFile, SourceFile>();
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
    if (!document) {
      files.setOpen(path, null);
      return;
    }
    const before = shown.get(document);
    const file = before?.path === path ? before : { ...document, path };
    shown.set(document, file);
    files.setOpen(path, file);
  };

  const read = async (paths: readonly string[]): Promise<void> => {
    const contents = await disk.read(paths.map((path) => names.uriOf(path) ?? ""));
    for (const [index, path] of paths.entries()) files.setDisk(path, contents[index] ?? null);
  };
  // Reading one file can only make others needed where it is new, and then it has been listed: one round is enough.
  const readMissing = (): Promise<void> => read(files.missing());

  /** Starts with these paths; what was read stays read if nothing but the start of a scan came before. */
  const list = (next: Names, uris: readonly string[], keepsRead: boolean): void => {
    names = next;
    files.list(
      next.folders.map(({ prefix }) => prefix),
      uris.flatMap((uri) => next.pathOf(uri) ?? []),
      keepsRead,
    );
    for (const uri of documents.keys()) show(uri);
  };

  const analysed = async (
    roots: readonly string[],
    into: Set<string>,
    report: () => void = () => undefined,
  ): Promise<void> => {
    for (const charm of files.snapshot().charms) {
      if (!roots.includes(charm.root)) continue;
      for (const _ of analysisSteps(charm)) await pause();
      into.add(charm.root);
      report();
    }
  };

  /** The charms around the open documents, as URIs of their folders, each with the folder of the workspace that it lies in. */
  const openCharms = async (within: Names): Promise<ReadonlyMap<string, string>> => {
    const found = new Map<string, string>();
    for (const uri of documents.keys()) {
      const folder = within.folders.find((each) => plainUri(uri).startsWith(`${plainUri(each.uri)}/`));
      const charm = folder ? await disk.charmFolder(uri) : null;
      if (folder && charm !== null && `${plainUri(charm)}/`.startsWith(`${plainUri(folder.uri)}/`))
        found.set(charm, folder.uri);
    }
    return found;
  };

  /** The project settings that count for a folder: those in it are listed, these lie above it. */
  const settingsAbove = (charm: string, folder: string): readonly string[] => {
    const above: string[] = [];
    for (let at = charm; plainUri(at).length > plainUri(folder).length; ) {
      at = at.slice(0, at.lastIndexOf("/"));
      above.push(`${at}/${PROJECT_SETTINGS_FILE}`);
    }
    return above;
  };

  return {
    snapshot: () => {
      const known = files.snapshot();
      const soFar = readSoFar;
      const count = soFar === null ? null : soFar.size;
      if (last && last.files === known && last.names === names && last.given === given && last.count === count)
        return last.snapshot;
      const whole: Workspace = {
        charms: known.charms,
        topologies: known.topologies,
        roots: names.folders.map(({ prefix }) => prefix),
        settings: given,
        settingsFiles: known.settings,
        terraform: known.terraform,
        unreadable: known.unreadable,
      };
      const workspace: Workspace =
        soFar === null
          ? whole
          : {
              ...whole,
              charms: known.charms.filter(({ root }) => soFar.has(root)),
              topologies: [],
              terraform: [],
              isIncomplete: true,
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
      last = { files: known, names, given, count, snapshot };
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
    lookAround: async (folders) => {
      const mine = new Set<string>();
      readSoFar = mine;
      await inTurn(async () => {
        const next = namesOf(folders);
        const charms = await openCharms(next);
        const listings = await Promise.all([...charms].map(([charm, folder]) => disk.list(charm, folder)));
        const above = [...new Set([...charms].flatMap(([charm, folder]) => settingsAbove(charm, folder)))];
        const settings = await disk.read(above);
        list(next, listings.flat(), false);
        for (const [index, uri] of above.entries()) {
          const path = next.pathOf(uri);
          const content = settings[index] ?? null;
          if (path !== null && content !== null) files.setDisk(path, content);
        }
        await readMissing();
      });
      const roots = files.snapshot().charms.map(({ root }) => root);
      await analysed(roots, mine);
    },
    scan: async (folders, report) => {
      const next = namesOf(folders);
      // What the first look read is not read again.
      const looked = readSoFar !== null && JSON.stringify(names.folders) === JSON.stringify(next.folders);
      const mine = new Set(looked ? readSoFar : []);
      readSoFar = mine;
      try {
        await inTurn(async () => {
          const listings = await Promise.all(next.folders.map(({ uri }) => disk.list(uri, uri)));
          list(next, listings.flat(), looked);
          await read(files.missingByCharm().undecided);
        });
        const all = files.snapshot().charms.map(({ root }) => root);
        const left = new Set(all.filter((root) => !mine.has(root)));
        while (left.size > 0 && readSoFar === mine) {
          const open = [...documents.keys()].flatMap((uri) => names.pathOf(uri) ?? []);
          const roots = nearest([...left], open, AT_ONCE);
          await inTurn(() => read(roots.flatMap((root) => files.missingByCharm().charms.get(root) ?? [])));
          await analysed(roots, mine, () => report(mine.size, all.length));
          for (const root of roots) left.delete(root);
        }
      } finally {
        if (readSoFar === mine) readSoFar = null;
      }
    },
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
    covers: (uri) => names.folders.some((folder) => `${plainUri(uri)}/`.startsWith(`${plainUri(folder.uri)}/`)),
    isComplete: () => readSoFar === null,
    configure: (settings) => {
      given = settings;
    },
  };
}

/** Those folders that share most of their path with an open document, the nearest first. */
function nearest(roots: readonly string[], open: readonly string[], most: number): readonly string[] {
  const shared = (root: string): number => Math.max(0, ...open.map((path) => sharedParts(root, path)));
  return roots
    .map((root) => ({ root, near: shared(root) }))
    .sort((a, b) => b.near - a.near || (a.root < b.root ? -1 : 1))
    .slice(0, most)
    .map(({ root }) => root);
}

function sharedParts(root: string, path: string): number {
  const [folders, parts] = [root.split("/"), path.split("/")];
  const differing = folders.findIndex((folder, at) => folder !== parts[at]);
  return differing < 0 ? folders.length : differing;
}
