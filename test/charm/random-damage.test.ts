import { describe, expect, it } from "vitest";
import type { CharmFiles, CharmModel } from "#charm";
import { analysis, DEFAULT_SETTINGS, type Diagnostic } from "#ide";
import { parsePython, sourceFile } from "#syntax";
import { dice } from "../evaluate/dice.ts";
import { edited } from "../support/charm-fixture.ts";
import { bare, modelOf } from "../support/charm-reading.ts";
import { miniCoordinator } from "../support/minicharms.ts";

/*
 * A coordinator's src/charm.py with one character too many or too few, or a line cut short, at 200 places spread over it. A text
 * that is still valid Python is another charm and proves nothing here; the file cut off at a place is for the rules only. Authors do not
 * type into the indentation of a line, so places there are left out.
 */

const PLACES = 200;
const whole = miniCoordinator();
const source = whole.files.get("src/charm.py")?.text ?? "";

interface Damaged {
  readonly kind: string;
  readonly at: number;
  readonly charm: CharmFiles;
}

function damagedCharms(): readonly Damaged[] {
  const roll = dice(11);
  return Array.from({ length: PLACES }, (_, index): readonly Damaged[] => {
    const at = Math.floor(((index + 0.5) * source.length) / PLACES) + roll(4);
    const extra = "\"'([{)]},.:=+@".charAt(roll(14));
    if (/(?:^|\n)[ ]*$/.test(source.slice(0, at))) return [];
    const line = source.indexOf("\n", at);
    const texts: readonly (readonly [string, string])[] = [
      ["a character less", source.slice(0, at) + source.slice(at + 1)],
      [`${extra} too much`, source.slice(0, at) + extra + source.slice(at)],
      ["a line cut short", source.slice(0, at) + source.slice(line < 0 ? source.length : line)],
      ["the file cut off", source.slice(0, at)],
    ];
    return texts.flatMap(([kind, text]) => {
      const tree = parsePython({ path: "src/charm.py", version: 1, text });
      return tree.damaged ? [{ kind, at, charm: edited(whole, "src/charm.py", () => text) }] : [];
    });
  }).flat();
}

/** Every fact of the model that one statement alone decides, by name. */
function factsOf(model: CharmModel): ReadonlyMap<string, string> {
  const facts = new Map<string, unknown>();
  const { coordinator } = model;
  for (const entry of coordinator?.endpoints.entries ?? []) facts.set(`endpoint ${entry.key}`, bare(entry.value));
  const proxy = coordinator?.telemetryProxy;
  facts.set("proxy", proxy?.kind === "known" && proxy.value && [proxy.value.httpPort, proxy.value.httpsPort].map(bare));
  facts.set("protocols", coordinator && bare(coordinator.workloadTracingProtocols));
  facts.set("metrics port", coordinator && bare(coordinator.workerMetricsPort));
  facts.set("opened", bare(model.openedPorts));
  for (const [index, policy] of model.policies.entries()) facts.set(`policy ${index}`, bare(policy.relation));
  return new Map([...facts].map(([name, value]) => [name, JSON.stringify(value)]));
}

const accuses = (each: Diagnostic) => each.severity === "error" || each.severity === "warning";

function accusations(charm: CharmFiles): readonly string[] {
  return analysis({ charms: [charm], topologies: [], settings: DEFAULT_SETTINGS })
    .diagnostics()
    .filter(accuses)
    .map((each) => `${each.code} ${each.message}`);
}

/** The same, as if the file had been opened like that; a file of its own, as trees are remembered by the file. */
function withoutPast({ previous: _, ...charm }: CharmFiles): CharmFiles {
  const { text = "" } = charm.files.get("src/charm.py") ?? {};
  return { ...charm, files: new Map([...charm.files, ["src/charm.py", sourceFile("src/charm.py", text)]]) };
}

const damaged = damagedCharms();
const place = ({ kind, at }: Damaged) =>
  `${kind} at ${JSON.stringify(`${source.slice(at - 20, at)}▮${source.slice(at, at + 10)}`)}`;

const expected = factsOf(modelOf(whole));
const typed = damaged.filter(({ kind }) => kind !== "the file cut off");

/** The damages that cost more than the piece that is broken: that may be one fact's, or stand between two. */
function costly(damages: readonly Damaged[], of: (charm: CharmFiles) => CharmFiles): readonly string[] {
  return damages.flatMap((each) => {
    const found = factsOf(modelOf(of(each.charm)));
    const gone = [...expected].filter(([name, value]) => found.get(name) !== value).map(([name]) => name);
    return gone.length > 2 ? [`${place(each)}: ${gone.join(", ")}`] : [];
  });
}

describe(`a coordinator charm damaged at ${PLACES} random places`, () => {
  it("keeps the facts around the damage in at least 23 of 24", () => {
    const lost = costly(typed, (charm) => charm);
    expect(typed.length).toBeGreaterThan(PLACES);
    expect(lost.length * 24, lost.join("\n")).toBeLessThanOrEqual(typed.length);
  }, 60_000);

  it("keeps them in at least 9 of 10 where the file was opened like that", () => {
    const some = typed.filter((_, index) => index % 4 === 0);
    const lost = costly(some, withoutPast);
    expect(some.length).toBeGreaterThan(PLACES / 4);
    expect(lost.length * 10, lost.join("\n")).toBeLessThanOrEqual(some.length);
  }, 60_000);

  it("brings no error and no warning up, with and without what the file said before", () => {
    expect(accusations(whole)).toEqual([]);
    const found = damaged.flatMap((each) =>
      [each.charm, withoutPast(each.charm)].flatMap((charm) =>
        accusations(charm).map((text) => `${place(each)}: ${text}`),
      ),
    );
    expect(found).toEqual([]);
  }, 120_000);
});
