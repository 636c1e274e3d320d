import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readWorkspace } from "#disk";
import { charmMesh, ENTRY } from "../cli/command-line.ts";
import { smallCharm, withFolder } from "./folder.ts";

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-c", "user.name=N", "-c", "user.email=n@example.invalid", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** A repository whose own settings start `touch pwned` wherever git lets a setting start something, with one object missing. */
function hostile(folder: string): void {
  git(folder, "init", "-q", "-b", "main");
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "-m", "one");
  const touch = `touch ${path.join(folder, "pwned")}`;
  const blob = git(folder, "rev-parse", "HEAD:a/src/charm.py").trim();
  writeFileSync(path.join(folder, ".git/attributes-of-all"), "* filter=x diff=x\n");
  const settings: readonly (readonly [string, string])[] = [
    ["protocol.ext.allow", "always"],
    ["remote.o.url", `ext::${touch}`],
    ["remote.o.promisor", "true"],
    ["extensions.partialClone", "o"],
    ["core.repositoryFormatVersion", "1"],
    ["core.fsmonitor", touch],
    ["core.sshCommand", touch],
    ["core.pager", touch],
    ["core.editor", touch],
    ["core.askPass", touch],
    ["core.gitProxy", touch],
    ["core.alternateRefsCommand", touch],
    ["core.hooksPath", path.join(folder, ".git/hooks")],
    ["core.attributesFile", path.join(folder, ".git/attributes-of-all")],
    ["credential.helper", `!${touch}`],
    ["diff.external", touch],
    ["diff.x.textconv", touch],
    ["diff.x.command", touch],
    ["filter.x.clean", touch],
    ["filter.x.smudge", touch],
    ["filter.x.process", touch],
    ["gpg.program", touch],
    ["pager.ls-tree", touch],
    ["pager.cat-file", touch],
    ["alias.rev-parse", `!${touch}`],
    ["alias.ls-tree", `!${touch}`],
    ["alias.cat-file", `!${touch}`],
    ["uploadpack.packObjectsHook", touch],
    ["trace2.eventTarget", `af_unix:${folder}/none`],
  ];
  for (const [name, value] of settings) git(folder, "config", name, value);
  for (const hook of ["post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"]) {
    writeFileSync(path.join(folder, ".git/hooks", hook), `#!/bin/sh\n${touch}\n`);
    chmodSync(path.join(folder, ".git/hooks", hook), 0o755);
  }
  rmSync(path.join(folder, ".git/objects", blob.slice(0, 2), blob.slice(2)), { force: true });
}

/** A folder for PATH with a git that knows no GIT_NO_LAZY_FETCH, as older ones do. */
function olderGit(folder: string): string {
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const bin = path.join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(path.join(bin, "git"), `#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec ${real} "$@"\n`);
  chmodSync(path.join(bin, "git"), 0o755);
  return bin;
}

test.each([false, true])(
  "a repository's settings start nothing, with a git that ignores GIT_NO_LAZY_FETCH: %s",
  async (isOld) => {
    await withFolder({}, async (outside) => {
      await withFolder(smallCharm("a"), (folder) => {
        hostile(folder);
        const PATH = `${isOld ? `${olderGit(outside)}:` : ""}${process.env["PATH"]}`;
        charmMesh(["diff", "HEAD~0"], folder, { PATH });
        charmMesh(["diff", "HEAD~0", "main"], folder, { PATH });
        expect(readdirSync(folder)).not.toContain("pwned");
      });
    });
  },
  120_000,
);

test("strace sees git, and what git is, and nothing else", async ({ skip }) => {
  if (spawnSync("strace", ["-V"]).error) return skip("there is no strace here");
  await withFolder(smallCharm("a"), (folder) => {
    hostile(folder);
    const log = path.join(folder, ".git/strace");
    const traced = spawnSync(
      "strace",
      ["-f", "-e", "trace=execve", "-o", log, process.execPath, ENTRY, "diff", "HEAD~0"],
      {
        cwd: folder,
        env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" },
      },
    );
    if (traced.status === null || !existsSync(log)) return skip("this process may not be traced");
    const started = [
      ...readFileSync(log, "utf8").matchAll(
        /execve\("([^"]*)", \["([^"]*)"(?:, "([^"]*)")?[^)]*\) = 0|execve\("([^"]*)"/g,
      ),
    ];
    const programs = new Set(started.map(([, program, , , other]) => program ?? other ?? ""));
    for (const program of programs)
      expect(path.isAbsolute(program) && /\/(?:node|git)$/.test(program), program).toBe(true);
  });
}, 120_000);

test("a bare repository among the files of another is refused, and starts nothing", async () => {
  await withFolder(smallCharm("c"), (folder) => {
    git(folder, "init", "-q", "-b", "main");
    const inner = path.join(folder, "c");
    git(inner, "init", "-q", "--bare", "inner.git");
    cpSync(path.join(inner, "inner.git"), inner, { recursive: true });
    rmSync(path.join(inner, "inner.git"), { recursive: true });
    git(inner, "config", "--file", path.join(inner, "config"), "core.bare", "false");
    git(inner, "config", "--file", path.join(inner, "config"), "core.worktree", ".");
    git(inner, "config", "--file", path.join(inner, "config"), "core.fsmonitor", "touch pwned");
    execFileSync("git", ["--git-dir=.", "--work-tree=.", "add", "charmcraft.yaml"], { cwd: inner, stdio: "ignore" });
    execFileSync(
      "git",
      ["-c", "user.name=N", "-c", "user.email=n@example.invalid", "--git-dir=.", "--work-tree=.", "commit", "-qm", "x"],
      { cwd: inner, stdio: "ignore" },
    );
    rmSync(path.join(inner, "pwned"), { force: true });
    const run = charmMesh(["diff", "HEAD~0"], inner);
    expect(run.code, run.out).toBe(2);
    expect(existsSync(path.join(inner, "pwned"))).toBe(false);
  });
}, 60_000);

test("a git of the workspace is never started, wherever PATH looks", async () => {
  await withFolder(smallCharm("a"), (folder) => {
    git(folder, "init", "-q", "-b", "main");
    git(folder, "add", "-A");
    git(folder, "commit", "-q", "-m", "one");
    for (const name of ["git", "node_modules/.bin/git"]) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), "#!/bin/sh\ntouch pwned\n");
      chmodSync(path.join(folder, name), 0o755);
    }
    const PATH = `.:${folder}:${folder}/node_modules/.bin::${process.env["PATH"]}`;
    expect(charmMesh(["diff", "HEAD"], folder, { PATH }).code).toBe(0);
    expect(readdirSync(folder)).not.toContain("pwned");
  });
}, 60_000);

test("a folder or link whose name is not UTF-8 is reported as such", async ({ skip }) => {
  if (process.platform !== "linux") return skip("only Linux keeps such names");
  await withFolder(smallCharm("a"), async (folder) => {
    const bad = Buffer.concat([Buffer.from(`${folder}/bad`), Buffer.from([0xff, 0xfe])]);
    mkdirSync(bad);
    const { problems } = await readWorkspace(["."], { base: folder });
    expect(problems).toEqual([{ path: "bad\ufffd\ufffd", message: "has a name that is not UTF-8" }]);
  });
});
