import { stat } from "node:fs/promises";
import path from "node:path";
import { type WorkspaceContents, workspaceContents } from "./contents.ts";
import { failureText, SIZE_LIMIT, textFile } from "./text-file.ts";
import { type DiskProblem, slashed, walk } from "./walk.ts";

/** What a host read from disk: values for the engine, and what could not be read. */
export interface DiskWorkspace extends WorkspaceContents {
  /** How many files were seen, for progress and benchmarks. */
  readonly seen: number;
  /** Whether Terraform sources (`*.tf`) were among them. */
  readonly hasTerraform: boolean;
}

export interface ReadOptions {
  /** Folder that the names of files are relative to. */
  readonly base: string;
  /** Names files otherwise than by their path relative to `base`. */
  readonly nameOf?: (absolute: string) => string;
  /** Omits everything at or below these absolute paths. */
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
    for (const problem of found.problems) problems.push({ ...problem, path: nameOf(problem.path) });
  }
  const contents = await workspaceContents(absolutes.keys(), async (names) => {
    const read = names.map(async (name) => {
      const { file = name, bounds } = absolutes.get(name) ?? {};
      return [name, await textFile(file, bounds === undefined ? { limit } : { limit, bounds })] as const;
    });
    return new Map(await Promise.all(read));
  });
  const hasTerraform = [...absolutes.keys()].some((name) => name.endsWith(".tf"));
  return { ...contents, problems: [...problems, ...contents.problems], seen, hasTerraform };
}

async function folderProblem(absolute: string): Promise<string | null> {
  try {
    return (await stat(absolute)).isDirectory() ? null : "is a file; give the folder of the charm";
  } catch (error) {
    return failureText(error);
  }
}
