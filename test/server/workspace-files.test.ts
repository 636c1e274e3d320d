import { describe, expect, test } from "vitest";
import { sourceFile } from "#syntax";
import { workspaceFiles } from "../../server/src/workspace-files.ts";

const CHARMS: Record<string, string> = {
  "coordinator/charmcraft.yaml": "name: c",
  "coordinator/src/charm.py": "import ops",
  "worker/charmcraft.yaml": "name: w",
  "worker/src/charm.py": "import ops",
  "bundle.yaml": "applications: {}",
  ".charm-mesh.yaml": "rules: {}",
};

function filled(prefixes = [""], contents = CHARMS) {
  const files = workspaceFiles();
  files.list(prefixes, Object.keys(contents), false);
  for (const path of files.missing()) files.setDisk(path, { text: contents[path] ?? "" });
  return files;
}

describe("files of a workspace", () => {
  test("charms, topologies and settings are found among the listed paths", () => {
    const files = filled();
    expect(files.missing()).toEqual([]);
    const snapshot = files.snapshot();
    expect(snapshot.charms.map(({ root, files: own }) => [root, [...own.keys()]])).toEqual([
      ["coordinator", ["charmcraft.yaml", "src/charm.py"]],
      ["worker", ["charmcraft.yaml", "src/charm.py"]],
    ]);
    expect(snapshot.topologies.map(({ path }) => path)).toEqual(["bundle.yaml"]);
    expect(snapshot.settings.map(({ path }) => path)).toEqual([".charm-mesh.yaml"]);
    expect(snapshot.file("worker/src/charm.py")?.text).toBe("import ops");
    expect(snapshot.file("bundle.yaml")?.text).toBe("applications: {}");
    expect(snapshot.file("README.md")).toBeNull();
  });

  test("an edit makes a new object for its charm and keeps all others", () => {
    const files = filled();
    const before = files.snapshot();
    files.setOpen("worker/src/charm.py", sourceFile("worker/src/charm.py", "import sys", 1));
    const after = files.snapshot();
    expect(after.charms[0]).toBe(before.charms[0]);
    expect(after.charms[1]).not.toBe(before.charms[1]);
    expect(before.charms[1]?.files.get("src/charm.py")?.text).toBe("import ops");
    expect(after.charms[1]?.files.get("src/charm.py")?.text).toBe("import sys");
    expect(files.snapshot()).toBe(after);
  });

  test("an edit of a bundle leaves every charm as it is", () => {
    const files = filled();
    const before = files.snapshot();
    files.setOpen("bundle.yaml", sourceFile("bundle.yaml", "applications: {a: {}}", 1));
    expect(files.snapshot().charms[0]).toBe(before.charms[0]);
    expect(files.snapshot().topologies[0]?.version).toBe(1);
  });

  test("a metadata.yaml beside no Python is a charm's as soon as it says so, and as long as it does", () => {
    const contents = { "a/metadata.yaml": "name: a\nauthors: []\n", "a/config.yaml": "options: {}", "a/docs/x.py": "" };
    const files = filled([""], contents);
    const roots = () => files.snapshot().charms.map(({ root, files: own }) => [root, ...own.keys()]);
    expect(roots()).toEqual([]);
    const typed = sourceFile("a/metadata.yaml", "name: a\nrequires:\n  db: {interface: sql}\n", 1);
    files.setOpen("a/metadata.yaml", typed);
    expect(files.missing()).toEqual([]);
    expect(roots()).toEqual([["a", "config.yaml", "metadata.yaml"]]);
    files.setOpen("a/metadata.yaml", null);
    expect(roots()).toEqual([]);
    files.setDisk("a/metadata.yaml", { text: typed.text });
    expect(roots()).toEqual([["a", "config.yaml", "metadata.yaml"]]);
    files.setDisk("a/metadata.yaml", { unreadable: "is not UTF-8" });
    expect(roots()).toEqual([]);
  });

  test("what is open lies over the disk, and the disk shows again when it is closed", () => {
    const files = filled();
    files.setOpen("worker/src/charm.py", sourceFile("worker/src/charm.py", "unsaved", 3));
    files.setDisk("worker/src/charm.py", { text: "on disk" });
    expect(files.snapshot().file("worker/src/charm.py")?.text).toBe("unsaved");
    files.setOpen("worker/src/charm.py", null);
    expect(files.snapshot().file("worker/src/charm.py")?.text).toBe("on disk");
  });

  test("a new file makes a charm, a deleted one unmakes it; others keep their objects", () => {
    const files = filled();
    const before = files.snapshot();
    files.setDisk("extra/charmcraft.yaml", { text: "name: x" });
    expect(files.snapshot().charms.map(({ root }) => root)).toEqual(["coordinator", "extra", "worker"]);
    expect(files.snapshot().charms[0]).toBe(before.charms[0]);
    files.setDisk("extra/charmcraft.yaml", null);
    expect(files.snapshot().charms.map(({ root }) => root)).toEqual(["coordinator", "worker"]);
  });

  test("a document that is not on disk counts while it is open", () => {
    const files = filled();
    files.setOpen("fresh/charmcraft.yaml", sourceFile("fresh/charmcraft.yaml", "name: f", 1));
    expect(files.snapshot().charms.map(({ root }) => root)).toContain("fresh");
    files.setOpen("fresh/charmcraft.yaml", null);
    expect(files.snapshot().charms.map(({ root }) => root)).not.toContain("fresh");
  });

  test("unreadable files are named with their reason", () => {
    const files = filled();
    files.setDisk("worker/src/charm.py", { unreadable: "is not UTF-8" });
    const worker = files.snapshot().charms[1];
    expect(worker?.files.has("src/charm.py")).toBe(false);
    expect(worker?.unreadable.get("src/charm.py")).toBe("is not UTF-8");
    expect(files.snapshot().file("worker/src/charm.py")).toBeNull();
    expect([...files.snapshot().unreadable]).toEqual([]);
    files.setDisk("bundle.yaml", { unreadable: "is too large" });
    expect([...files.snapshot().unreadable]).toEqual([["bundle.yaml", "is too large"]]);
  });

  test("the same text written again is no change", () => {
    const files = filled();
    const before = files.snapshot();
    files.setDisk("worker/src/charm.py", { text: "import ops" });
    expect(files.snapshot().charms[1]).toBe(before.charms[1]);
  });

  test("several folders: a charm at a folder's root has the folder's name", () => {
    const files = filled(["a/", "build/"], {
      "a/charmcraft.yaml": "name: a",
      "a/src/charm.py": "",
      "build/charmcraft.yaml": "name: b",
      "build/src/charm.py": "",
    });
    expect(files.snapshot().charms.map(({ root }) => root)).toEqual(["a", "build"]);
    expect(files.snapshot().file("build/src/charm.py")).not.toBeNull();
    expect([...files.below("a")].sort()).toEqual(["a/charmcraft.yaml", "a/src/charm.py"]);
  });

  test("paths that no charm could need are passed over", () => {
    const files = filled();
    const before = files.snapshot();
    files.setDisk("worker/.venv/lib/src/x.py", { text: "" });
    files.setOpen("notes.md", sourceFile("notes.md", "", 1));
    expect(files.snapshot()).toBe(before);
  });
});
