import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { comparedGraph, type EffectivePolicies, policyChanges } from "#mesh";
import { known, oneOf, unknown } from "#python";
import type { Method } from "../../engine/mesh/src/policy/mesh-policy.ts";
import { graphEdge, graphNode, graphOf } from "../support/graph-fixture.ts";
import { effective, type PolicyFixture, policy } from "../support/policy-fixture.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

function shown(before: EffectivePolicies, after: EffectivePolicies): readonly string[] {
  return policyChanges(before, after).map(
    (change) =>
      `${change.kind} ${change.source} -> ${change.target} ${change.via} +[${change.gained.join("; ")}] -[${change.lost.join("; ")}]`,
  );
}

const api = (endpoints: PolicyFixture["endpoints"]): PolicyFixture => ({
  from: "shop",
  to: "tempo",
  endpoints: endpoints ?? [],
});
const change = (before: PolicyFixture["endpoints"], after: PolicyFixture["endpoints"]): readonly string[] =>
  shown(effective(api(before)), effective(api(after)));

describe("policy changes", () => {
  it("tells flows that come, go, widen, narrow and change", () => {
    expect(shown(effective(), effective(api([{ ports: [1] }])))).toEqual([
      "added m/shop -> m/tempo service +[port 1] -[]",
    ]);
    expect(shown(effective(api([])), effective())).toEqual(["removed m/shop -> m/tempo service +[] -[everything]"]);
    expect(change([{ ports: [1] }], [{ ports: [1, 2] }])).toEqual(["widened m/shop -> m/tempo service +[port 2] -[]"]);
    expect(change([{ ports: [1] }], [{}])).toEqual(["widened m/shop -> m/tempo service +[everything] -[]"]);
    expect(change([{ ports: [1, 2] }], [{ ports: [2] }])).toEqual(["narrowed m/shop -> m/tempo service +[] -[port 1]"]);
    expect(change([{ ports: [1] }], [{ ports: [2] }])).toEqual([
      "changed m/shop -> m/tempo service +[port 2] -[port 1]",
    ]);
    expect(change([{ ports: [1] }], [{ ports: [1], methods: ["GET"], paths: ["/x"] }])).toEqual([
      "narrowed m/shop -> m/tempo service +[] -[port 1]",
    ]);
    expect(change([{ paths: ["/a/*"] }], [{ paths: ["/a/b", "/c"] }])).toEqual([
      "changed m/shop -> m/tempo service +[/c] -[/a/*]",
    ]);
  });

  it("sees no difference where nothing else is allowed", () => {
    expect(change([{ ports: [1, 2] }], [{ ports: [2] }, { ports: [1] }])).toEqual([]);
    expect(change([], [{}])).toEqual([]);
    expect(change([{ ports: [], methods: [] }], [{}])).toEqual([]);
    expect(change([{ paths: ["/a/*"] }], [{ paths: ["/a/*", "/a/b"] }])).toEqual([]);
    const split = effective(
      { from: "shop", to: "tempo", endpoints: [{ ports: [1] }], name: "x" },
      { from: "shop", to: "tempo", endpoints: [{ ports: [2] }], name: "y" },
    );
    expect(shown(effective(api([{ ports: [1, 2] }])), split)).toEqual([]);
  });

  it("keeps the address apart: from the Service to the pods is one flow less and one more", () => {
    expect(
      shown(
        effective({ from: "a", to: "b" }),
        effective({ from: "a", to: "b", via: "unit", endpoints: [{ ports: [9] }] }),
      ),
    ).toEqual(["added m/a -> m/b unit +[port 9] -[]", "removed m/a -> m/b service +[] -[everything]"]);
  });

  it("takes a policy that is not made as granting nothing", () => {
    expect(shown(effective({ from: "a", to: "b", resource: null }), effective({ from: "a", to: "b" }))).toEqual([
      "added m/a -> m/b service +[everything] -[]",
    ]);
  });

  it("accuses nothing that could not be read, as long as it could not be read before either", () => {
    const unread = api([{}]);
    const uncertain = { ...unread, uncertain: [unknown("from the config")] };
    expect(shown(effective(uncertain), effective(uncertain))).toEqual([]);
    expect(shown(effective(uncertain), effective(api([{ ports: [1] }])))).toEqual([
      "changed m/shop -> m/tempo service +[port 1] -[ports (from the config)]",
    ]);
    const one = { ...unread, uncertain: [oneOf([[1], [2]])] };
    expect(shown(effective(one), effective(api([{ ports: [1, 2] }])))).toEqual([]);
    expect(shown(effective({ ...unread, uncertain: [known([1])] }), effective(unread))).toEqual([]);
  });

  it("puts widened flows first", () => {
    const before = effective(
      { from: "a", to: "x", endpoints: [{ ports: [1] }] },
      { from: "b", to: "x" },
      { from: "c", to: "x" },
    );
    const after = effective(
      { from: "a", to: "x" },
      { from: "d", to: "x" },
      { from: "c", to: "x", endpoints: [{ ports: [1] }] },
    );
    expect(policyChanges(before, after).map((one) => one.kind)).toEqual(["widened", "added", "narrowed", "removed"]);
  });
});

