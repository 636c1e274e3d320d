import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { leftOut, readWorkspace } from "#disk";
import { readGitWorkspace } from "../../disk/src/git.ts";
import { diskStates } from "../../server/node/states.ts";
import { put, smallCharm, withFolder } from "./folder.ts";

const AS_SOMEBODY = [
  "-c",
  "user.name=Nobody",
  "-c",
  "user.email=nobody@example.invalid",
  "-c",
  "init.defaultBranch=main",
];

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", [...AS_SOMEBODY, "-c", "protocol.file.allow=always", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function committed(folder: string, message: string): void {
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "-m", message);
}

/** A repository with one charm in it, committed. */
function withRepository<T>(use: (folder: string) => Promise<T>, files = smallCharm("a")): Promise<T> {
  return withFolder(files, async (folder) => {
    git(folder, "init", "-q");
    committed(folder, "one");
    return await use(folder);
  });
}

const HUGE = `#${"x".repeat(9 * 1024 * 1024)}`;

const namesAt = async (folder: string, ref: string): Promise<readonly string[] | string> => {
  const read = await readGitWorkspace(".", ref, folder);
  if ("failure" in read) return read.failure;
  return read.charms.flatMap(({ root, files }) => [...files.keys()].map((name) => path.posix.join(root, name))).sort();
};
const ONE = ["a/charmcraft.yaml", "a/src/charm.py"];

test("a metadata.yaml beside no Python is a charm's where its keys say so, in a commit as on disk", async () => {
  const files = {
    "a/metadata.yaml": "name: a\nrequires:\n  db: {interface: sql}\n",
    "docs/metadata.yaml": "name: guide\nauthors: []\n",
  };
  await withRepository(async (folder) => {
    expect(await namesAt(folder, "HEAD")).toEqual(["a/metadata.yaml"]);
    const { charms } = await readWorkspace(["."], { base: folder });
    expect(charms.map(({ root }) => root)).toEqual(["a"]);
  }, files);
});

describe("refs", () => {
  test.each(["--help", "-x", "--output=pwned", "--upload-pack=touch pwned", "", "HEAD\u0000--help", "-"])(
    "%j is refused before git sees it",
    async (ref) => {
      await withRepository(async (folder) => {
        expect(await namesAt(folder, ref)).toBe(`“${ref}” is no git ref`);
      });
    },
  );

  test.each([
    "no such",
    "HEAD; touch pwned",
    "$(touch pwned)",
    "`id`",
    "HEAD:a/charmcraft.yaml",
    "HEAD^{tree}",
    "..",
    "@{99}",
    "ünï",
    "x".repeat(300),
  ])("%j is no commit, and that is said", async (ref) => {
    await withRepository(async (folder) => {
      expect(await namesAt(folder, ref)).toBe(`git knows no commit “${ref}” here`);
      expect((await readWorkspace(["."], { base: folder })).seen).toBe(2);
    });
  });

  test("a branch, a tag, a short hash, an expression and words with spaces are", async () => {
    await withRepository(async (folder) => {
      git(folder, "branch", "feature/ünï");
      git(folder, "tag", "-a", "v1", "-m", "tagged");
      put(folder, smallCharm("b"));
      committed(folder, "two");
      const hash = git(folder, "rev-parse", "--short", "HEAD~1").trim();
      for (const ref of [
        "feature/ünï",
        "v1",
        hash,
        "HEAD~1",
        "HEAD^{commit}~1",
        "main@{1 second ago}~1",
        "HEAD^{/one}",
      ])
        expect(await namesAt(folder, ref), ref).toEqual(ONE);
      expect(await namesAt(folder, "HEAD")).toHaveLength(4);
    });
  });

  test("a branch called like an option is reached by its full name", async () => {
    await withRepository(async (folder) => {
      git(folder, "update-ref", "refs/heads/-x", "HEAD");
      expect(await namesAt(folder, "-x")).toBe("“-x” is no git ref");
      expect(await namesAt(folder, "refs/heads/-x")).toEqual(ONE);
    });
  });
});

