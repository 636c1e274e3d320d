import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { l10nBundle } from "../../scripts/l10n.mts";
import { filesBelow } from "../tidy/source-tree.ts";

const sources = filesBelow("client", /\.ts$/).map((file) => ({ file, text: readFileSync(file, "utf8") }));

test("the bundle holds every text that the client says, and no other: npm run generate writes it", () => {
  const bundle = JSON.parse(readFileSync("l10n/bundle.l10n.json", "utf8"));
  expect(Object.keys(bundle).length).toBeGreaterThan(15);
  expect(bundle).toEqual(l10nBundle("client"));
  expect(JSON.parse(readFileSync("package.json", "utf8")).l10n).toBe("./l10n");
});

test("the texts are plain ones with numbered holes, each filled", () => {
  const calls = sources.flatMap(({ text }) =>
    [...text.matchAll(/l10n\.t\(([\s\S]*?)\)[;,)\s]/g)].map(([, call]) => call),
  );
  expect(calls.filter((call) => !/^\s*"/.test(call ?? ""))).toEqual([]);
  for (const text of Object.keys(l10nBundle("client"))) {
    const holes = [...text.matchAll(/\{(\d+)\}/g)].map(([, hole]) => Number(hole));
    expect(holes, text).toEqual([...holes].sort());
    expect(text, text).not.toMatch(/\$\{/);
  }
});

/** Where VS Code shows a text: what it is given there comes from l10n, or is no words. */
const SHOWN = [
  /\bshow(?:Error|Warning|Information)Message\(\s*["'`]([^"'`]*)/g,
  /\b(?:title|prompt|placeHolder|tooltip|description|openLabel|detail)\s*[:=]\s*["'`]([^"'`]*)/g,
  /\bnew TreeItem\(\s*["'`]([^"'`]*)/g,
];

/** Examples of what to type, which are the same in every language. */
const NO_WORDS = ["HEAD, origin/main, v1.2, ../before"];

test("nothing is shown to a person past l10n", () => {
  const raw = sources.flatMap(({ file, text }) =>
    SHOWN.flatMap((pattern) => [...text.matchAll(pattern)])
      .map(([, words = ""]) => words)
      .filter((words) => /\p{L}{2}/u.test(words) && !NO_WORDS.includes(words))
      .map((words) => `${file}: ${words}`),
  );
  expect(raw).toEqual([]);
});
