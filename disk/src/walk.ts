import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isRelevantPath, isSkippedFolder } from "#ide";
import { failureText } from "./text-file.ts";

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
}

/**
 * Walks a folder for the files that may belong to charms or describe a deployment. Folders without source (`.git`,
 * `node_modules`, virtual environments, build output) are skipped, symbolic links to folders are followed once each, so that
 * loops end. Unreadable folders become problems; the rest is walked.
 */
export async function walk(folder: string, excluded: (absolute: string) => boolean = () => false): Promise<Walk> {
  const files: string[] = [];
  const problems: DiskProblem[] = [];
  const visited = new Set<string>();
  let seen = 0;

  async function enter(at: string, real: string): Promise<void> {
    if (visited.has(real)) return;
    visited.add(real);
    const entries = await readdir(at, { withFileTypes: true });
    const folders: Promise<void>[] = [];
    for (const entry of entries) {
      const absolute = path.join(at, entry.name);
      if (excluded(absolute)) continue;
      if (entry.isDirectory()) {
        if (!isSkippedFolder(entry.name)) folders.push(guarded(absolute, path.join(real, entry.name)));
      } else if (entry.isSymbolicLink()) folders.push(follow(absolute, entry.name));
      else if (entry.isFile()) take(absolute);
    }
    await Promise.all(folders);
  }

  function take(absolute: string): void {
    seen++;
    if (isRelevantPath(slashed(path.relative(folder, absolute)))) files.push(absolute);
  }

  async function follow(absolute: string, name: string): Promise<void> {
    try {
      const target = await stat(absolute);
      if (target.isFile()) take(absolute);
      else if (target.isDirectory() && !isSkippedFolder(name)) await enter(absolute, await realpath(absolute));
    } catch {
      // A link that leads nowhere is no file: there is nothing to say about it.
    }
  }

  async function guarded(at: string, real: string | null): Promise<void> {
    try {
      await enter(at, real ?? (await realpath(at)));
    } catch (error) {
      problems.push({ path: at, message: failureText(error) });
    }
  }

  await guarded(path.resolve(folder), null);
  return { files: files.sort(), problems, seen };
}

/** A path with `/` between its parts, whatever the system. */
export function slashed(systemPath: string): string {
  return path.sep === "/" ? systemPath : systemPath.split(path.sep).join("/");
}
