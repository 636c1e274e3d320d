import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesBelow, textOf } from "../tidy/source-tree.ts";
import { fuzzed } from "./fuzz.ts";
import { usedMemory } from "./garbage.ts";
import { readers } from "./readers.ts";

/** All suites together; `npm run fuzz -- --cases N` runs as many as one likes. */
const CASES = 200_000;
/** Differs from day to day in nothing: a failure must be had again. */
const SEED = 20_261_121;

const python = filesBelow("samples", /\.py$/).map(textOf);
const yaml = filesBelow("samples", /charmcraft\.yaml$/).map(textOf);

/** What the readers of each suite start with; the last one takes all that are left. */
const SUITES = { charm: /^a charm's/, python: /^Python$/, others: /^(?!a charm's|Python$)/ } as const;

/** The tests of some of the readers; several files, so that they run beside each other. */
export function fuzzSuite(suite: keyof typeof SUITES): void {
  const all = readers(python, yaml);
  const whole = all.reduce((sum, reader) => sum + reader.share, 0);
  const chosen = [...all.entries()].filter(([, { name }]) => SUITES[suite].test(name));
  const expected = chosen.reduce((sum, [, { share }]) => sum + Math.floor((CASES * share) / whole), 0);

  describe(`mutated inputs, ${expected} of ${CASES}: no reader throws or hangs`, () => {
    let before = 0;
    let ran = 0;
    beforeAll(() => {
      const real = readers(python, yaml);
      for (const [index] of chosen) fuzzed(real[index] as (typeof real)[number], 50, SEED + 1);
      before = usedMemory();
    }, 300_000);

    for (const [index, { name, share }] of chosen) {
      const cases = Math.ceil((CASES * share) / whole);
      test(`${name} (${cases} cases)`, { timeout: 900_000 }, () => {
        const reader = readers(python, yaml)[index];
        if (!reader) throw new Error("no such reader");
        const outcome = fuzzed(reader, cases, SEED + index);
        expect(outcome.failures).toEqual([]);
        ran += outcome.cases;
      });
    }

    test("memory does not grow", () => {
      // Caches hang on files that are gone by now; what stays is what V8 keeps of compiled code.
      expect(usedMemory() - before).toBeLessThan(48);
    });

    afterAll(() => expect(ran).toBeGreaterThanOrEqual(expected));
  });
}
