import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Diagnostic, type Fix, fixedAll, RULES } from "#ide";
import { applyEdits, type FileEdit } from "#syntax";
import { fixtureFiles } from "../support/charm-fixture.ts";
import { PAGE_CHARMS } from "./page-charms.ts";
import { laidOver, rulePage, type Scene } from "./rule-page.ts";
import { diagnosticsIn, fixedTexts, workspaceOf } from "./scene-diagnostics.ts";

/*
 * Faults of several pages in one workspace. Whatever is combined, every fix removes its finding and brings none that was
 * not among the faults, and "fix all" comes to an end with nothing left to mend.
 */

/** A file that can't be read hides all faults in it, and a charm without any mesh support has none of the others' faults. */
const ALONE: ReadonlySet<string> = new Set(["unreadable-file", "no-mesh-support"]);

/** Examples of charms (a deployment's need all charms as they are), by the rule that they show. */
const scenes: readonly Scene[] = RULES.filter((rule) => rule.scope !== "deployment" && !ALONE.has(rule.name))
  .flatMap((rule) => rulePage(rule.name).example)
  .filter((scene) => scene.fences.every((fence) => fence.path.includes("/")));

/** Some scenes laid over each other; null where the second takes away what the third would replace. */
function combined(chosen: readonly Scene[]): Scene | null {
  try {
    return laidOver(
      "combined",
      chosen.flatMap((scene) => scene.fences),
    );
  } catch {
    return null;
  }
}

const someScenes = fc.uniqueArray(fc.nat(scenes.length - 1), { minLength: 2, maxLength: 4 });

