import { lstat, stat } from "node:fs/promises";
import path from "node:path";
import { type GitWorkspace, readGitWorkspace } from "./git.ts";
import { readWorkspace } from "./workspace.ts";

/** What a word may name: a git ref or a folder, or one of them only. */
export type StateWords = "any" | "refs" | "folders";

export interface StateOptions {
  /** The absolute path of the folder whose other state is wanted. */
  readonly folder: string;
  /** What the names of files at a ref are relative to: `folder`, or a folder above it. */
  readonly base: string;
  /** Stands before the names of files in another folder; "" where they are named by their path in it. */
  readonly prefix: string;
  readonly words: StateWords;
}

/** A word that is surely a path: `.`, `..`, `./x`, `../x`, `/x`, and on Windows also `.\x` and `C:\x`. */
const PATH = path.sep === "\\" ? /^(?:\.{1,2}$|\.{0,2}[\\/]|[A-Za-z]:[\\/])/ : /^(?:\.{1,2}$|\.{0,2}\/)/;

/**
 * Reads the state that a word names. A word is a git ref, unless it is written as a path: the content of a checkout must not
 * decide what a ref means. One that is both a commit and a file here is refused, as git does. Never throws: whatever can't be read is a
 * `failure` in one sentence.
 */
export async function readState(word: string, options: StateOptions): Promise<GitWorkspace> {
  const { folder, base, prefix, words } = options;
  if (word === "") return { failure: "the name of a state is empty" };
  if (words !== "refs" && (words === "folders" || PATH.test(word))) {
    const other = path.resolve(folder, word);
    if (!(await isFolder(other))) return { failure: `${word} is no folder` };
    const nameOf = (absolute: string): string => prefix + path.relative(other, absolute).split(path.sep).join("/");
    return readWorkspace(["."], { base: other, nameOf });
  }
  const isThere = words === "any" && (await exists(path.resolve(folder, word)));
  const read = await readGitWorkspace(folder, word, base);
  if (!isThere) return read;
  if ("failure" in read) return { failure: `${read.failure}; a folder is written ./${word}` };
  return {
    failure: `“${word}” names both a commit and a file of the working tree: write refs/heads/${word} or the like for the commit, ./${word} for the folder`,
  };
}

async function isFolder(absolute: string): Promise<boolean> {
  return await stat(absolute).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function exists(absolute: string): Promise<boolean> {
  return await lstat(absolute).then(
    () => true,
    () => false,
  );
}
