import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { filesBelow, importsOf, textOf } from "./source-tree.ts";

// SECURITY.md's promises, as far as the sources show them: what reaches outside of a process is written in few places.

const sources = ["engine", "protocol", "disk", "server", "client", "webview/src", "cli"].flatMap((folder) =>
  filesBelow(folder, /\.tsx?$/),
);
const importers = (wanted: RegExp): readonly string[] =>
  sources.filter((file) => importsOf(textOf(file)).some(({ from }) => wanted.test(from)));

test("processes are started in one place, which SECURITY.md names with what it starts", () => {
  expect(importers(/^(?:node:)?(?:child_process|cluster|worker_threads|vm|inspector)$/)).toEqual([
    "disk/src/git-run.ts",
  ]);
  const commands = [...filesBelow("disk", /\.tsx?$/)]
    .flatMap((file) => [...textOf(file).matchAll(/gitAnswer\([\w.]+, \[(?:\.\.\.)?"([\w-]+)"/g)])
    .map(([, command]) => `git ${command}`);
  const security = textOf("SECURITY.md");
  expect(commands.length).toBeGreaterThan(2);
  for (const command of [...commands, "git cat-file"]) expect(security).toContain(`\`${command}\``);
});

test("nothing opens a connection", () => {
  expect(importers(/^(?:node:)?(?:net|http|https|http2|tls|dgram|dns|dns\/promises)$/)).toEqual([]);
  const callers = sources.filter((file) =>
    /\b(?:fetch|sendBeacon|importScripts)\(|new (?:WebSocket|XMLHttpRequest|EventSource)\b/.test(textOf(file)),
  );
  expect(callers).toEqual([]);
});

test("text never becomes code", () => {
  const files = sources.filter((file) => /\beval\(|new Function\(|\bFunction\("/.test(textOf(file)));
  expect(files).toEqual([]);
  // A module that is not named in the sources themselves would be code that an outsider chooses.
  const loose = sources.flatMap((file) =>
    [...textOf(file).matchAll(/\b(?:require|import)\((?!\s*")([^)]*)\)/g)].map(([call]) => `${file}: ${call}`),
  );
  expect(loose).toEqual(["cli/src/commands/lsp.ts: require(server)"]);
});

test("what SECURITY.md points at is there", () => {
  const named = [...textOf("SECURITY.md").matchAll(/\]\((?!https?:)([^)#]+)\)|`(test\/[\w./-]+)`/g)].map(
    ([, link, file]) => link ?? file,
  );
  expect(named.length).toBeGreaterThan(3);
  for (const file of named) expect(existsSync(file ?? ""), file).toBe(true);
});
