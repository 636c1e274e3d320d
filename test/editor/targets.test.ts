import { describe, expect, test } from "vitest";
import { type Analysis, completions, definition, highlights, hover, references, renameable } from "#ide";
import { sourceFile } from "#syntax";
import type { ByKind, TargetKind } from "../../engine/ide/src/cursor/target.ts";
import { targetsIn } from "../../engine/ide/src/cursor/target-at.ts";
import { MINI_CONSUMER, MINI_COORDINATOR, MINI_WORKER } from "../support/minicharms.ts";
import { analysed } from "./scene.ts";

const nothing = (): null => null;

/** Every kind of target, once. A kind that is new does not compile until it stands here, and in each table of the features. */
const KINDS: ByKind<[], null> = {
  relation: nothing,
  interface: nothing,
  "relation-use": nothing,
  "endpoint-key": nothing,
  policy: nothing,
  ports: nothing,
  method: nothing,
  coordinator: nothing,
  worker: nothing,
  consumer: nothing,
  "proxy-port": nothing,
  "charm-lib": nothing,
  "deployed-endpoint": nothing,
};

describe("the table of cursor targets", () => {
  test("does not compile with a kind left out, with one that is none, or with an answer of another type", () => {
    const { relation: _, ...others } = KINDS;
    // @ts-expect-error One kind has no answer.
    const lacking: ByKind<[], null> = others;
    // @ts-expect-error There is no such kind.
    const strange: ByKind<[], null> = { ...KINDS, topology: nothing };
    // @ts-expect-error The answers are texts.
    const wrong: ByKind<[], string> = KINDS;
    // @ts-expect-error Each kind is answered with its own target: a policy has no relation of its own.
    const foreign: ByKind<[], unknown> = { ...KINDS, policy: (target) => target.relation };
    expect([lacking, strange, wrong, foreign]).toHaveLength(4);
  });

  test("every kind comes up in our charms, and every feature answers for each", async () => {
    const charms = [
      MINI_COORDINATOR,
      MINI_CONSUMER,
      MINI_WORKER,
      `//- charmcraft.yaml
name: fetching
type: charm
charm-libs:
  - lib: istio_beacon_k8s.service_mesh
    version: "0"
//- src/charm.py
import ops
`,
    ];
    const bundle = sourceFile(
      "bundle.yaml",
      "applications:\n  mini: {charm: mini-coordinator-k8s}\n  prom: {charm: prometheus-k8s}\nrelations:\n- [mini:metrics-endpoint, prom:metrics-endpoint]\n",
    );
    const met = new Set<TargetKind>();
    for (const fixture of charms) {
      const analysis = await analysed(fixture, [bundle]);
      for (const path of [...pathsOf(analysis), bundle.path]) {
        for (const { kind, location } of targetsIn(analysis, path)) {
          met.add(kind);
          for (const offset of [location.span.start, location.span.end]) {
            expect(hover(analysis, path, offset)?.markdown.length, `${kind} in ${path}`).toBeGreaterThan(10);
            for (const feature of [definition, references, highlights, renameable, completions]) {
              expect(() => feature(analysis, path, offset, true)).not.toThrow();
            }
          }
        }
      }
    }
    expect([...met].sort()).toEqual(Object.keys(KINDS).sort());
  });
});

function pathsOf({ charms }: Analysis): string[] {
  return charms.flatMap(({ charm }) => [...charm.files.values()].map(({ path }) => path));
}
