import { describe, expect, it } from "vitest";
import { available, comparedWithPython } from "./cpython-comparison.ts";
import { generatedProgram } from "./generated-program.ts";

describe.runIf(available)("what the evaluator says holds in CPython", () => {
  it("for generated programs, whatever their run-time decisions", { timeout: 120_000 }, () => {
    const first = Number(process.env["SEED"] ?? 1);
    const count = Number(process.env["PROGRAMS"] ?? 40);
    const programs = Array.from({ length: count }, (_, i) => generatedProgram(first + i));
    const { wrong, probes, readable } = comparedWithPython(programs);
    const [worst] = wrong;
    const lines = wrong.slice(0, 20).map(({ program, text }) => `seed ${first + program}: ${text}`);
    expect(lines, worst ? programs[worst.program] : "").toEqual([]);
    expect(probes).toBeGreaterThan(programs.length * 10);
    // It must not say nothing either.
    expect(readable / probes).toBeGreaterThan(0.5);
  });
});
