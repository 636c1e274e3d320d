import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { diskStates } from "../../server/node/states.ts";
import { smallCharm, withFolder } from "../faults/folder.ts";
import { charmMesh } from "./command-line.ts";

function git(folder: string, ...args: readonly string[]): void {
  execFileSync("git", ["-c", "user.name=N", "-c", "user.email=n@example.invalid", ...args], {
    cwd: folder,
    stdio: "ignore",
  });
}

/** A repository in whose checkout every word that names its commit is the name of a link or a folder too. */
function withShadows(use: (folder: string) => void | Promise<void>): Promise<void> {
  return withFolder(smallCharm("a"), async (folder) => {
    git(folder, "init", "-q", "-b", "main");
    git(folder, "add", "-A");
    git(folder, "commit", "-q", "-m", "one");
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD");
    git(folder, "tag", "v1");
    mkdirSync(path.join(folder, "origin"));
    symlinkSync("..", path.join(folder, "origin/main"));
    symlinkSync(".", path.join(folder, "HEAD"));
    mkdirSync(path.join(folder, "main"));
    writeFileSync(path.join(folder, "v1"), "");
    await use(folder);
  });
}

test("a word that is both a commit and a file is refused with exit code 2, in the command line and the editor", async () => {
  await withShadows(async (folder) => {
    for (const word of ["origin/main", "HEAD", "main", "v1"]) {
      const run = charmMesh(["diff", word], folder);
      expect(run.code, word).toBe(2);
      expect(run.err, word).toContain(`“${word}” names both a commit and a file`);
      expect(run.out, word).toBe("");
      expect(await diskStates().read(pathToFileURL(folder).href, "", word), word).toHaveProperty("failure");
    }
  });
}, 120_000);

test("--refs takes words for refs only, --folder and ./x for folders only", async () => {
  await withShadows((folder) => {
    for (const args of [
      ["--refs", "--", "origin/main"],
      ["--refs", "v1"],
      ["HEAD~0"],
      ["./main", "."],
      ["--folder", "main"],
    ])
      expect(charmMesh(["diff", ...args], folder).code, args.join(" ")).toBe(0);
    for (const args of [
      ["--refs", "--", "--help"],
      ["--refs", "./main"],
      ["--folder", "v1"],
      [""],
      ["HEAD~0", ""],
      ["nowhere"],
    ]) {
      const run = charmMesh(["diff", ...args], folder);
      expect(run.code, args.join(" ")).toBe(2);
      expect(run.out, args.join(" ")).toBe("");
    }
  });
}, 120_000);

test("the action can only pass a ref", () => {
  const compared = readFileSync("scripts/action.sh", "utf8").match(/"\$cli" diff .*/g) ?? [];
  expect(compared).toHaveLength(3);
  for (const line of compared) expect(line).toMatch(/^"\$cli" diff --refs "\$base" /);
});
