import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DiskWorkspace, readWorkspace } from "#disk";
import type { SourceFile } from "#syntax";
import { readGitWorkspace } from "../../disk/src/git.ts";
import { decodedText } from "../../disk/src/text-file.ts";
import { workspaceFiles } from "../../server/src/workspace-files.ts";
import { below, pick, randomOf } from "../fuzz/random.ts";
import { put } from "./folder.ts";

/*
 * A disk, a commit and an editor each read workspaces in their own way. What they find has to be the same, whatever lies there: else a
 * finding of the editor is missing from the command line, and `diff` shows changes that do not exist.
 */

type Tree = Readonly<Record<string, string | Uint8Array>>;
type Found = Pick<DiskWorkspace, "charms" | "topologies" | "settings" | "unreadable">;

// Names of folders that are skipped below a workspace are none that a workspace may not have: `build` is read like any other.
const ROOTS = ["plain", "build", "dist/inner"];
const TREES = 24;

const FOLDERS = ["", "a", "b", "a/tests/tester", "a/inner", "docs", "build", "venv/x", "-x"];
const INNER = ["", "", "src", "src/pkg", "reactive", "hooks", "lib/charms/x/v0", "tests/unit", "src/venv"];
const NAMES = [
  "charmcraft.yaml",
  "metadata.yaml",
  "metadata.yaml",
  "metadata.yaml",
  "config.yaml",
  "charm.py",
  "other.py",
  "pyproject.toml",
  "requirements.txt",
  "uv.lock",
  "bundle.yaml",
  "mesh-topology.yaml",
  "x.status.json",
  ".charm-mesh.yaml",
  "README.md",
];
const TEXTS = [
  "name: a\nrequires:\n  db: {interface: sql}\n",
  '{"name": "a", "provides": {}}',
  "name: a\nauthors: []\n",
  "[project]\nname = 'a'\n",
  "",
];
const UNREADABLE = [Uint8Array.of(0, 1, 2), Uint8Array.of(0x6e, 0xe9)];

function treeOf(seed: number): Tree {
  const random = randomOf(seed);
  const files: Record<string, string | Uint8Array> = {};
  for (let left = 4 + below(random, 30); left > 0; left--) {
    const parts = [pick(random, FOLDERS), pick(random, INNER), pick(random, NAMES)];
    const isBroken = random() < 0.15;
    files[parts.filter((part) => part !== "").join("/")] = pick<string | Uint8Array>(
      random,
      isBroken ? UNREADABLE : TEXTS,
    );
  }
  return files;
}

const placeOf = (at: number): string => `tree-${at}/${ROOTS[at % ROOTS.length]}`;
const trees = Array.from({ length: TREES }, (_, at) => treeOf(at + 1));

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "charm-mesh-readers-")));
const onDisk: DiskWorkspace[] = [];

beforeAll(async () => {
  for (const [at, tree] of trees.entries()) put(path.join(folder, placeOf(at)), tree);
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
  git("init", "-q");
  git("add", "-A", "-f");
  git("-c", "user.name=Nobody", "-c", "user.email=nobody@example.invalid", "commit", "-q", "-m", "one");
  for (const at of trees.keys()) onDisk.push(await readWorkspace([placeOf(at)], { base: folder }));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a disk, a commit and an editor find the same", () => {
  test.each([...trees.entries()])("tree %i", async (at, tree) => {
    const disk = onDisk[at];
    if (!disk) throw new Error("was not read");
    const commit = await readGitWorkspace(placeOf(at), "HEAD", folder);
    if ("failure" in commit) throw new Error(commit.failure);
    expect(shown(commit)).toEqual(shown(disk));
    expect(commit.problems).toEqual(disk.problems);
    expect(shown(edited(placeOf(at), tree))).toEqual(shown(disk));
  });

  test("among these trees are charms of every kind, unreadable files, and what only looks like a charm", () => {
    const charms = onDisk.flatMap((each) => each.charms);
    const kinds = charms.map(({ files }) =>
      files.has("charmcraft.yaml") ? "charmcraft" : files.has("src/charm.py") ? "source" : "metadata",
    );
    expect(new Set(kinds)).toEqual(new Set(["charmcraft", "source", "metadata"]));
    expect(charms.filter(({ unreadable }) => unreadable.size > 0).length).toBeGreaterThan(2);
    const named = trees.flatMap((tree) => Object.keys(tree).filter((path) => /(^|\/)metadata\.yaml$/.test(path)));
    expect(named.length).toBeGreaterThan(charms.filter(({ files }) => files.has("metadata.yaml")).length);
    for (const at of ROOTS.keys()) {
      const here = onDisk.filter((_, index) => index % ROOTS.length === at);
      expect(here.flatMap(({ topologies }) => topologies).length).toBeGreaterThan(5);
      expect(here.flatMap(({ settings }) => settings).length).toBeGreaterThan(2);
    }
  });
});

/** What an editor's server finds where the client lists every file, in whatever order. */
function edited(place: string, tree: Tree): Found {
  const files = workspaceFiles();
  const prefix = `${place}/`;
  files.list(
    [prefix],
    Object.keys(tree)
      .map((path) => prefix + path)
      .reverse(),
    false,
  );
  for (const path of files.missing()) {
    const content = tree[path.slice(prefix.length)] ?? "";
    files.setDisk(path, typeof content === "string" ? { text: content } : decodedText(content));
  }
  expect(files.missing()).toEqual([]);
  return files.snapshot();
}

function shown({ charms, topologies, settings, unreadable: beside }: Found): unknown {
  const texts = (files: Iterable<SourceFile>) => [...files].map(({ path, text }) => [path, text]);
  return {
    charms: charms.map(({ root, files, unreadable }) => ({
      root,
      files: [...files.keys()],
      texts: texts(files.values()),
      unreadable: [...unreadable],
    })),
    topologies: texts(topologies),
    settings: texts(settings),
    unreadable: [...beside],
  };
}
