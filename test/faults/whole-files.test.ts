import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { writeWholeFiles } from "#disk";
import { charmMesh, ENTRY } from "../cli/command-line.ts";
import { withFolder } from "./folder.ts";

const old = (target: string, text: string) => ({ target, text, isNew: false });

test("mode, link target and byte order mark are kept; nothing is left beside", async () => {
  await withFolder({ "a.txt": "\ufeffold", "b.txt": "old" }, async (folder) => {
    const at = (name: string) => path.join(folder, name);
    chmodSync(at("a.txt"), 0o640);
    await writeWholeFiles([
      old(at("a.txt"), "new\r\n"),
      old(at("b.txt"), "new"),
      { target: at("c.txt"), text: "c", isNew: true },
    ]);
    expect(readFileSync(at("a.txt"), "utf8")).toBe("\ufeffnew\r\n");
    expect(statSync(at("a.txt")).mode & 0o777).toBe(0o640);
    expect(readFileSync(at("b.txt"), "utf8")).toBe("new");
    expect(readdirSync(folder).sort()).toEqual(["a.txt", "b.txt", "c.txt"]);
  });
});

test("of several files none is replaced where one can't be", async () => {
  await withFolder({ "a.txt": "old", "b.txt": "old", "there.txt": "old" }, async (folder) => {
    const at = (name: string) => path.join(folder, name);
    for (const bad of [
      old(path.join(folder, "nowhere/x.txt"), "x"),
      old(folder, "x"),
      { target: at("there.txt"), text: "x", isNew: true },
      old(at("x".repeat(300)), "x"),
    ])
      for (const files of [
        [old(at("a.txt"), "new"), old(at("b.txt"), "new"), bad],
        [bad, old(at("a.txt"), "new")],
      ]) {
        await expect(writeWholeFiles(files)).rejects.toThrow();
        expect(["a.txt", "b.txt", "there.txt"].map((name) => readFileSync(at(name), "utf8"))).toEqual([
          "old",
          "old",
          "old",
        ]);
        expect(readdirSync(folder)).toHaveLength(3);
      }
  });
});

/** A file system of 64 kB; null where this process may not mount one. */
function tinyDisk(folder: string): (() => void) | null {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "ignore" });
    return () => execFileSync("umount", [folder]);
  } catch {
    return null;
  }
}

test("a full disk leaves every file as it was", async ({ skip }) => {
  await withFolder({}, async (outer) => {
    const folder = path.join(outer, "disk");
    mkdirSync(folder);
    const end = tinyDisk(folder);
    if (!end) return skip("this process may not mount a file system");
    try {
      const metadata = `name: a\ntype: charm\ncontainers: {a: {}}\nsummary: ${"x".repeat(24_000)}\nprovides:\n  x: {interface: http}\n`;
      mkdirSync(path.join(folder, "src"));
      writeFileSync(path.join(folder, "charmcraft.yaml"), metadata);
      writeFileSync(
        path.join(folder, "src/charm.py"),
        "import ops\n\n\nclass A(ops.CharmBase):\n    def __init__(self, f):\n        super().__init__(f)\n",
      );
      writeFileSync(path.join(folder, "filler"), Buffer.alloc(20_000));
      const run = charmMesh(["add-mesh", ".", "--write"], folder);
      expect(run.code).toBe(2);
      expect(run.err).toContain("ENOSPC");
      expect(readFileSync(path.join(folder, "charmcraft.yaml"), "utf8")).toBe(metadata);
      expect(readdirSync(folder).sort()).toEqual(["charmcraft.yaml", "filler", "src"]);
    } finally {
      end();
    }
  });
}, 120_000);

/** CHARM_MESH_KILLS=200 for the long run. */
const KILLS = Number(process.env["CHARM_MESH_KILLS"] ?? 20);

test(
  "a process that is killed while it writes leaves every file whole",
  async () => {
    await withFolder({}, async (folder) => {
      const before = `name: a\ntype: charm\ncontainers: {a: {}}\nprovides:\n  x: {interface: http}\n`;
      const python =
        "import ops\n\n\nclass A(ops.CharmBase):\n    def __init__(self, f):\n        super().__init__(f)\n";
      const whole = new Set<string>();
      const make = () => {
        rmSync(path.join(folder, "c"), { recursive: true, force: true });
        mkdirSync(path.join(folder, "c/src"), { recursive: true });
        writeFileSync(path.join(folder, "c/charmcraft.yaml"), before);
        writeFileSync(path.join(folder, "c/src/charm.py"), python);
      };
      const read = (name: string) => readFileSync(path.join(folder, "c", name), "utf8");
      make();
      expect(charmMesh(["add-mesh", ".", "--write"], folder).code).toBe(0);
      for (const name of ["charmcraft.yaml", "src/charm.py"]) whole.add(read(name));
      whole.add(before).add(python);
      for (let round = 0; round < KILLS; round++) {
        make();
        const child = spawn(process.execPath, [ENTRY, "add-mesh", ".", "--write"], { cwd: folder, stdio: "ignore" });
        const ended = new Promise((resolve) => child.on("close", resolve));
        const timer = setTimeout(() => child.kill("SIGKILL"), 100 + (round % 50) * 10);
        await ended;
        clearTimeout(timer);
        for (const name of ["charmcraft.yaml", "src/charm.py"]) expect(whole).toContain(read(name));
      }
    });
  },
  240_000 + KILLS * 5_000,
);

test("a link is written through to the file that it leads to", async () => {
  await withFolder({ "real.json": "{}" }, (folder) => {
    mkdirSync(path.join(folder, "c/src"), { recursive: true });
    writeFileSync(path.join(folder, "c/charmcraft.yaml"), "name: c\ntype: charm\n");
    writeFileSync(path.join(folder, "c/src/charm.py"), "import ops\n");
    symlinkSync("real.json", path.join(folder, "link.json"));
    expect(charmMesh(["check", ".", "--write-baseline", "link.json"], folder).code).toBe(0);
    expect(lstatSync(path.join(folder, "link.json")).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(path.join(folder, "real.json"), "utf8")).version).toBe(1);
  });
}, 60_000);
