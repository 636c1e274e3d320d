import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type PythonParser, parsePython, sourceFile } from "#syntax";
import { pythonParser } from "../support/python.ts";
import { charm } from "./breakages.ts";
import { corpus } from "./corpus.ts";
import { program } from "./generated.ts";
import { ourTree } from "./our-tree.ts";

/*
 * Our tree against that of CPython's own `ast` module: kinds, spans and values of every node. The positions inside of f-strings
 * are not compared: before Python 3.12 CPython's are wrong there.
 */

const python = spawnSync("python3", ["-c", "import sys; print(sys.version_info >= (3, 11))"], { encoding: "utf8" });
const available = python.stdout?.trim() === "True";

let parser: PythonParser;
beforeAll(async () => {
  parser = await pythonParser();
});

/** CPython's nodes of each source; null where it finds an error. */
function cpythonTrees(sources: readonly string[]): (string[] | null)[] {
  const run = spawnSync("python3", ["test/syntax/cpython-tree.py"], {
    input: JSON.stringify(sources),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(run.stderr).toBe("");
  const trees = JSON.parse(run.stdout) as (unknown[][] | null)[];
  return trees.map((tree) => tree?.map((node) => JSON.stringify(node)) ?? null);
}

function compare(sources: readonly string[]): void {
  const trees = cpythonTrees(sources);
  for (const [index, source] of sources.entries()) {
    const module = parsePython(parser, sourceFile("x.py", source));
    const theirs = trees[index];
    expect(theirs, `CPython must accept\n${source}`).not.toBeNull();
    expect({ source, problems: module.problems }).toEqual({ source, problems: [] });
    expect({ source, nodes: ourTree(module).sort() }).toEqual({ source, nodes: [...(theirs ?? [])].sort() });
  }
}

describe.skipIf(!available)("our Python tree is CPython's (needs python3, 3.11 or newer)", () => {
  it("for the sources written by hand", () => {
    compare(corpus);
  });

  it("for a whole charm", () => {
    compare([charm]);
  });

  it("for generated programs", () => {
    // One process for many programs: starting Python is what costs.
    compare(fc.sample(program, { numRuns: 100, seed: 20260 }));
  });
});