describe("faults in any combination", () => {
  it("loses the finding by each of its fixes, and brings none that was not there", () => {
    let tried = 0;
    fc.assert(
      fc.property(someScenes, (indexes) => {
        const chosen = indexes.flatMap((index) => scenes[index] ?? []);
        const scene = combined(chosen);
        if (!scene) return;
        // What one fault hides, the fix of another may bring to light.
        const faults = new Set(chosen.flatMap((each) => each.expected.map(({ code }) => code)));
        const before = diagnosticsIn(scene.files);
        for (const each of before) faults.add(each.code);
        for (const diagnostic of before)
          for (const fix of diagnostic.fixes) {
            tried++;
            const after = diagnosticsIn(fixedTexts(scene.files, fix.edits));
            const said = (each: Diagnostic) => each.code === diagnostic.code && each.message === diagnostic.message;
            expect(after.filter(said).length, `${diagnostic.code}: ${fix.title}`).toBeLessThan(
              before.filter(said).length,
            );
            for (const { code, message } of after)
              expect(faults.has(code), `${fix.title} brings ${code}: ${message}`).toBe(true);
          }
      }),
      { numRuns: 30, seed: 20260101 },
    );
    expect(tried).toBeGreaterThan(40);
  }, 120_000);

  it('ends "fix all" with nothing left to mend, and a second one changes nothing', () => {
    fc.assert(
      fc.property(someScenes, (indexes) => {
        const scene = combined(indexes.flatMap((index) => scenes[index] ?? []));
        if (!scene) return;
        const edits = fixedAll(workspaceOf(scene.files));
        const texts = fixedTexts(scene.files, edits);
        const left = diagnosticsIn(texts).filter((each) => each.fixes.some((fix) => fix.preferred));
        expect(left.map((each) => `${each.code}: ${each.message}`)).toEqual([]);
        expect(fixedAll(workspaceOf(texts))).toEqual([]);
      }),
      { numRuns: 25, seed: 20260102 },
    );
  }, 120_000);

  it("turns a misspelt policy to the relation that it means, and adds no wider one beside it", () => {
    const files = new Map(fixtureFiles(PAGE_CHARMS));
    const right = files.get("shop/src/charm.py") ?? "";
    const scraped = right
      .replace(
        "import ops\n",
        "import ops\nfrom charms.prometheus_k8s.v0.prometheus_scrape import MetricsEndpointProvider\n",
      )
      .replace(
        "        self.unit.set_ports",
        '        self._scrape = MetricsEndpointProvider(self, jobs=[{"static_configs": [{"targets": [f"*:{METRICS_PORT}"]}]}])\n        self.unit.set_ports',
      );
    files.set("shop/src/charm.py", scraped.replace('relation="metrics-endpoint"', 'relation="metric-endpoint"'));
    expect(diagnosticsIn(files).map((each) => each.code)).toEqual(["undeclared-policy-relation"]);
    const mended = fixedTexts(files, fixedAll(workspaceOf(files)));
    expect(mended.get("shop/src/charm.py")).toBe(scraped);
  });

  it("mends several faults of one line together, each by its own edit of the same text", () => {
    const files = new Map(fixtureFiles(PAGE_CHARMS));
    const right = files.get("shop/src/charm.py") ?? "";
    const line = 'AppPolicy(relation="website", endpoints=[Endpoint(ports=[HTTP_PORT])]),';
    const wrong =
      'Policy(relation="websit", endpoints=[Endpoint(ports=[HTTP_PORT], methods=[Method.GET, Method.Post])]),';
    expect(right).toContain(line);
    files.set(
      "shop/src/charm.py",
      right.replace(line, wrong).replace("Method, ServiceMeshConsumer", "Method, Policy, ServiceMeshConsumer"),
    );
    const found = diagnosticsIn(files);
    expect(found.map((each) => each.code)).toEqual([
      "deprecated-policy-class",
      "undeclared-policy-relation",
      "unknown-method-member",
      "unknown-method-member",
    ]);
    const mended = fixedTexts(files, together(found.flatMap((each) => each.fixes.find((fix) => fix.preferred) ?? [])));
    expect(mended.get("shop/src/charm.py")).toContain(
      'AppPolicy(relation="website", endpoints=[Endpoint(ports=[HTTP_PORT], methods=[Method.get, Method.post])]),',
    );
    expect(diagnosticsIn(mended)).toEqual([]);
  });

  it("mends any two faults together by edits of the same text, whenever these touch different parts of it", () => {
    let tried = 0;
    fc.assert(
      fc.property(someScenes, (indexes) => {
        const chosen = indexes.flatMap((index) => scenes[index] ?? []);
        const scene = combined(chosen);
        if (!scene) return;
        const before = diagnosticsIn(scene.files);
        const faults = new Set([...chosen.flatMap((each) => each.expected), ...before].map(({ code }) => code));
        for (const [at, left] of before.entries())
          for (const right of before.slice(at + 1)) {
            const [one, other] = [left, right].map((each) => each.fixes.find((fix) => fix.preferred));
            if (!one || !other || touching(one, other)) continue;
            tried++;
            const after = diagnosticsIn(fixedTexts(scene.files, together([one, other])));
            const said = (of: Diagnostic) => (each: Diagnostic) => each.code === of.code && each.message === of.message;
            for (const each of [left, right])
              expect(after.filter(said(each)).length, `${one.title} + ${other.title}`).toBeLessThan(
                before.filter(said(each)).length,
              );
            for (const { code, message } of after)
              expect(faults.has(code), `${one.title} + ${other.title} bring ${code}: ${message}`).toBe(true);
          }
      }),
      { numRuns: 40, seed: 20260103 },
    );
    expect(tried).toBeGreaterThan(30);
  }, 120_000);

  it("keeps to one file when asked to, but for what its fixes need elsewhere", () => {
    const scene = combined(
      ["unlimited-service-mesh", "unknown-method-member"].flatMap((name) => rulePage(name).example),
    );
    const files = scene?.files ?? new Map<string, string>();
    const edits = fixedAll(workspaceOf(files), "shop/charmcraft.yaml");
    expect(edits.map((each) => each.path)).toEqual(["shop/charmcraft.yaml"]);
    expect(applyEdits(files.get("shop/charmcraft.yaml") ?? "", edits[0]?.edits ?? [])).toContain("limit: 1");
  });
});

/** The edits of some fixes of one text as one set of edits, file by file. */
function together(fixes: readonly Fix[]): FileEdit[] {
  const byPath = new Map<string, FileEdit>();
  for (const each of fixes.flatMap((fix) => fix.edits)) {
    const known = byPath.get(each.path);
    byPath.set(each.path, known ? { ...known, edits: [...known.edits, ...each.edits] } : each);
  }
  return [...byPath.values()];
}

/** Insertions at one place touch too: their order would be chance. */
function touching(a: Fix, b: Fix): boolean {
  return a.edits.some((left) =>
    b.edits.some(
      (right) =>
        left.path === right.path &&
        left.edits.some((one) =>
          right.edits.some((other) => one.span.start <= other.span.end && other.span.start <= one.span.end),
        ),
    ),
  );
}
