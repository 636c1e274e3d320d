import { realpath } from "node:fs/promises";
import path from "node:path";
import { charmsOf, isRelevantPath, isTopologyPath, PROJECT_SETTINGS_FILE, undecidedMetadata } from "#ide";
import type { CharmFiles } from "#model";
import { type SourceFile, sourceFile } from "#syntax";
import { gitAnswer } from "./git-run.ts";
import { type GitFile, gitTexts, gitTree, withoutLinks } from "./git-tree.ts";
import type { TextFile } from "./text-file.ts";
import { type DiskProblem, slashed } from "./walk.ts";
import { byPath, charmFiles, charmMetadata, type DiskWorkspace } from "./workspace.ts";

/** A workspace as it stood at a git ref, or one sentence that says why it can't be had. */
export type GitWorkspace = DiskWorkspace | { readonly failure: string };

/**
 * Reads the charms below a folder as they stand in a commit, without touching the work tree. `ref` is what
 * `git rev-parse` takes before `^{commit}`; one that looks like an option is refused. Files are named as `readWorkspace` names them, and links
 * show what they show on disk. The files of submodules are not in the commit: they are told as problems.
 * Runs `git rev-parse`, `git ls-tree` and `git cat-file`, and nothing of the repository.
 */
export async function readGitWorkspace(folder: string, ref: string, base: string): Promise<GitWorkspace> {
  if (ref === "" || ref.startsWith("-") || ref.includes("\u0000")) return { failure: `“${ref}” is no git ref` };
  const absolute = await realpath(path.resolve(base, folder)).catch(() => null);
  if (absolute === null) return { failure: `${folder} does not exist` };
  const top = await gitAnswer(absolute, ["rev-parse", "--show-toplevel"]);
  if (top.failure !== null) return { failure: top.failure };
  const commit = await gitAnswer(absolute, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (commit.failure !== null) return { failure: `git knows no commit “${ref}” here` };
  // Only the line end is git's own: a folder's name may end with a space.
  const repository = top.text.replace(/\r?\n$/, "");
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
  const textsOf = (names: ReadonlySet<string>) =>
    gitTexts(
      repository,
      [...objects].flatMap(([name, file]) => (names.has(name) ? [file] : [])),
    );
  const readFrom =
    (texts: ReadonlyMap<string, TextFile>) =>
    async (name: string): Promise<TextFile> =>
      texts.get(objects.get(name)?.hash ?? "") ?? { unreadable: "is not in the commit, or was never fetched" };
  const undecided = await textsOf(new Set(undecidedMetadata(objects.keys())));
  const discovered = charmsOf(objects.keys(), await charmMetadata(objects.keys(), readFrom(undecided)));
  const isSettings = (name: string): boolean => path.posix.basename(name) === PROJECT_SETTINGS_FILE;
  const needed = new Set(discovered.flatMap(({ paths }) => paths));
  for (const name of objects.keys()) if (isTopologyPath(name) || isSettings(name)) needed.add(name);
  const read = readFrom(await textsOf(needed));
  const charms: CharmFiles[] = await Promise.all(discovered.map(({ root, paths }) => charmFiles(root, paths, read)));
  const pick = async (wanted: (name: string) => boolean): Promise<SourceFile[]> => {
    const picked: SourceFile[] = [];
    for (const name of [...objects.keys()].filter(wanted)) {
      const content = await read(name);
      if ("text" in content) picked.push(sourceFile(name, content.text));
    }
    return picked.sort(byPath);
  };
  const problems = tree.submodules.flatMap((name): readonly DiskProblem[] => {
    const inFolder = inFolderOf(name);
    return inFolder === null
      ? []
      : [{ path: nameOf(inFolder), message: "is a submodule, whose files no commit here holds" }];
  });
  return {
    charms,
    topologies: await pick(isTopologyPath),
    settings: await pick(isSettings),
    problems,
    unreadable: new Map(),
    seen,
  };
}
