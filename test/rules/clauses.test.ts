import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { scenesIn } from "./rule-page.ts";
import { asExpected, diagnosticsIn, fixProblems } from "./scene-diagnostics.ts";

/*
 * The catalogue of rules clause by clause, where a page of docs/rules shows only the usual case: one Markdown file for each of its
 * sections, in the form of the pages (rule-page.ts). A scene without marks is one in which everything must stay silent.
 */

const FOLDER = "test/rules/clauses";

describe.each(readdirSync(FOLDER).map((file) => [file.replace(/\.md$/, "")]))("%s", (section) => {
  const scenes = scenesIn(readFileSync(`${FOLDER}/${section}.md`, "utf8"));

  it.each(scenes.map((scene) => [scene.title, scene] as const))("%s", (_, scene) => {
    const found = diagnosticsIn(scene.files);
    const place = ({ path, line, start, end, severity, code }: (typeof scene.expected)[number]) =>
      `${path}:${line + 1}:${start}-${end} ${severity}[${code}]`;
    expect(found.map((each) => place(asExpected(each))).sort(), found.map((each) => each.message).join("\n")).toEqual(
      scene.expected.map(place).sort(),
    );
    expect(fixProblems(scene.files, () => true, found).problems).toEqual([]);
  });
});
