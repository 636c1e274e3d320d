import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Diagnostic, RULES } from "#ide";
import type { PythonParser } from "#syntax";
import { fixtureFiles } from "../support/charm-fixture.ts";
import { pythonParser } from "../support/python.ts";
import { PAGE_CHARMS } from "./page-charms.ts";
import { rulePage, SECTIONS } from "./rule-page.ts";
import { asExpected, diagnosticsIn, fixedTexts } from "./scene-diagnostics.ts";

let parser: PythonParser;
beforeAll(async () => {
  parser = await pythonParser();
});

it("finds nothing in the charms that the pages build on", () => {
  expect(diagnosticsIn(fixtureFiles(PAGE_CHARMS), parser).map((each) => [asExpected(each), each.message])).toEqual([]);
});

const documented = RULES.filter((rule) => existsSync(`docs/rules/${rule.name}.md`));

describe.each(documented.map((rule) => [rule.name, rule] as const))("%s", (name, rule) => {
  const page = rulePage(name);

  it("has all sections, in order", () => {
    expect([...page.sections.keys()]).toEqual(SECTIONS);
    for (const [title, text] of page.sections) expect(text, title).not.toBe("");
  });

  it.each(page.example.map((scene) => [scene.title || "example", scene] as const))(
    "reports the example: %s",
    (_, scene) => {
      const found = diagnosticsIn(scene.files, parser);
      expect(found.map(asExpected).sort(byPlace), found.map((each) => each.message).join("\n")).toEqual(
        [...scene.expected].sort(byPlace),
      );
      expect(found.some((each) => each.code === name)).toBe(true);
      for (const each of found) if (each.code === name) expect(rule.severities).toContain(each.severity);
    },
  );

  it.each(page.instead.map((scene) => [scene.title || "instead", scene] as const))(
    "finds nothing in: %s",
    (_, scene) => {
      expect(diagnosticsIn(scene.files, parser).map((each) => [asExpected(each), each.message])).toEqual([]);
    },
  );

  it("offers the fix that the page promises, after which the finding is gone and no new one came", () => {
    let offered = 0;
    for (const scene of page.example) {
      const before = diagnosticsIn(scene.files, parser);
      for (const diagnostic of before.filter((each) => each.code === name)) {
        for (const fix of diagnostic.fixes) {
          offered++;
          const texts = fixedTexts(scene.files, fix.edits);
          const after = diagnosticsIn(texts, parser);
          const own = (each: Diagnostic) => `${each.code} ${each.message}`;
          const [had, left] = [counted(before.map(own)), counted(after.map(own))];
          expect(left.get(own(diagnostic)) ?? 0, `${fix.title} leaves the finding`).toBeLessThan(
            had.get(own(diagnostic)) ?? 0,
          );
          const codes = counted(before.map((each) => each.code));
          for (const [code, count] of counted(after.map((each) => each.code)))
            expect(count, `${fix.title} brings ${code}`).toBeLessThanOrEqual(codes.get(code) ?? 0);
        }
      }
    }
    expect(/^There is no automatic fix/.test(page.sections.get("Fix") ?? ""), "what the page says of the fix").toBe(
      offered === 0,
    );
  });
});

function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function byPlace(a: { path: string; line: number; start: number; code: string }, b: typeof a): number {
  return a.path < b.path
    ? -1
    : a.path > b.path
      ? 1
      : a.line - b.line || a.start - b.start || (a.code < b.code ? -1 : 1);
}
