import { beforeAll, describe, expect, it } from "vitest";
import { type PyModule, type PythonParser, parsePython, sourceFile } from "#syntax";
import { pythonParser } from "../support/python.ts";
import { type Breakage, breakages, charm } from "./breakages.ts";
import { outline } from "./outline.ts";

let parser: PythonParser;
beforeAll(async () => {
  parser = await pythonParser();
});

function read(text: string): PyModule {
  return parsePython(parser, sourceFile("src/charm.py", text));
}

function broken({ from, to }: Breakage): string {
  expect(charm.split(from).length, `«${from}» must stand in the charm exactly once`).toBe(2);
  return charm.replace(from, () => to);
}

/**
 * Usable means: every fact of the whole file that the breakage does not touch is read from the broken one too, and nothing is
 * read that is not there. Lines of the outline that contain one of `loses`, or something broken, are left out of the comparison on both sides.
 */
function difference(breakage: Breakage): { readonly missing: string[]; readonly invented: string[] } {
  const kept = (fact: string) => !breakage.loses.some((part) => fact.includes(part)) && !fact.includes("‽");
  const cut =
    charm.indexOf(breakage.from) + breakage.from.length === charm.length ? charm.indexOf(breakage.from) : null;
  const whole = outline(read(cut === null ? charm : `${charm.slice(0, cut)}\n            })\n`)).filter(kept);
  const now = outline(read(broken(breakage))).filter(kept);
  return {
    missing: whole.filter((fact) => !now.includes(fact)),
    invented: now.filter((fact) => !whole.includes(fact)),
  };
}

describe("half-typed Python", () => {
  it("has a charm that is whole to begin with", () => {
    expect(read(charm)).toMatchObject({ damaged: false, problems: [], recovered: [], stale: [] });
    expect(outline(read(charm)).length).toBeGreaterThan(60);
  });

  it.each(breakages.map((breakage) => [breakage.name, breakage] as const))("%s", (_, breakage) => {
    expect(difference(breakage)).toEqual({ missing: [], invented: [] });
    const module = read(broken(breakage));
    expect(module.damaged).toBe(breakage.damages);
    expect(module.recovered.length > 0).toBe(breakage.damages);
    expect(module.problems.length > 0).toBe(breakage.damages);
  });
});
