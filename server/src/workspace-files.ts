import { type CharmFiles, charmSources } from "#charm";
import { confirmedCharms, type DiscoveredCharm, type Discovery, discovery, isRelevantPath } from "#ide";
import { type SourceFile, sourceFile } from "#syntax";
import type { FileContent } from "./platform.ts";

/** The files of all charms, the topology candidates and the project's settings files at one moment. Immutable. */
export interface FilesSnapshot {
  readonly charms: readonly CharmFiles[];
  readonly topologies: readonly SourceFile[];
  readonly settings: readonly SourceFile[];
  readonly terraform: readonly SourceFile[];
  /** Topology candidates and settings files that could not be read, by path: why, in words that go behind “it …”. */
  readonly unreadable: ReadonlyMap<string, string>;
  /** A file by its path; null for one that no charm, topology or settings need, or that can't be read. */
  readonly file: (path: string) => SourceFile | null;
  /** The version of a document that is open; null for one that is not. */
  readonly openVersion: (path: string) => number | null;
}

/**
 * What is known of the files below the workspace's folders: what a disk holds, and over it what the client has open.
 * The one place of the server that changes; what it hands out does not. A change of one file makes a new object for its charm
 * and keeps those of all others.
 */
export interface WorkspaceFiles {
  /**
   * Starts with these paths, and forgets all others and open files (under other prefixes they have other paths). `keepsRead` says
   * that the prefixes are the same and what was read of the disk still counts.
   */
  readonly list: (prefixes: readonly string[], paths: Iterable<string>, keepsRead: boolean) => void;
  /** The paths that are needed and whose content was never set. */
  readonly missing: () => readonly string[];
  /** The same by the root of their charm; `undecided` are all others, and each metadata.yaml that decides what is a charm. */
  readonly missingByCharm: () => {
    readonly undecided: readonly string[];
    readonly charms: ReadonlyMap<string, readonly string[]>;
  };
  /** What the disk holds at a path now; null: nothing any more. Paths that no charm could need are passed over. */
  readonly setDisk: (path: string, content: FileContent | null) => void;
  /** What the client has open at a path; null: closed. */
  readonly setOpen: (path: string, file: SourceFile | null) => void;
  readonly open: (path: string) => SourceFile | null;
  /** All known paths at or below one. */
  readonly below: (path: string) => readonly string[];
  readonly snapshot: () => FilesSnapshot;
}

type Content = SourceFile | { readonly unreadable: string };

/** What follows from the paths alone; made anew only when a file appears or vanishes. */
interface Structure extends Discovery {
  /** The root of the charm that a file belongs to, or would if its metadata.yaml were a charm's. */
  readonly owner: ReadonlyMap<string, string>;
  /** All of these, of undecided charms too: so nothing is unread when one becomes such. */
  readonly needed: readonly string[];
}

