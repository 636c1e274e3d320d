import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PythonParser } from "#syntax";
import { pythonParser } from "../support/python.ts";
import { filesBelow, textOf } from "../tidy/source-tree.ts";
import { fuzzed } from "./fuzz.ts";
import { readers } from "./readers.ts";

/** All together; `npm run fuzz -- --cases N` runs as many as one likes. */
const CASES = 200_000;
/** Differs from day to day in nothing: a failure must be had again. */
const SEED = 20_261_121;

const python = filesBelow("samples", /\.py$/).map(textOf);
const yaml = filesBelow("samples", /charmcraft\.yaml$/).map(textOf);
const shares = readers(null as unknown as PythonParser, python, yaml);
const whole = shares.reduce((sum, reader) => sum + reader.share, 0);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function usedMemory(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}

describe(`${CASES} mutated inputs: no reader throws or hangs`, () => {
  let parser: PythonParser;
  let before = 0;
  let ran = 0;
  beforeAll(async () => {
    parser = await pythonParser();
    for (const reader of readers(parser, python, yaml)) fuzzed(reader, 50, SEED + 1);
    before = usedMemory();
  }, 300_000);

  for (const [index, { name, share }] of shares.entries()) {
    const cases = Math.ceil((CASES * share) / whole);
    test(`${name} (${cases} cases)`, { timeout: 600_000 }, () => {
      const reader = readers(parser, python, yaml)[index];
      if (!reader) throw new Error("no such reader");
      const outcome = fuzzed(reader, cases, SEED + index);
      expect(outcome.failures).toEqual([]);
      ran += outcome.cases;
    });
  }

  test("memory does not grow", () => {
    // Caches hang on files that are gone by now; what stays is the parser's own and what V8 keeps of compiled code.
    expect(usedMemory() - before).toBeLessThan(48);
  });

  afterAll(() => expect(ran).toBeGreaterThanOrEqual(CASES));
});
