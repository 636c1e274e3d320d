import { describe, expect, it } from "vitest";
import { type PyModule, parsePython, positionAt, sourceFile } from "#syntax";
import { type Breakage, breakages, charm } from "./breakages.ts";
import { facts, outline } from "./outline.ts";

function read(text: string): PyModule {
  return parsePython(sourceFile("src/charm.py", text));
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

describe("one character less", () => {
  /** What can be read on the lines that the missing character is not on. */
  function elsewhere(text: string, line: number): Set<string> {
    const file = sourceFile("src/charm.py", text);
    const found = facts(parsePython(file)).flatMap((fact) => {
      const own = positionAt(file, fact.start).line;
      return own === line || fact.text.includes("‽") ? [] : [`${own} ${fact.text.split(" / ").at(-1)}`];
    });
    return new Set(found);
  }

  it("damages nothing but its own line, for 99 of 100 brackets, quotes, colons, commas, dots and equal signs", () => {
    const file = sourceFile("src/charm.py", charm);
    let broken = 0;
    const lost: string[] = [];
    for (let at = 0; at < charm.length; at++) {
      if (!`()[]{}"':,.=`.includes(charm.charAt(at))) continue;
      const text = charm.slice(0, at) + charm.slice(at + 1);
      if (!read(text).damaged) continue;
      broken++;
      const { line } = positionAt(file, at);
      const now = elsewhere(text, line);
      const whole = elsewhere(charm, line);
      const same = now.size === whole.size && [...whole].every((fact) => now.has(fact));
      if (!same) lost.push(`line ${line + 1}: ${charm.slice(at - 10, at)}⟨${charm[at]}⟩`);
    }
    expect(broken).toBeGreaterThan(200);
    expect(lost.length, lost.join("\n")).toBeLessThanOrEqual(broken / 100);
  });

  it("keeps what stands before the place where the file ends", () => {
    for (let at = 0; at < charm.length; at += 13) {
      const file = sourceFile("src/charm.py", charm.slice(0, at));
      const { line } = positionAt(file, at);
      const above = (text: string) => [...elsewhere(text, -1)].filter((fact) => Number.parseInt(fact, 10) < line);
      const now = new Set(above(charm.slice(0, at)));
      expect(
        above(charm).filter((fact) => !now.has(fact)),
        `cut at line ${line + 1}`,
      ).toEqual([]);
    }
  });
});
