import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "#ide";
import { fixtureFiles } from "../support/charm-fixture.ts";
import { PAGE_CHARMS } from "./page-charms.ts";
import { rulePage, SECTIONS } from "./rule-page.ts";
import { asExpected, diagnosticsIn, fixProblems } from "./scene-diagnostics.ts";

it("finds nothing in the charms that the pages build on", () => {
  expect(diagnosticsIn(fixtureFiles(PAGE_CHARMS)).map((each) => [asExpected(each), each.message])).toEqual([]);
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
      const found = diagnosticsIn(scene.files);
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
      expect(diagnosticsIn(scene.files).map((each) => [asExpected(each), each.message])).toEqual([]);
    },
  );

  it("offers the fix that the page promises, after which the finding is gone and no new one came", () => {
    let offered = 0;
    for (const scene of page.example) {
      const fixes = fixProblems(scene.files, (each) => each.code === name);
      expect(fixes.problems).toEqual([]);
      offered += fixes.offered;
    }
    expect(/^There is no automatic fix/.test(page.sections.get("Fix") ?? ""), "what the page says of the fix").toBe(
      offered === 0,
    );
  });
});

function byPlace(a: { path: string; line: number; start: number; code: string }, b: typeof a): number {
  return a.path < b.path
    ? -1
    : a.path > b.path
      ? 1
      : a.line - b.line || a.start - b.start || (a.code < b.code ? -1 : 1);
}
