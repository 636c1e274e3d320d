import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fuzzed } from "./fuzz.ts";
import { usedMemory } from "./garbage.ts";
import { readers } from "./readers.ts";
import { samples } from "./samples.ts";

/** All suites together; `npm run fuzz -- --cases N` runs as many as one likes. */
const CASES = 200_000;
/** Constant, so that a failure can be reproduced. */
const SEED = 20_261_121;

/** One of so many cases is read twice. */
const COMPARED = { oneOf: 10 };

/** What the readers of each suite start with; the last one takes all that are left. */
const SUITES = { charm: /^a charm's/, python: /^Python$/, others: /^(?!a charm's|Python$)/ } as const;

/** The tests of some of the readers; several files, so that they run beside each other. */
export function fuzzSuite(suite: keyof typeof SUITES): void {
  const all = readers(samples());
  const whole = all.reduce((sum, reader) => sum + reader.share, 0);
  const chosen = [...all.entries()].filter(([, { name }]) => SUITES[suite].test(name));
  const expected = chosen.reduce((sum, [, { share }]) => sum + Math.floor((CASES * share) / whole), 0);

  describe(`mutated inputs, ${expected} of ${CASES}: no reader throws or hangs`, () => {
    let before = 0;
    let ran = 0;
    beforeAll(() => {
      const real = readers(samples());
      for (const [index] of chosen) fuzzed(real[index] as (typeof real)[number], 50, SEED + 1, COMPARED);
      before = usedMemory();
    }, 300_000);

    for (const [index, { name, share }] of chosen) {
      const cases = Math.ceil((CASES * share) / whole);
      test(`${name} (${cases} cases)`, { timeout: 900_000 }, () => {
        const reader = readers(samples())[index];
        if (!reader) throw new Error("no such reader");
        const outcome = fuzzed(reader, cases, SEED + index, COMPARED);
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
