import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isCharmMetadata, isRelevantPath, isSkippedFolder } from "#ide";
import { isWithin, linkBounds } from "./link-bounds.ts";
import { failureAt, NOT_UTF8_NAME } from "./text-file.ts";

/** One path that could not be looked into, with one sentence. */
export interface DiskProblem {
  readonly path: string;
  readonly message: string;
}

export interface Walk {
  /** Absolute paths of the files that may matter, sorted. */
  readonly files: readonly string[];
  readonly problems: readonly DiskProblem[];
  /** How many files were seen at all. */
  readonly seen: number;
  /** The folder that symbolic links may lead to: the repository around the walked one, or that one itself. */
  readonly bounds: string;
}

/** Links to folders are followed this often in one walk: links to folders of links multiply. */
const LINK_LIMIT = 1000;

/** A link to follow once all real folders were entered, with the folders of the links that led there. */
interface Link {
  readonly at: string;
  readonly name: string;
  readonly lineage: readonly string[];
}

/**
 * Walks a folder for the files that may belong to charms or describe a deployment. Folders without source (`.git`,
 * `node_modules`, virtual environments, build output) are skipped. Symbolic links to folders are followed after everything
 * else, in the order of their names, unless they lead back to where they lie in, out of the repository (or, outside of one, the
 * folder), or to a charm that was found already: a charm has one place, while several may link to the same libraries.
 * `linksWithin` is that bound where the caller knows it. Unreadable folders, and links that are not followed for where they lead, become problems; the rest is walked.
 */
export async function walk(
  folder: string,
  excluded: (absolute: string) => boolean = () => false,
  linksWithin: string | null = null,
): Promise<Walk> {
  const root = path.resolve(folder);
  const bounds = linksWithin ?? (await linkBounds(root));
  const files: string[] = [];
  const problems: DiskProblem[] = [];
  const visited = new Set<string>();
  let links: Link[] = [];
  let followed = 0;
  let seen = 0;

  async function enter(at: string, real: string, lineage: readonly string[]): Promise<void> {
    const entries = await readdir(at, { withFileTypes: true });
    if (visited.has(real) && entries.some(({ name }) => isCharmMetadata(name))) return;
    visited.add(real);
    const folders: Promise<void>[] = [];
    for (const entry of entries) {
      const absolute = path.join(at, entry.name);
      if (excluded(absolute)) continue;
      if (entry.isDirectory()) {
        if (!isSkippedFolder(entry.name)) folders.push(guarded(absolute, path.join(real, entry.name), lineage));
      } else if (entry.isSymbolicLink()) links.push({ at: absolute, name: entry.name, lineage: [...lineage, real] });
      else if (entry.isFile()) take(absolute);
    }
    await Promise.all(folders);
  }

  function take(absolute: string): void {
    seen++;
    if (isRelevantPath(slashed(path.relative(root, absolute)))) files.push(absolute);
  }

  async function follow({ at, name, lineage }: Link): Promise<void> {
    const target = await stat(at).catch(() => null);
    // A link that leads nowhere, or in a circle, is no file: there is nothing to say about it.
    if (target === null) {
      if (name.includes("\ufffd")) problems.push({ path: at, message: NOT_UTF8_NAME });
      return;
    }
    if (target.isFile()) take(at);
    if (!target.isDirectory() || isSkippedFolder(name)) return;
    const real = await realpath(at);
    const isLoop = lineage.some((inside) => isWithin(real, inside));
    if (!isWithin(bounds, real)) problems.push({ path: at, message: "is a link that leads out of the workspace" });
    else if (isLoop) return;
    else if (++followed > LINK_LIMIT) {
      if (followed === LINK_LIMIT + 1)
        problems.push({ path: at, message: `and other links are not followed: there are over ${LINK_LIMIT}` });
    } else await guarded(at, real, lineage);
  }

  async function guarded(at: string, real: string | null, lineage: readonly string[]): Promise<void> {
    try {
      await enter(at, real ?? (await realpath(at)), lineage);
    } catch (error) {
      problems.push({ path: at, message: failureAt(at, error) });
    }
  }

  await guarded(root, null, []);
  while (links.length > 0) {
    const round = links.sort((a, b) => (a.at < b.at ? -1 : 1));
    links = [];
    // One after the other, so that which of two links to one charm counts does not depend on the disk's speed.
    for (const link of round) await follow(link);
  }
  return { files: files.sort(), problems, seen, bounds };
}

/** A path with `/` between its parts, whatever the system. */
export function slashed(systemPath: string): string {
  return path.sep === "/" ? systemPath : systemPath.split(path.sep).join("/");
}
