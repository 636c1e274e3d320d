import { beforeEach, expect, test, vi } from "vitest";
import { onFirstCharm } from "../../client/src/charm-presence.ts";

const disk = vi.hoisted(() => ({
  files: new Map<string, string>(),
  created: [] as (() => void)[],
  changed: [] as (() => void)[],
  opened: [] as ((document: { uri: { path: string } }) => void)[],
  disposed: 0,
}));

// The parts of VS Code's workspace that the search uses: files by path, and the listeners for new, changed and opened ones.
vi.mock("vscode", () => ({
  Uri: {
    joinPath: (path: string, ...parts: readonly string[]) =>
      parts.reduce((at, part) => (part === ".." ? at.slice(0, at.lastIndexOf("/")) : `${at}/${part}`), path),
  },
  Disposable: { from: () => ({ dispose: () => void disk.disposed++ }) },
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
    onDidOpenTextDocument: (act: (document: { uri: { path: string } }) => void) => void disk.opened.push(act),
    onDidSaveTextDocument: () => undefined,
    onDidChangeWorkspaceFolders: () => undefined,
  },
}));

beforeEach(() => {
  disk.files.clear();
  disk.created.length = 0;
  disk.changed.length = 0;
  disk.opened.length = 0;
  disk.disposed = 0;
});

/** How many times a charm is reported once every search that runs has ended. */
async function reported(): Promise<number> {
  let found = 0;
  onFirstCharm(() => found++);
  await searched();
  return found;
}

function searched(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

test("a charmcraft.yaml, a metadata.yaml beside src/charm.py, and one with a charm's keys are charms", async () => {
  expect(await reported()).toBe(0);
  for (const charm of [
    { "/w/shop/charmcraft.yaml": "" },
    { "/w/shop/metadata.yaml": "name: shop", "/w/shop/src/charm.py": "" },
    { "/w/shop/metadata.yaml": "name: shop\nrequires:\n  db:\n    interface: mysql\n" },
  ]) {
    disk.files = new Map(Object.entries(charm));
    expect(await reported()).toBe(1);
  }
});

test("the metadata.yaml of something else is none", async () => {
  disk.files.set("/w/docs/metadata.yaml", "title: A book\nrequirements: none\n");
  expect(await reported()).toBe(0);
});

test("a metadata.yaml that becomes a charm's is noticed when it is saved, once", async () => {
  let found = 0;
  onFirstCharm(() => found++);
  disk.files.set("/w/shop/metadata.yaml", "");
  for (const act of disk.created) act();
  await searched();
  expect(found).toBe(0);
  disk.files.set("/w/shop/metadata.yaml", "name: shop\nprovides:\n  web:\n    interface: http\n");
  for (const act of disk.changed) act();
  for (const act of disk.changed) act();
  await vi.waitFor(() => expect(found).toBe(1));
});

test("a charm that appears while the first search runs is found", async () => {
  let found = 0;
  onFirstCharm(() => found++);
  disk.files.set("/w/shop/charmcraft.yaml", "");
  for (const act of disk.created) act();
  await searched();
  expect(found).toBe(1);
  expect(disk.disposed).toBe(1);
});

test("without a watcher, a charm is found when one of its files is opened, and no other file starts a search", async () => {
  let found = 0;
  onFirstCharm(() => found++);
  await searched();
  disk.files.set("/w/shop/charmcraft.yaml", "");
  for (const act of disk.opened) act({ uri: { path: "/w/notes.yaml" } });
  await searched();
  expect(found).toBe(0);
  for (const act of disk.opened) act({ uri: { path: "/w/shop/charmcraft.yaml" } });
  await searched();
  expect(found).toBe(1);
});
