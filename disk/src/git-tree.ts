import path from "node:path";
import { type GitAnswer, gitAnswer } from "./git-run.ts";
import { decodedText, SIZE_LIMIT, type TextFile, tooLarge } from "./text-file.ts";

/** A file or a link of a commit. */
export interface GitFile {
  readonly hash: string;
  readonly isLink: boolean;
}

/** The files of a commit by their paths in the repository, and the paths of its submodules, whose files it does not hold. */
export interface GitTree {
  readonly files: ReadonlyMap<string, GitFile>;
  readonly submodules: readonly string[];
  /** Paths that are not UTF-8, with U+FFFD for what can't be decoded. */
  readonly unnamed: readonly string[];
}

/** Links to folders of links multiply; a tree that was made for that ends here. */
const LINK_ROUNDS = 8;
const LINK_LIMIT = 10_000;

/** The content of a commit, from `git ls-tree`; it lists links as links. */
export async function gitTree(repository: string, hash: string): Promise<GitTree | { readonly failure: string }> {
  const listing = await gitAnswer(repository, ["ls-tree", "-r", "-z", hash]);
  if (listing.failure !== null) return { failure: listing.failure };
  const files = new Map<string, GitFile>();
  const submodules: string[] = [];
  const unnamed: string[] = [];
  for (const entry of listing.text.split("\u0000")) {
    const found = /^(\d+) (blob|commit) ([0-9a-f]+)\t([\s\S]+)$/.exec(entry);
    const [, mode, kind, object, name] = found ?? [];
    if (object === undefined || name === undefined) continue;
    // git knows bytes only. A name that holds U+FFFD by right is nothing that anybody writes.
    if (name.includes("\ufffd")) unnamed.push(name);
    else if (kind === "commit") submodules.push(name);
    else files.set(name, { hash: object, isLink: mode === "120000" });
  }
  return { files, submodules, unnamed };
}

/**
 * The files of a commit as a work tree shows them: a link to a file has that file's content, a link to a folder shows what is
 * in the folder. Links that lead out of the repository, nowhere, or to a folder they lie in show nothing.
 */
export async function withoutLinks(repository: string, tree: GitTree): Promise<ReadonlyMap<string, GitFile>> {
  const shown = new Map([...tree.files].filter(([, { isLink }]) => !isLink));
  let links = [...tree.files].filter(([, { isLink }]) => isLink);
  const targets = await gitTexts(
    repository,
    links.map(([, link]) => link),
  );
  // A link may lead to the target of another link, so the loop tries the rest again.
  for (let round = 0; round < LINK_ROUNDS && links.length > 0; round++) {
    const left: typeof links = [];
    const files = [...shown];
    for (const [name, link] of links) {
      const content = targets.get(link.hash);
      if (!content || !("text" in content) || content.text.startsWith("/")) continue;
      const target = path.posix.join(path.posix.dirname(name), content.text).replace(/\/$/, "");
      if (target.startsWith("..") || `${name}/`.startsWith(`${target}/`)) continue;
      const file = shown.get(target);
      const inside = file ? [] : files.filter(([each]) => each.startsWith(`${target}/`));
      if (file) shown.set(name, file);
      for (const [each, one] of inside)
        if (shown.size < tree.files.size + LINK_LIMIT) shown.set(name + each.slice(target.length), one);
      if (!file && inside.length === 0) left.push([name, link]);
    }
    if (left.length === links.length) break;
    links = left;
  }
  return shown;
}

/**
 * The texts of some files by their hashes, through `git cat-file --batch`; those over the limit are not asked for. Objects that
 * a partial clone lacks have neither size nor text, and are left out of what is given.
 */
export async function gitTexts(repository: string, files: readonly GitFile[]): Promise<ReadonlyMap<string, TextFile>> {
  const found = new Map<string, TextFile>();
  const hashes = [...new Set(files.map(({ hash }) => hash))];
  if (hashes.length === 0) return found;
  const about = (how: string, of: readonly string[]): Promise<GitAnswer> =>
    gitAnswer(repository, ["cat-file", how], `${of.join("\n")}\n`);
  const wanted: string[] = [];
  for (const line of (await about("--batch-check", hashes)).text.split("\n")) {
    const [hash = "", , size] = line.split(" ");
    if (Number(size) > SIZE_LIMIT) found.set(hash, tooLarge(Number(size)));
    else if (size !== undefined) wanted.push(hash);
  }
  if (wanted.length === 0) return found;
  const { bytes } = await about("--batch", wanted);
  let at = 0;
  for (const hash of wanted) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(bytes.toString("latin1", at, end))?.[1] ?? Number.NaN);
    at = end + 1;
    // What is missing all the same has a header and no content.
    if (Number.isNaN(size)) continue;
    found.set(hash, decodedText(bytes.subarray(at, at + size)));
    at += size + 1;
  }
  return found;
}
