import { beforeEach, expect, test, vi } from "vitest";
import { hasCharm, onFirstCharm } from "../../client/src/charm-presence.ts";

const disk = vi.hoisted(() => ({
  files: new Map<string, string>(),
  created: [] as (() => void)[],
  changed: [] as (() => void)[],
}));

// A workspace as far as it is looked through: files by path, and who wants to know of new and changed ones.
vi.mock("vscode", () => ({
  Uri: {
    joinPath: (path: string, ...parts: readonly string[]) =>
      parts.reduce((at, part) => (part === ".." ? at.slice(0, at.lastIndexOf("/")) : `${at}/${part}`), path),
  },
  Disposable: { from: () => ({ dispose: () => undefined }) },
  workspace: {
    findFiles: async (pattern: string) => [...disk.files.keys()].filter((path) => path.endsWith(pattern.slice(2))),
    fs: {
      stat: async (path: string) => {
        if (!disk.files.has(path)) throw new Error("not there");
      },
      readFile: async (path: string) => new TextEncoder().encode(disk.files.get(path)),
    },
    createFileSystemWatcher: () => ({
      onDidCreate: (act: () => void) => void disk.created.push(act),
      onDidChange: (act: () => void) => void disk.changed.push(act),
      dispose: () => undefined,
    }),
  },
}));

beforeEach(() => {
  disk.files.clear();
  disk.created.length = 0;
  disk.changed.length = 0;
});

test("a charmcraft.yaml, a metadata.yaml beside src/charm.py, and one with a charm's keys are charms", async () => {
  expect(await hasCharm()).toBe(false);
  for (const charm of [
    { "/w/shop/charmcraft.yaml": "" },
    { "/w/shop/metadata.yaml": "name: shop", "/w/shop/src/charm.py": "" },
    { "/w/shop/metadata.yaml": "name: shop\nrequires:\n  db:\n    interface: mysql\n" },
  ]) {
    disk.files = new Map(Object.entries(charm));
    expect(await hasCharm()).toBe(true);
  }
});

test("the metadata.yaml of something else is none", async () => {
  disk.files.set("/w/docs/metadata.yaml", "title: A book\nrequirements: none\n");
  expect(await hasCharm()).toBe(false);
});

test("a metadata.yaml that becomes a charm's is noticed when it is saved, once", async () => {
  let found = 0;
  onFirstCharm(() => found++);
  disk.files.set("/w/shop/metadata.yaml", "");
  for (const act of disk.created) act();
  await new Promise((resolve) => setTimeout(resolve));
  expect(found).toBe(0);
  disk.files.set("/w/shop/metadata.yaml", "name: shop\nprovides:\n  web:\n    interface: http\n");
  for (const act of disk.changed) act();
  for (const act of disk.changed) act();
  await vi.waitFor(() => expect(found).toBe(1));
});
