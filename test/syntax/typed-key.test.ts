import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parsePython, sourceFile } from "#syntax";

const charm = readFileSync("samples/observability/coordinator/src/charm.py", "utf8");
const first = charm.indexOf("\n", charm.indexOf("endpoints={")) + 1;
const second = charm.indexOf("\n", first) + 1;
const indent = /^ */.exec(charm.slice(first))?.[0] ?? "";

// A call of two thousand characters is one logical line: the search for what is wrong in it must last to its end.
it.each(['"', '"send', "'", '"send-datasource": "', '"send-datasource": "graf'])(
  "keeps the other pairs of a long call's map while %s is typed",
  async (typed) => {
    const keys = (text: string): string[] =>
      [...JSON.stringify(parsePython(sourceFile("charm.py", text)).body).matchAll(/"value":"([a-z-]+)"/g)].map(
        (match) => match[1] ?? "",
      );
    const before = keys(charm);
    expect(before).toEqual(expect.arrayContaining(["cluster", "service-mesh"]));
    for (const at of [first, second]) {
      const after = keys(`${charm.slice(0, at)}${indent}${typed}\n${charm.slice(at)}`);
      expect(after).toEqual(expect.arrayContaining([...new Set(before)]));
    }
  },
);
