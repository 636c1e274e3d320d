import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { charmMesh } from "../cli/command-line.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const changelog = readFileSync("CHANGELOG.md", "utf8");
const releases = [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\] - (unreleased|\d{4}-\d{2}-\d{2})$/gm)];

test("the changelog's newest entry is this version's, and says something", () => {
  expect(releases[0]?.[1]).toBe(version);
  const from = (releases[0]?.index ?? 0) + (releases[0]?.[0].length ?? 0);
  const entry = changelog.slice(from, releases[1]?.index ?? changelog.length);
  expect(entry.match(/^- .{20,}/gm)?.length ?? 0).toBeGreaterThan(3);
});

test("every heading of the changelog is a release in falling order, with a day unless it is to come", () => {
  expect(releases.map(([heading]) => heading)).toEqual(changelog.match(/^## .*$/gm));
  const numbers = releases.map(([, each = ""]) => each.split(".").map(Number));
  const falling = [...numbers].sort(
    (a, b) => (b[0] ?? 0) - (a[0] ?? 0) || (b[1] ?? 0) - (a[1] ?? 0) || (b[2] ?? 0) - (a[2] ?? 0),
  );
  expect(numbers).toEqual(falling);
  expect(releases.slice(1).filter(([, , day]) => day === "unreleased")).toEqual([]);
});

test("what is built, the lock file and the guides name this version", () => {
  expect(charmMesh(["--version"]).out.trim()).toBe(version);
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
  expect([lock.version, lock.packages[""].version]).toEqual([version, version]);
  const guide = readFileSync("docs/guide/ci.md", "utf8");
  const named = [...guide.matchAll(/\bv(\d+\.\d+\.\d+)\b/g)].map(([, each]) => each);
  expect(named.length).toBeGreaterThan(1);
  expect(new Set(named)).toEqual(new Set([version]));
});
