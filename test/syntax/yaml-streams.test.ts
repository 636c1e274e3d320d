import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseYaml, parseYamlDocuments, sourceFile, type YamlDocument, type YamlNode } from "#syntax";
import { yamlValue } from "./yaml-value.ts";

function read(text: string): YamlDocument {
  return parseYaml(sourceFile("charmcraft.yaml", text));
}

const charmcraft = `# a charm
name: ledger-k8s
type: charm
description: |
  Two lines
  of text.
requires:
  # who we talk to
  "service-mesh": {interface: service_mesh, limit: 1}
  logging:
    interface: 'loki_push_api'
    optional: true
    limit:
containers:
  nginx:
    resource: nginx-image
list:
- a
-   b: 1
    c: 2
-
- [x, "y"]
`;

describe("streams", () => {
  it("give each document; parseYaml reads the first and reports the second", () => {
    const text = "a: 1\n---\nb: 2\n";
    expect(parseYamlDocuments(sourceFile("b.yaml", text)).map(({ root }) => yamlValue(root))).toEqual([
      { a: 1 },
      { b: 2 },
    ]);
    const { root, problems } = read(text);
    expect(yamlValue(root)).toEqual({ a: 1 });
    expect(problems).toEqual([
      {
        span: { start: 9, end: 9 },
        message: "Only the first document of this file is read; a second one starts here.",
      },
    ]);
  });

  it("may be empty, or only comments", () => {
    for (const text of ["", "\n\n", "# nothing\n", "---\n", "---\n...\n"]) {
      expect(read(text), JSON.stringify(text)).toEqual({ root: null, problems: [] });
    }
  });
});

/** Every span is in the text and no collection nests deeper than allowed. */
function check(node: YamlNode | null, length: number, depth = 0): void {
  if (!node) return;
  expect(depth).toBeLessThan(150);
  expect(node.span.start).toBeGreaterThanOrEqual(0);
  expect(node.span.end).toBeGreaterThanOrEqual(node.span.start);
  expect(node.span.end).toBeLessThanOrEqual(length);
  if (node.kind === "map") for (const entry of node.entries) check(entry.value, length, depth + 1);
  if (node.kind === "sequence") for (const item of node.items) check(item, length, depth + 1);
}

describe("any text at all", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom(
      "\n",
      "  ",
      "- ",
      ": ",
      "a",
      "{",
      "}",
      "[",
      "]",
      ",",
      "'",
      '"',
      "|",
      ">",
      "&a ",
      "*a",
      "!t ",
      "#",
      "---",
      "...",
      "? ",
      "<<: ",
      "\t",
      "%",
      "@",
      "\0",
      "\ud800",
      "\r\n",
    ),
  );

  it("is read without an exception", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const { root, problems } = read(text);
        check(root, text.length);
        for (const problem of problems) expect(problem.span.end).toBeLessThanOrEqual(text.length);
        yamlValue(root);
      }),
      { numRuns: 1500 },
    );
  });

  it("is read when it is a charmcraft.yaml with holes", () => {
    fc.assert(
      fc.property(fc.nat({ max: charmcraft.length }), fc.nat({ max: 30 }), piece, (at, gone, added) => {
        const text = charmcraft.slice(0, at) + added + charmcraft.slice(at + gone);
        check(read(text).root, text.length);
      }),
      { numRuns: 500 },
    );
  });
});