/** An empty table. */
export function workspaceFiles(): WorkspaceFiles {
  let prefixes: readonly string[] = [];
  const listed = new Set<string>();
  const disk = new Map<string, Content>();
  /** What was read before the last listing: a file with the same text stays the same object, and so does its charm. */
  let former: ReadonlyMap<string, Content> = new Map();
  const open = new Map<string, SourceFile>();
  let structure: Structure | null = null;
  let charms = new Map<string, CharmFiles>();
  const changed = new Set<string>();
  let isAllChanged = false;
  let snapshot: FilesSnapshot | null = null;

  const isRelevant = (path: string): boolean => {
    const prefix = prefixes.find((candidate) => path.startsWith(candidate));
    return prefix !== undefined && isRelevantPath(path.slice(prefix.length));
  };
  const structured = (): Structure => {
    structure ??= structureOf(new Set([...listed, ...open.keys()]));
    return structure;
  };
  const touch = (path: string, isStructural: boolean): void => {
    snapshot = null;
    if (isStructural) structure = null;
    const root = structure?.owner.get(path);
    if (root !== undefined) changed.add(root);
    else if (structure === null) isAllChanged = true;
  };
  const readable = (path: string): SourceFile[] => {
    const file = open.get(path) ?? disk.get(path);
    return file && "text" in file ? [file] : [];
  };

  const unreadableAt = (path: string): (readonly [path: string, why: string])[] => {
    const content = open.get(path) ?? disk.get(path);
    return content && "unreadable" in content ? [[path, content.unreadable]] : [];
  };

  return {
    list: (newPrefixes, paths, keepsRead) => {
      prefixes = newPrefixes;
      listed.clear();
      former = new Map(disk);
      disk.clear();
      open.clear();
      structure = null;
      snapshot = null;
      isAllChanged = true;
      for (const path of paths) if (isRelevant(path)) listed.add(path);
      if (keepsRead) for (const [path, content] of former) if (listed.has(path)) disk.set(path, content);
    },
    missing: () => {
      return structured().needed.filter((path) => !disk.has(path) && listed.has(path));
    },
    missingByCharm: () => {
      const { owner, needed, charms: discovered } = structured();
      const deciding = new Set(discovered.map((each) => each.undecided));
      const undecided: string[] = [];
      const byRoot = new Map<string, string[]>();
      for (const path of needed) {
        if (disk.has(path) || !listed.has(path)) continue;
        const root = deciding.has(path) ? undefined : owner.get(path);
        const list = root === undefined ? undecided : (byRoot.get(root) ?? []);
        list.push(path);
        if (root !== undefined) byRoot.set(root, list);
      }
      return { undecided, charms: byRoot };
    },
    setDisk: (path, content) => {
      if (!isRelevant(path)) return;
      if (content === null) {
        disk.delete(path);
        touch(path, listed.delete(path));
        return;
      }
      const before = disk.get(path) ?? former.get(path);
      if ("unreadable" in content) disk.set(path, content);
      else if (!before || !("text" in before) || before.text !== content.text) {
        disk.set(path, sourceFile(path, content.text, before && "text" in before ? before.version + 1 : 0));
      } else disk.set(path, before);
      const isNew = !listed.has(path);
      listed.add(path);
      touch(path, isNew);
    },
    setOpen: (path, file) => {
      if (!isRelevant(path)) return;
      const wasKnown = listed.has(path) || open.has(path);
      if (file) open.set(path, file);
      else open.delete(path);
      touch(path, file ? !wasKnown : !listed.has(path));
    },
    open: (path) => open.get(path) ?? null,
    below: (path) => [...listed].filter((known) => known === path || known.startsWith(`${path}/`)),
    snapshot: () => {
      if (snapshot) return snapshot;
      const { charms: discovered, owner, ...others } = structured();
      const confirmed = confirmedCharms(discovered, (path) => readable(path)[0]?.text ?? null);
      const fresh = confirmed.map((charm) => {
        const before = charms.get(charm.root);
        return before && !isAllChanged && !changed.has(charm.root) ? before : charmFiles(charm, open, disk, before);
      });
      charms = new Map(fresh.map((charm) => [charm.root, charm]));
      changed.clear();
      isAllChanged = false;
      const byRoot = charms;
      const versions = new Map([...open].map(([path, { version }]) => [path, version]));
      const paths = [...others.topologies, ...others.settings, ...others.terraform];
      const beside = new Map(paths.flatMap(readable).map((file) => [file.path, file]));
      snapshot = {
        charms: fresh,
        topologies: others.topologies.flatMap(readable),
        settings: others.settings.flatMap(readable),
        terraform: others.terraform.flatMap(readable),
        unreadable: new Map([...others.topologies, ...others.settings].flatMap(unreadableAt)),
        file: (path) => {
          const root = owner.get(path);
          const inCharm =
            root === undefined
              ? undefined
              : byRoot.get(root)?.files.get(root === "" ? path : path.slice(root.length + 1));
          return inCharm ?? beside.get(path) ?? null;
        },
        openVersion: (path) => versions.get(path) ?? null,
      };
      return snapshot;
    },
  };
}

function structureOf(paths: Iterable<string>): Structure {
  const found = discovery(paths);
  const owner = new Map<string, string>();
  for (const { root, paths: own } of found.charms) for (const path of own) owner.set(path, root);
  return { ...found, owner, needed: [...owner.keys(), ...found.topologies, ...found.settings, ...found.terraform] };
}

/** The charm's files as they are now: the object from before where nothing in it is different. */
function charmFiles(
  charm: DiscoveredCharm,
  open: ReadonlyMap<string, SourceFile>,
  disk: ReadonlyMap<string, Content>,
  before: CharmFiles | undefined,
): CharmFiles {
  const files = new Map<string, SourceFile>();
  const unreadable = new Map<string, string>();
  for (const path of charm.paths) {
    const relative = charm.root === "" ? path : path.slice(charm.root.length + 1);
    const content = open.get(path) ?? disk.get(path);
    if (!content) continue;
    if ("text" in content) files.set(relative, content);
    else unreadable.set(relative, content.unreadable);
  }
  const now = charmSources({ root: charm.root, files, unreadable });
  if (!before) return now;
  if (sameEntries(before.files, now.files) && sameEntries(before.unreadable, now.unreadable)) return before;
  return { ...now, previous: before.files };
}

function sameEntries<V>(a: ReadonlyMap<string, V>, b: ReadonlyMap<string, V>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}
