import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { filesBelow, textOf } from "./source-tree.ts";

const PAGES = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
  ...filesBelow("docs", /\.md$/),
  ...filesBelow("samples", /\.md$/),
];

interface Link {
  readonly page: string;
  readonly target: string;
}

/** Links and pictures of a page that lead to files of this repository; what stands in code is none. */
function linksOf(page: string): readonly Link[] {
  const text = textOf(page)
    .replace(/^```[\s\S]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, "");
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = ""]) => ({ page, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

/** The anchors that GitHub gives a page's headings. */
function anchorsOf(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

test("every link of every page leads to a file that is there, and to a heading where it names one", () => {
  const links = PAGES.flatMap(linksOf);
  expect(links.length).toBeGreaterThan(50);
  const broken = links.filter(({ page, target }) => {
    const [file = "", anchor] = target.split("#");
    const place = file === "" ? page : path.posix.join(path.posix.dirname(page), decodeURIComponent(file));
    return !existsSync(place) || (anchor !== undefined && !anchorsOf(place).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test("every guide is named in the README, and every picture on some page", () => {
  const readme = textOf("README.md");
  for (const guide of filesBelow("docs/guide", /\.md$/)) expect(readme).toContain(`(${guide})`);
  const shown = new Set(
    PAGES.flatMap(linksOf).map(({ page, target }) => path.posix.join(path.posix.dirname(page), target)),
  );
  expect(filesBelow("docs/pictures", /\.(?:png|svg)$/).filter((picture) => !shown.has(picture))).toEqual([]);
});

test("ARCHITECTURE.md names every folder, and none that is not there", () => {
  const [, map = ""] = /## The map\n[\s\S]*?\n```\n([\s\S]*?)```/.exec(textOf("ARCHITECTURE.md")) ?? [];
  const named = [...map.matchAll(/^([\w/]+) {2,}/gm)].map(([, folder = ""]) => folder);
  const MADE = ["node_modules", "dist", "out", "artifacts"];
  const there = readdirSync(".", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !MADE.includes(entry.name))
    .flatMap(({ name }) => (name === "engine" ? readdirSync("engine").map((room) => `engine/${room}`) : [name]));
  expect([...named].sort()).toEqual([...there].sort());
});