describe("repositories", () => {
  test("the work tree and the index are not looked at, nor touched", async () => {
    await withRepository(async (folder) => {
      put(folder, { "a/src/charm.py": "import other\n", "a/src/new.py": "" });
      git(folder, "add", "-A");
      const before = git(folder, "status", "--porcelain=v2");
      const read = await readGitWorkspace(".", "HEAD", folder);
      if ("failure" in read) throw new Error(read.failure);
      expect(read.charms[0]?.files.get("src/charm.py")?.text).toBe("import ops\n");
      expect(git(folder, "status", "--porcelain=v2")).toBe(before);
    });
  });

  test("a shallow clone has the commit that it has", async () => {
    await withRepository(async (origin) => {
      put(origin, smallCharm("b"));
      committed(origin, "two");
      await withFolder({}, async (folder) => {
        git(folder, "clone", "-q", "--depth", "1", pathToFileURL(origin).href, "clone");
        const clone = path.join(folder, "clone");
        expect(await namesAt(clone, "HEAD")).toHaveLength(4);
        expect(await namesAt(clone, "HEAD~1")).toBe("git knows no commit “HEAD~1” here");
      });
    });
  });

  test("a partial clone says what it never fetched, and fetches nothing", async () => {
    await withRepository(async (origin) => {
      git(origin, "config", "uploadpack.allowFilter", "true");
      await withFolder({}, async (folder) => {
        git(folder, "clone", "-q", "--no-checkout", "--filter=blob:none", pathToFileURL(origin).href, "clone");
        const read = await readGitWorkspace(".", "HEAD", path.join(folder, "clone"));
        if ("failure" in read) throw new Error(read.failure);
        const said = "is not in the commit, or was never fetched";
        expect(read.charms.map(({ unreadable }) => [...unreadable.values()])).toEqual([[said, said]]);
      });
    });
  });

  test("a submodule is reported as a problem, and the rest is read", async () => {
    await withRepository(async (other) => {
      await withRepository(async (folder) => {
        git(folder, "submodule", "--quiet", "add", pathToFileURL(other).href, "vendored");
        committed(folder, "two");
        const read = await readGitWorkspace(".", "HEAD", folder);
        if ("failure" in read) throw new Error(read.failure);
        expect(read.charms.map(({ root }) => root)).toEqual(["a"]);
        expect(read.problems.map((problem) => problem.path)).toEqual(["vendored"]);
      });
    });
  });

  test("links that lead out of the repository show nothing, those inside what they lead to", async () => {
    await withFolder({ "secret.py": "TOKEN = 1\n" }, async (outside) => {
      await withFolder({ ...smallCharm("a"), "shared/lib.py": "x = 1\n" }, async (folder) => {
        symlinkSync(path.join(outside, "secret.py"), path.join(folder, "a/src/absolute.py"));
        symlinkSync(
          path.relative(path.join(folder, "a/src"), path.join(outside, "secret.py")),
          path.join(folder, "a/src/climbing.py"),
        );
        symlinkSync("../../shared/lib.py", path.join(folder, "a/src/lib.py"));
        symlinkSync(".", path.join(folder, "a/src/round"));
        git(folder, "init", "-q");
        committed(folder, "one");
        expect(await namesAt(folder, "HEAD")).toEqual([...ONE, "a/src/lib.py"]);
      });
    });
  });

  test("the repository's own hooks, aliases, pager and monitor are not run", async () => {
    await withRepository(async (folder) => {
      const pwned = path.join(folder, "pwned");
      for (const key of [
        "core.fsmonitor",
        "core.pager",
        "alias.rev-parse",
        "alias.ls-tree",
        "core.sshCommand",
        "diff.external",
      ])
        git(folder, "config", key, `touch ${pwned}; false`);
      mkdirSync(path.join(folder, ".git/hooks"), { recursive: true });
      for (const hook of ["post-index-change", "reference-transaction", "fsmonitor-watchman"])
        writeFileSync(path.join(folder, ".git/hooks", hook), `#!/bin/sh\ntouch ${pwned}\n`, { mode: 0o755 });
      expect(await namesAt(folder, "HEAD")).toEqual(ONE);
      expect((await readWorkspace(["."], { base: folder })).seen).toBe(2);
    });
  });

  test("no repository, one without commits, a damaged one, and a folder that is not there each give one sentence", async () => {
    await withFolder(smallCharm("a"), async (folder) => {
      expect(await namesAt(folder, "HEAD")).toMatch(/not a git repository/);
      git(folder, "init", "-q");
      expect(await namesAt(folder, "HEAD")).toBe("git knows no commit “HEAD” here");
      committed(folder, "one");
      rmSync(path.join(folder, ".git/objects"), { recursive: true });
      expect(typeof (await namesAt(folder, "HEAD"))).toBe("string");
      expect(await readGitWorkspace("nowhere", "HEAD", folder)).toEqual({ failure: "nowhere does not exist" });
      const file = await readGitWorkspace("a/charmcraft.yaml", "HEAD", folder);
      expect("failure" in file && file.failure).toMatch(/^git can't be run: /);
    });
  });

  test("a file that is binary, huge or not UTF-8 in the commit is reported, and the rest is read", async () => {
    const files = {
      ...smallCharm("a"),
      "a/src/binary.py": Uint8Array.of(0, 1, 2),
      "a/src/latin.py": Uint8Array.of(0x23, 0xe9),
      "a/src/huge.py": HUGE,
      "bundle.yaml": HUGE,
      "mesh-topology.yaml": Uint8Array.of(0x23, 0xe9),
      ".charm-mesh.yaml": Uint8Array.of(0x23, 0xe9),
    };
    await withFolder(files, async (folder) => {
      git(folder, "init", "-q");
      committed(folder, "one");
      const read = await readGitWorkspace(".", "HEAD", folder);
      if ("failure" in read) throw new Error(read.failure);
      expect([...(read.charms[0]?.unreadable.keys() ?? [])].sort()).toEqual([
        "src/binary.py",
        "src/huge.py",
        "src/latin.py",
      ]);
      expect(read.charms[0]?.files.size).toBe(2);
      expect([...read.unreadable]).toEqual([
        ["bundle.yaml", "is larger than 8.0 MiB and was left out (9.0 MiB)"],
        ["mesh-topology.yaml", "is not UTF-8 (first bad byte at offset 1)"],
        [".charm-mesh.yaml", "is not UTF-8 (first bad byte at offset 1)"],
      ]);
      const disk = await readWorkspace(["."], { base: folder });
      expect(read.problems).toEqual(disk.problems);
      expect(leftOut(read)).toEqual(leftOut(disk));
      expect(leftOut(read)).toContain("a/src/huge.py is larger than 8.0 MiB and was left out (9.0 MiB)");
    });
  });
});

describe("the environment", () => {
  const saved = { ...process.env };
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
    Object.assign(process.env, saved);
  });

  test("that of a hook, which binds git to another repository, does not lead astray", async () => {
    await withRepository(async (other) => {
      await withRepository(async (folder) => {
        process.env["GIT_DIR"] = path.join(other, ".git");
        process.env["GIT_WORK_TREE"] = other;
        process.env["GIT_INDEX_FILE"] = path.join(other, ".git/index");
        process.env["GIT_OBJECT_DIRECTORY"] = path.join(other, ".git/objects");
        expect(await namesAt(folder, "HEAD")).toEqual(ONE);
      });
    }, smallCharm("other"));
  });

  test("without git there is a sentence, on the command line's way and on the server's", async () => {
    await withRepository(async (folder) => {
      process.env["PATH"] = "";
      expect(await namesAt(folder, "HEAD")).toMatch(/^git can't be run: /);
      const state = await diskStates().read(pathToFileURL(folder).href, "", "HEAD");
      expect("failure" in state && state.failure).toMatch(/^git can't be run: /);
    });
  });
});
