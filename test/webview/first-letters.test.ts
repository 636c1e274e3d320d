import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beginning, possibleRules } from "../../webview/src/drawing/first-letters.ts";

const CHUNKS = path.resolve("node_modules/mermaid/dist/chunks/mermaid.core");

/** The patterns of mermaid's flowchart parser, out of mermaid as it is published. */
function publishedPatterns(): readonly RegExp[] {
  const texts = readdirSync(CHUNKS).map((file) =>
    file.endsWith(".mjs") ? readFileSync(path.join(CHUNKS, file), "utf8") : "",
  );
  const list = texts.map((text) => /^\s*rules: (\[.*flowchart-elk\\b.*\]),$/m.exec(text)?.[1]).find(Boolean);
  return new Function(`return ${list};`)() as RegExp[];
}

const patterns = publishedPatterns();
const all = patterns.map((_, at) => at);

/** What the parser takes: the first pattern that matches. */
function taken(rules: readonly number[], input: string): readonly [rule: number, text: string] | null {
  for (const at of rules) {
    const [text] = input.match(patterns[at] as RegExp) ?? [];
    if (text !== undefined) return [at, text];
  }
  return null;
}

const PIECES = [
  ..."\n\r\t \"'`#:;,&*|^<>()[]{}\\/=-.~@_xovaZ09é😀\u00a0",
  ...[
    "direction",
    "direction LR",
    "flowchart LR",
    "subgraph",
    "end",
    "classDef",
    "style",
    "--x",
    "o==o",
    "-.->",
    "e0@-->",
  ],
];

describe("the patterns that may match at a place", () => {
  test("mermaid's own are found, and most of them begin with something that is known", () => {
    expect(patterns.length).toBeGreaterThan(100);
    const known = patterns.filter((pattern) => {
      const { letters, word } = beginning(pattern);
      return letters !== null || word !== null;
    });
    expect(known.length).toBeGreaterThan(90);
  });

  test("the parser takes the same of every text, whichever patterns it tries", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }), fc.subarray(all), (pieces, some) => {
        const input = pieces.join("");
        for (const rules of [all, some]) {
          const possible = possibleRules(rules, patterns, input);
          expect(taken(possible, input)).toEqual(taken(rules, input));
          expect(rules.filter((at) => possible.includes(at))).toEqual(possible);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test.each<[RegExp, string, readonly string[], readonly string[]]>([
    [/^(?:subgraph\b)/, "a word", ["s"], ["x", " "]],
    [/^(?:\s*[xo<]?--+[-xo>]\s*)/, "what may be missing and what follows it", [" ", "\n", "x", "<", "-"], ["a", ">"]],
    [/^(?:[^"]+)/, "a class", ["a", "'"], ['"']],
    [/^(?:\[\|)/, "an escape", ["["], ["|", "\\"]],
    [/^(?:(\r?\n)+)/, "a group: anything", ["\n", "a"], []],
    [/^(?:a|b)/, "alternatives: anything", ["a", "c"], []],
    [/^(?:a{0,2}b)/, "a count: anything", ["a", "b", "c"], []],
    [/^(?:a\b)/i, "flags: anything", ["A", "b"], []],
    [/^(?:$)/, "the end: anything", ["a"], []],
  ])("%s: %s", (pattern, _, begins, not) => {
    for (const letter of begins) expect([letter, possibleRules([0], [pattern], letter)]).toEqual([letter, [0]]);
    for (const letter of not) expect([letter, possibleRules([0], [pattern], letter)]).toEqual([letter, []]);
  });

  test("a pattern that asks for a word somewhere in the line is tried only where that stands", () => {
    const rules = [0, 1];
    const two = [/^(?:.*direction\s+LR[^\n]*)/, /^(?:n)/];
    expect(possibleRules(rules, two, "n --> m\ndirection LR")).toEqual([1]);
    expect(possibleRules(rules, two, "n direction LR")).toEqual([0, 1]);
    expect(possibleRules(rules, two, "")).toEqual([0, 1]);
  });
});
