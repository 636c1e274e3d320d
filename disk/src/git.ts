import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { isRelevantPath } from "#ide";
import { workspaceContents } from "./contents.ts";
import { gitAnswer } from "./git-run.ts";
import { type GitFile, gitTexts, gitTree, withoutLinks } from "./git-tree.ts";
import { NOT_UTF8_NAME } from "./text-file.ts";
import { type DiskProblem, slashed } from "./walk.ts";
import type { DiskWorkspace } from "./workspace.ts";

/** A workspace at a git ref, or one sentence with the reason why it is not available. */
export type GitWorkspace = DiskWorkspace | { readonly failure: string };

const NOT_THERE = "is not in the commit, or was never fetched";

/**
 * Reads the charms below a folder at a commit, without touching the work tree. `ref` is what
 * `git rev-parse` takes before `^{commit}`; one that looks like an option is refused. Files are named as `readWorkspace` names them, and links
 * show what they show on disk; unreadable files appear in `problems`, as on disk. The commit does not hold the files of submodules: `problems` names them.
 * Runs `git rev-parse`, `git ls-tree` and `git cat-file`, and nothing of the repository.
 */
export async function readGitWorkspace(folder: string, ref: string, base: string): Promise<GitWorkspace> {
  if (ref === "" || ref.startsWith("-") || ref.includes("\u0000")) return { failure: `“${ref}” is no git ref` };
  const absolute = await realpath(path.resolve(base, folder)).catch(() => null);
  if (absolute === null) return { failure: `${folder} does not exist` };
  const top = await gitAnswer(absolute, ["rev-parse", "--show-toplevel"]);
  if (top.failure !== null) return { failure: top.failure };
  const own = await gitAnswer(absolute, ["rev-parse", "--absolute-git-dir"]);
  if (own.failure !== null) return { failure: own.failure };
  const commit = await gitAnswer(absolute, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (commit.failure !== null) return { failure: `git knows no commit “${ref}” here` };
  // Only the line end is git's own: a folder's name may end with a space.
  const repository = top.text.replace(/\r?\n$/, "");
  if (!(await isOwnGitFolder(repository, own.text.replace(/\r?\n$/, ""))))
    return { failure: "the repository here lies among the files of another: it is not read" };
  const tree = await gitTree(repository, commit.text.trim());
  if ("failure" in tree) return tree;
  const below = slashed(path.relative(repository, absolute));
  const prefix = slashed(path.relative(base, path.resolve(base, folder)));
  const nameOf = (inFolder: string): string => path.posix.join(prefix, inFolder);
  const inFolderOf = (name: string): string | null =>
    below === "" ? name : name.startsWith(`${below}/`) ? name.slice(below.length + 1) : null;
  const objects = new Map<string, GitFile>();
  let seen = 0;
  for (const [name, file] of await withoutLinks(repository, tree)) {
    const inFolder = inFolderOf(name);
    if (inFolder === null) continue;
    seen++;
    if (isRelevantPath(inFolder)) objects.set(nameOf(inFolder), file);
  }
  const contents = await workspaceContents(objects.keys(), async (names) => {
    const texts = await gitTexts(
      repository,
      names.flatMap((name) => objects.get(name) ?? []),
    );
    const textOf = (name: string) => texts.get(objects.get(name)?.hash ?? "") ?? { unreadable: NOT_THERE };
    return new Map(names.map((name) => [name, textOf(name)]));
  });
  const submodules = tree.submodules.flatMap((name): readonly DiskProblem[] => {
    const inFolder = inFolderOf(name);
    return inFolder === null
      ? []
      : [{ path: nameOf(inFolder), message: "is a submodule, whose files no commit here holds" }];
  });
  const unnamed = tree.unnamed.flatMap((name): readonly DiskProblem[] => {
    const inFolder = inFolderOf(name);
    return inFolder === null || !isRelevantPath(inFolder) ? [] : [{ path: nameOf(inFolder), message: NOT_UTF8_NAME }];
  });
  const hasTerraform = [...objects.keys()].some((name) => name.endsWith(".tf"));
  return { ...contents, problems: [...submodules, ...unnamed, ...contents.problems], seen, hasTerraform };
}

/**
 * Whether the folder that git works with is the `.git` of the work tree, or what a `.git` file there points to. A clone can hold a bare
 * repository among its files, whose settings say that it is none: its author decides what its refs mean.
 */
async function isOwnGitFolder(repository: string, gitFolder: string): Promise<boolean> {
  const expected = path.join(repository, ".git");
  const pointer = await readFile(expected, "utf8").catch(() => null);
  const target = pointer === null ? expected : /^gitdir: (.*?)\r?\n?$/s.exec(pointer)?.[1];
  if (target === undefined) return false;
  const [real, given] = await Promise.all(
    [path.resolve(repository, target), gitFolder].map((each) => realpath(each).catch(() => null)),
  );
  return real !== null && real === given;
}
