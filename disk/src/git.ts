import { spawn } from "node:child_process";
import { realpath } from "node:fs/promises";
import path from "node:path";
import { charmsOf, isRelevantPath, isTopologyPath, PROJECT_SETTINGS_FILE } from "#ide";
import type { CharmFiles } from "#model";
import { type SourceFile, sourceFile } from "#syntax";
import { decodedText, SIZE_LIMIT, type TextFile } from "./text-file.ts";
import { slashed } from "./walk.ts";
import { byPath, charmFiles, type DiskWorkspace } from "./workspace.ts";

/** A workspace as it stood at a git ref, or one sentence that says why it can't be had. */
export type GitWorkspace = DiskWorkspace | { readonly failure: string };

/**
 * Reads the charms below a folder as they stand in a commit, without touching the work tree. `ref` is anything that
 * `git rev-parse` takes; one that looks like an option is refused. Files are named as `readWorkspace` names them.
 * Runs `git rev-parse`, `git ls-tree` and `git cat-file`, and nothing of the repository.
 */
export async function readGitWorkspace(folder: string, ref: string, base: string): Promise<GitWorkspace> {
  if (ref.startsWith("-") || ref.includes("\u0000")) return { failure: `“${ref}” is no git ref` };
  const absolute = await realpath(path.resolve(base, folder)).catch(() => null);
  if (absolute === null) return { failure: `${folder} does not exist` };
  const top = await git(absolute, ["rev-parse", "--show-toplevel"]);
  if (top.failure !== null) return { failure: top.failure };
  const commit = await git(absolute, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (commit.failure !== null) return { failure: `git knows no commit “${ref}” here` };
  const repository = top.text.trimEnd();
  const hash = commit.text.trim();
  const below = slashed(path.relative(repository, absolute));
  const listing = await git(repository, ["ls-tree", "-r", "-z", hash, ...(below ? ["--", below] : [])]);
  if (listing.failure !== null) return { failure: listing.failure };
  const objects = new Map<string, string>();
  let seen = 0;
  for (const entry of listing.text.split("\u0000")) {
    const match = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(entry);
    if (!match?.[1] || !match[2]) continue;
    seen++;
    const inFolder = below ? match[2].slice(below.length + 1) : match[2];
    if (isRelevantPath(inFolder))
      objects.set(slashed(path.join(path.relative(base, path.resolve(base, folder)), inFolder)), match[1]);
  }
  const contents = await blobs(repository, [...objects.values()]);
  const read = async (name: string): Promise<TextFile> =>
    contents.get(objects.get(name) ?? "") ?? { unreadable: "is not in the commit" };
  const charms: CharmFiles[] = await Promise.all(
    charmsOf(objects.keys()).map(({ root, paths }) => charmFiles(root, paths, read)),
  );
  const pick = async (wanted: (name: string) => boolean): Promise<SourceFile[]> => {
    const picked: SourceFile[] = [];
    for (const name of [...objects.keys()].filter(wanted)) {
      const content = await read(name);
      if ("text" in content) picked.push(sourceFile(name, content.text));
    }
    return picked.sort(byPath);
  };
  return {
    charms,
    topologies: await pick(isTopologyPath),
    settings: await pick((name) => path.posix.basename(name) === PROJECT_SETTINGS_FILE),
    problems: [],
    seen,
  };
}

/** The contents of some objects through one `git cat-file --batch`. */
async function blobs(repository: string, hashes: readonly string[]): Promise<Map<string, TextFile>> {
  const wanted = [...new Set(hashes)];
  const { bytes } = await git(repository, ["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  const found = new Map<string, TextFile>();
  let at = 0;
  for (const hash of wanted) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const header = bytes.toString("latin1", at, end);
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
    at = end + 1;
    if (Number.isNaN(size)) continue;
    const content = bytes.subarray(at, at + size);
    found.set(hash, size > SIZE_LIMIT ? { unreadable: "is too large and was left out" } : decodedText(content));
    at += size + 1;
  }
  return found;
}

interface GitAnswer {
  readonly bytes: Buffer;
  readonly text: string;
  readonly failure: string | null;
}

/** Runs git without a shell, without asking for anything, and without the repository's own hooks or file-system monitor. */
function git(cwd: string, args: readonly string[], input?: string): Promise<GitAnswer> {
  return new Promise((resolve) => {
    const child = spawn("git", ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", ...args], {
      cwd,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => err.push(part));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input ?? "");
    child.on("error", (error) => resolve(answer([], `git can't be run: ${error.message}`)));
    child.on("close", (code) => {
      const said = Buffer.concat(err).toString("utf8").trim();
      resolve(answer(out, code === 0 ? null : said || `git ${args[0]} ended with code ${code}`));
    });
  });
}

function answer(out: readonly Buffer[], failure: string | null): GitAnswer {
  const bytes = Buffer.concat(out);
  return { bytes, text: failure === null ? bytes.toString("utf8") : "", failure };
}
