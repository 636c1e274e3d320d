import { stat } from "node:fs/promises";
import path from "node:path";
import { charmsOf, isCharmMetadataText, isTopologyPath, PROJECT_SETTINGS_FILE, undecidedMetadata } from "#ide";
import { type CharmFiles, charmSources } from "#model";
import { type SourceFile, sourceFile } from "#syntax";
import { failureText, SIZE_LIMIT, type TextFile, textFile } from "./text-file.ts";
import { type DiskProblem, slashed, walk } from "./walk.ts";

/** What a host read from disk: values for the engine, and what could not be read. */
export interface DiskWorkspace {
  readonly charms: readonly CharmFiles[];
  readonly topologies: readonly SourceFile[];
  /** The project files `.charm-mesh.yaml`, nearest to the root first. */
  readonly settings: readonly SourceFile[];
  readonly problems: readonly DiskProblem[];
  /** Topology and settings files that are there and could not be read, by name: why. They stand in `problems` too. */
  readonly unreadable: ReadonlyMap<string, string>;
  /** How many files were seen, for progress and benchmarks. */
  readonly seen: number;
}

export interface ReadOptions {
  /** Folder that the names of files are relative to. */
  readonly base: string;
  /** Names files otherwise than by their path relative to `base`. */
  readonly nameOf?: (absolute: string) => string;
  /** Leaves out what lies at or below these absolute paths. */
  readonly excluded?: (absolute: string) => boolean;
  readonly sizeLimit?: number;
}

/**
 * Reads all charms and topology files below some folders. Never throws: a folder that is not there, or a file that can't be
 * read, becomes a problem (files of a charm: an entry of its `unreadable`), and everything else is read.
 */
export async function readWorkspace(folders: readonly string[], options: ReadOptions): Promise<DiskWorkspace> {
  const nameOf = options.nameOf ?? ((absolute: string) => slashed(path.relative(options.base, absolute)));
  const limit = options.sizeLimit ?? SIZE_LIMIT;
  const problems: DiskProblem[] = [];
  const absolutes = new Map<string, { readonly file: string; readonly bounds: string }>();
  let seen = 0;
  for (const folder of folders) {
    const absolute = path.resolve(options.base, folder);
    const bad = await folderProblem(absolute);
    if (bad) {
      problems.push({ path: folder, message: bad });
      continue;
    }
    const found = await walk(absolute, options.excluded);
    seen += found.seen;
    for (const file of found.files) absolutes.set(nameOf(file), { file, bounds: found.bounds });
    problems.push(...found.problems.map((problem) => ({ ...problem, path: nameOf(problem.path) })));
  }
  const read = (name: string): Promise<TextFile> => {
    const place = absolutes.get(name);
    return textFile(place?.file ?? name, place ? { limit, bounds: place.bounds } : { limit });
  };
  const discovered = charmsOf(absolutes.keys(), await charmMetadata(absolutes.keys(), read));
  const charms = await Promise.all(discovered.map(({ root, paths }) => charmFiles(root, paths, read)));
  const topologies: SourceFile[] = [];
  const settings: SourceFile[] = [];
  const unreadable = new Map<string, string>();
  await Promise.all(
    [...absolutes.keys()].map(async (name) => {
      const isSettings = path.posix.basename(name) === PROJECT_SETTINGS_FILE;
      if (!isSettings && !isTopologyPath(name)) return;
      const content = await read(name);
      if ("unreadable" in content) {
        problems.push({ path: name, message: content.unreadable });
        unreadable.set(name, content.unreadable);
      } else (isSettings ? settings : topologies).push(sourceFile(name, content.text));
    }),
  );
  topologies.sort(byPath);
  settings.sort((a, b) => a.path.length - b.path.length || byPath(a, b));
  return { charms, topologies, settings, problems, unreadable, seen };
}

/** Looks into each metadata.yaml that may be a charm's or something else's, and tells which are. */
export async function charmMetadata(
  names: Iterable<string>,
  read: (name: string) => Promise<TextFile>,
): Promise<(name: string) => boolean> {
  const undecided = undecidedMetadata(names);
  const texts = await Promise.all(undecided.map(read));
  const says = new Set(undecided.filter((_, index) => isMetadata(texts[index])));
  return (name) => says.has(name);
}

function isMetadata(content: TextFile | undefined): boolean {
  return content !== undefined && "text" in content && isCharmMetadataText(content.text);
}

/** The files of one discovered charm; those that can't be read go to `unreadable`. */
export async function charmFiles(
  root: string,
  paths: readonly string[],
  read: (name: string) => Promise<TextFile>,
): Promise<CharmFiles> {
  const contents = await Promise.all(paths.map(read));
  const files = new Map<string, SourceFile>();
  const unreadable = new Map<string, string>();
  for (const [index, name] of paths.entries()) {
    const relative = root === "" ? name : name.slice(root.length + 1);
    const content = contents[index];
    if (!content) continue;
    if ("unreadable" in content) unreadable.set(relative, content.unreadable);
    else files.set(relative, sourceFile(name, content.text));
  }
  return charmSources({ root, files, unreadable });
}

async function folderProblem(absolute: string): Promise<string | null> {
  try {
    return (await stat(absolute)).isDirectory() ? null : "is a file; give the folder of the charm";
  } catch (error) {
    return failureText(error);
  }
}

/** Orders files by their names. */
export function byPath(a: SourceFile, b: SourceFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