const endpoint = fc.record({
  ports: fc.option(fc.subarray([1, 2, 3])),
  methods: fc.option(fc.subarray<Method>(["GET", "POST"])),
  paths: fc.option(fc.subarray(["/a", "/a/*", "*", "/a/{*}/b"])),
});
const set = fc
  .array(
    fc.record({
      from: fc.constantFrom("a", "b"),
      to: fc.constantFrom("x", "y"),
      via: fc.constantFrom("service" as const, "unit" as const),
      endpoints: fc.array(endpoint, { maxLength: 3 }),
    }),
    { maxLength: 6 },
  )
  .map((list) =>
    effective(
      ...list.map((one) =>
        one.via === "unit" ? { ...one, endpoints: one.endpoints.map(({ ports }) => ({ ports: ports ?? null })) } : one,
      ),
    ),
  );

describe("laws of comparison", () => {
  it("finds nothing between a set and itself, whatever its order, and the opposite the other way round", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(policyChanges(a, { ...a, policies: [...a.policies].reverse() })).toEqual([]);
        const opposite = {
          added: "removed",
          removed: "added",
          widened: "narrowed",
          narrowed: "widened",
          changed: "changed",
        };
        const forth = policyChanges(a, b).map((one) => `${one.kind} ${one.source} ${one.target} ${one.via}`);
        const back = policyChanges(b, a).map((one) => `${opposite[one.kind]} ${one.source} ${one.target} ${one.via}`);
        expect([...forth].sort()).toEqual([...back].sort());
      }),
    );
  });

  it("never calls it narrower to add a policy", () => {
    fc.assert(
      fc.property(set, set, (a, more) => {
        const both = { ...a, policies: [...a.policies, ...more.policies] };
        for (const one of policyChanges(a, both)) expect(["added", "widened"]).toContain(one.kind);
      }),
    );
  });
});

describe("two graphs as one", () => {
  it("marks what came, went and widened, and keeps what is gone", () => {
    const nodes = [graphNode("a"), graphNode("b"), graphNode("c")];
    const narrow = policy({ from: "a", to: "b", endpoints: [{ ports: [1] }] });
    const wide = policy({ from: "a", to: "b" });
    const before = graphOf(nodes.slice(0, 2), [
      graphEdge("a", "b", { policies: [narrow] }),
      graphEdge("b", "a", { kind: "denied", verdict: "denied" }),
      graphEdge("a", "a", { kind: "unit" }),
    ]);
    const after = graphOf(nodes, [
      graphEdge("a", "b", { policies: [wide] }),
      graphEdge("b", "a", { kind: "denied", verdict: "allowed" }),
      graphEdge("a", "c", {}),
    ]);
    const compared = comparedGraph(before, after);
    expect(compared.edges.map((edge) => [edge.id, edge.change])).toEqual([
      ["service:app:m/a->app:m/b:", "widened"],
      ["denied:app:m/b->app:m/a:", "widened"],
      ["service:app:m/a->app:m/c:", "added"],
      ["unit:app:m/a->app:m/a:", "removed"],
    ]);
    expect(compared.nodes.map((node) => node.application)).toEqual(["a", "b", "c"]);
    expect(comparedGraph(after, after).edges.every((edge) => edge.change === null)).toBe(true);
  });
});
