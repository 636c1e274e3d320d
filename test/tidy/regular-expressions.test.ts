import { analyse } from "scslre";
import { expect, test } from "vitest";
import { attackOn, type Expression, expressionsIn } from "./expressions.ts";
import { filesBelow } from "./source-tree.ts";

/** Rooms whose expressions see text that comes from outside. The webview's see what Mermaid drew, and messages of the host. */
const FOLDERS = ["engine", "protocol", "disk", "server", "client", "cli"];

/** Expressions that only ever see short text, each with what limits it. */
const BOUNDED: ReadonlyMap<string, string> = new Map([
  ["\\s*#[^\\n\"']*\\n", "engine/python/src/evaluate/names/snippet.ts cuts a snippet to a few lines' length before"],
]);

/** Expressions that are put together at run time. Each was looked at: what is put in is a name that is escaped or has no signs. */
const COMPOSED = [
  "engine/ide/src/fixes/consumer-edits.ts",
  "engine/ide/src/navigation/own-charms.ts",
  "engine/ide/src/rules/grpc-workload-tracing.ts",
  "engine/mesh/src/policy/library/coercion.ts",
  "engine/mesh/src/policy/verdict/istio-matching.ts",
];

const expressions = FOLDERS.flatMap((folder) => filesBelow(folder, /\.tsx?$/)).flatMap(expressionsIn);
const literals = expressions.filter((one) => one.source !== null);

test("there are expressions to look at, and those made at run time are known", () => {
  expect(literals.length).toBeGreaterThan(400);
  const composed = expressions.filter(({ source }) => source === null).map(({ file }) => file);
  expect([...new Set(composed)].sort()).toEqual(COMPOSED);
});

test("none has two ways through the same text, which takes exponential time", () => {
  expect(literals.filter(isExponential).map(described)).toEqual([]);
});

test("none takes much more than in proportion on its own beginning, again and again", () => {
  const slow = literals.flatMap((each) => {
    const attack = BOUNDED.has(each.source ?? "") ? null : attackOn(each);
    return attack === null ? [] : [`${described(each)} on ${JSON.stringify(attack)}`];
  });
  expect(slow).toEqual([]);
});

test("what is listed as bounded is there, and would be found", () => {
  for (const source of BOUNDED.keys()) {
    const listed = literals.find((each) => each.source === source);
    expect(listed && attackOn(listed), source).not.toBeNull();
  }
});

test("the search finds what is known to be slow, and nothing else", () => {
  const here = (source: string, flags = ""): Expression => ({ file: "here", source, flags });
  for (const source of ["^(a+)+$", "^(\\w+\\s?)*$", "^( *- +)* *x"])
    expect(isExponential(here(source)), source).toBe(true);
  for (const source of ["\\s+$", "\\$\\{\\d+:([^}]*)\\}", "^A:[^=]+\\s*=", "return\\b.*;"])
    expect(attackOn(here(source)), source).not.toBeNull();
  for (const source of ["^a+$", "(?<!\\s)\\s+$", "^\\w+=", "#[^#]*;", "x.*"]) {
    expect(isExponential(here(source)), source).toBe(false);
    expect(attackOn(here(source)), source).toBeNull();
  }
  expect(attackOn(here("\\w+=", "y"))).toBeNull();
}, 30_000);

function isExponential({ source, flags }: Expression): boolean {
  return analyse(new RegExp(source ?? "", flags)).reports.some((report) => report.exponential);
}

function described({ file, source, flags }: Expression): string {
  return `${file}: /${source}/${flags}`;
}
