import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  type Application,
  type ComparedState,
  type Consequence,
  comparedGraph,
  consequences,
  DEFAULT_MESH_MODE,
  type EffectivePolicies,
  type GraphEdge,
  type Topology,
} from "#mesh";
import { known, oneOf, unknown } from "#python";
import type { Method } from "../../engine/mesh/src/policy/mesh-policy.ts";
import { graphEdge, graphNode, graphOf } from "../support/graph-fixture.ts";
import { effective, type PolicyFixture } from "../support/policy-fixture.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 60_000 });

const HARDENED = { ...DEFAULT_MESH_MODE, hardened: true };

function application(name: string): Application {
  return {
    name,
    model: "m",
    charm: name === "beacon" ? "istio-beacon-k8s" : `${name}-k8s`,
    units: 1,
    unitNames: [`${name}/0`],
    role: null,
    trust: null,
    onMesh: true,
    kind: "deployed",
    because: [],
  };
}

const NAMES = ["shop", "tempo", "a", "b", "c", "d", "x", "y", "beacon"];

const TOPOLOGY: Topology = {
  source: "file",
  file: null,
  mode: HARDENED,
  models: ["m"],
  applications: NAMES.map(application),
  relations: [],
  offers: [],
  databags: [],
  problems: [],
  note: null,
};

interface Also {
  readonly edges?: readonly GraphEdge[];
  readonly mode?: ComparedState["mode"];
  readonly without?: string;
}

function state(policies: EffectivePolicies, { edges = [], mode = HARDENED, without }: Also = {}): ComparedState {
  const topology = { ...TOPOLOGY, applications: TOPOLOGY.applications.filter(({ name }) => name !== without) };
  return {
    topology,
    policies,
    mode,
    graph: graphOf(
      NAMES.map((name) => graphNode(name)),
      edges,
    ),
  };
}

function shown(before: ComparedState, after: ComparedState): readonly string[] {
  return consequences(before, after).map(line);
}

function line({ kind, source, target, via, gained, lost }: Consequence): string {
  return `${kind} ${source} -> ${target} ${via} +[${gained.join("; ")}] -[${lost.join("; ")}]`;
}

const of = (...fixtures: readonly PolicyFixture[]): ComparedState => state(effective(...fixtures));
const api = (endpoints: PolicyFixture["endpoints"]): PolicyFixture => ({
  from: "shop",
  to: "tempo",
  endpoints: endpoints ?? [],
});
const change = (before: PolicyFixture["endpoints"], after: PolicyFixture["endpoints"]): readonly string[] =>
  shown(of(api(before)), of(api(after)));

describe("consequences in hardened mode, where only policies open something", () => {
  it("finds flows that open, close, widen and narrow; one that does both counts as a risk first", () => {
    expect(shown(of(), of(api([{ ports: [1] }])))).toEqual(["opened m/shop -> m/tempo service +[port 1] -[]"]);
    expect(shown(of(api([])), of())).toEqual(["closed m/shop -> m/tempo service +[] -[everything]"]);
    expect(change([{ ports: [1] }], [{ ports: [1, 2] }])).toEqual(["widened m/shop -> m/tempo service +[port 2] -[]"]);
    expect(change([{ ports: [1] }], [])).toEqual(["widened m/shop -> m/tempo service +[everything] -[]"]);
    expect(change([{ ports: [1, 2] }], [{ ports: [2] }])).toEqual(["narrowed m/shop -> m/tempo service +[] -[port 1]"]);
    expect(change([{ ports: [1] }], [{ ports: [2] }])).toEqual([
      "widened m/shop -> m/tempo service +[port 2] -[port 1]",
    ]);
    expect(change([{ ports: [1] }], [{ ports: [1], methods: ["GET"], paths: ["/x"] }])).toEqual([
      "narrowed m/shop -> m/tempo service +[] -[port 1]",
    ]);
    expect(change([{ paths: ["/a/*"] }], [{ paths: ["/a/b", "/c"] }])).toEqual([
      "widened m/shop -> m/tempo service +[/c] -[/a/*]",
    ]);
    expect(change([{ paths: ["/a/anything"] }], [{ paths: ["/a/*"] }])).toEqual([
      "widened m/shop -> m/tempo service +[/a/*] -[]",
    ]);
  });

  it("sees no difference where nothing else is allowed", () => {
    expect(change([{ ports: [1, 2] }], [{ ports: [2] }, { ports: [1] }])).toEqual([]);
    // Istio refuses an operation without any field, so that such a policy grants nothing.
    expect(change([], [{}])).toEqual(["closed m/shop -> m/tempo service +[] -[everything]"]);
    expect(change([{ ports: [], methods: [] }], [{}])).toEqual([]);
    expect(change([{ paths: ["/a/*"] }], [{ paths: ["/a/*", "/a/b"] }])).toEqual([]);
    const split = of(
      { from: "shop", to: "tempo", endpoints: [{ ports: [1] }], name: "x" },
      { from: "shop", to: "tempo", endpoints: [{ ports: [2] }], name: "y" },
    );
    expect(shown(of(api([{ ports: [1, 2] }])), split)).toEqual([]);
  });

  it("keeps the address apart: from the Service to the pods closes one flow and opens another", () => {
    expect(
      shown(of({ from: "a", to: "b" }), of({ from: "a", to: "b", via: "unit", endpoints: [{ ports: [9] }] })),
    ).toEqual(["opened m/a -> m/b unit +[port 9] -[]", "closed m/a -> m/b service +[] -[everything]"]);
  });

  it("takes a policy that is not made as granting nothing", () => {
    expect(shown(of({ from: "a", to: "b", resource: null }), of({ from: "a", to: "b" }))).toEqual([
      "opened m/a -> m/b service +[everything] -[]",
    ]);
  });

  it("accuses nothing that could not be read", () => {
    const unread = api([{}]);
    const uncertain = { ...unread, uncertain: [unknown("from the config")] };
    expect(shown(of(uncertain), of(uncertain))).toEqual([]);
    expect(shown(of(uncertain), of(api([{ ports: [1] }])))).toEqual([
      "changed m/shop -> m/tempo service +[port 1] -[ports (from the config)]",
    ]);
    const one = { ...unread, uncertain: [oneOf([[1], [2]])] };
    expect(shown(of(one), of(api([{ ports: [1, 2] }])))).toEqual([]);
    expect(shown(of({ ...unread, uncertain: [known([1])] }), of(unread))).toEqual([]);
  });

  it("puts risks first, the widest of them before all", () => {
    const before = of(
      { from: "a", to: "x", endpoints: [{ ports: [1] }] },
      { from: "b", to: "x" },
      { from: "c", to: "x" },
    );
    const after = of(
      { from: "a", to: "x" },
      { from: "d", to: "x", endpoints: [{ ports: [7] }] },
      { from: "c", to: "x", endpoints: [{ ports: [1] }] },
    );
    expect(shown(before, after)).toEqual([
      "widened m/a -> m/x service +[everything] -[]",
      "opened m/d -> m/x service +[port 7] -[]",
      "closed m/b -> m/x service +[] -[everything]",
      "narrowed m/c -> m/x service +[] -[everything else]",
    ]);
  });

  it("tells plain TCP from HTTP where a path restriction goes or comes", () => {
    const [http, any] = [[{ ports: [3], paths: ["*"] }], [{ ports: [3] }]].map((endpoints) =>
      of({ from: "a", to: "x", endpoints }),
    );
    if (!http || !any) throw new Error("two states");
    expect(shown(http, any)).toEqual(["widened m/a -> m/x service +[port 3 over plain TCP] -[]"]);
    expect(shown(any, http)).toEqual(["narrowed m/a -> m/x service +[] -[port 3 over plain TCP]"]);
  });

  it("finds nothing new in a method beside any path", () => {
    const before = of({ from: "a", to: "x", endpoints: [{ ports: [3], paths: ["*"] }] });
    const after = of({
      from: "a",
      to: "x",
      endpoints: [
        { ports: [3], paths: ["*"] },
        { ports: [3], methods: ["POST"] },
      ],
    });
    expect(shown(before, after)).toEqual([]);
  });

  it("knows that an application that is not deployed reaches nothing", () => {
    const there = of(api([{ ports: [1] }]));
    expect(shown(state(effective(), { without: "tempo" }), there)).toEqual([
      "opened m/shop -> m/tempo service +[port 1] -[]",
    ]);
  });
});

describe("consequences by verdict, where the mesh is not hardened", () => {
  const loose = (...fixtures: readonly PolicyFixture[]): ComparedState =>
    state(effective(...fixtures), {
      mode: DEFAULT_MESH_MODE,
      edges: [graphEdge("a", "x", { kind: "suggested", verdict: "denied", ports: [7] })],
    });

  it("the first policy for a Service closes it to others that a relation leads there", () => {
    expect(shown(loose(), loose({ from: "b", to: "x", endpoints: [{ ports: [1] }] }))).toEqual([
      "closed m/a -> m/x service +[] -[everything]",
      "narrowed m/b -> m/x service +[] -[everything else]",
    ]);
  });

  it("the last policy's end opens the Service to all, the other way round", () => {
    expect(shown(loose({ from: "b", to: "x", endpoints: [{ ports: [1] }] }), loose())).toEqual([
      "opened m/a -> m/x service +[everything] -[]",
      "widened m/b -> m/x service +[everything else] -[]",
    ]);
  });

  it("policies that differ off the mesh change no verdict", () => {
    const off = (policies: EffectivePolicies): ComparedState => {
      const one = state(policies);
      const applications = one.topology.applications.map((each) => ({ ...each, onMesh: false }));
      return { ...one, topology: { ...one.topology, applications } };
    };
    expect(shown(off(effective()), off(effective(api([{ ports: [1] }]))))).toEqual([
      "changed m/shop -> m/tempo service +[port 1] -[]",
    ]);
  });

  it("hardened mode itself is a change", () => {
    const [loosened, hardened] = [DEFAULT_MESH_MODE, HARDENED].map((mode) =>
      state(effective(), { mode, edges: [graphEdge("a", "x", { kind: "suggested", ports: [7] })] }),
    );
    if (loosened && hardened)
      expect(shown(loosened, hardened)).toEqual(["closed m/a -> m/x service +[] -[everything]"]);
  });
});

/** Policies of at most six flows. Every endpoint has a port: Istio would refuse a policy without any. */
function setsOf(paths: readonly string[]): fc.Arbitrary<EffectivePolicies> {
  const endpoint = fc.record({
    ports: fc.subarray([1, 2, 3], { minLength: 1 }),
    methods: fc.option(fc.subarray<Method>(["GET", "POST"])),
    paths: fc.option(fc.subarray([...paths])),
  });
  return fc
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
          one.via === "unit" ? { ...one, endpoints: one.endpoints.map(({ ports }) => ({ ports })) } : one,
        ),
      ),
    );
}

const NARROW_PATHS = ["/a", "/a/*", "/a/{*}/b"];
const set = setsOf([...NARROW_PATHS, "*"]);

describe("laws of comparison", () => {
  it("finds nothing between a state and itself, and the opposite the other way round", () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(consequences(state(a), state({ ...a, policies: [...a.policies].reverse() }))).toEqual([]);
        const forth = consequences(state(a), state(b));
        const back = new Map(
          consequences(state(b), state(a)).map((one) => [`${one.source} ${one.target} ${one.via}`, one]),
        );
        expect(back.size).toBe(forth.length);
        for (const one of forth) {
          const other = back.get(`${one.source} ${one.target} ${one.via}`);
          expect(other?.gained.length === 0).toBe(one.lost.length === 0);
          expect(other?.lost.length === 0).toBe(one.gained.length === 0);
          if (one.kind === "opened") expect(other?.kind).toBe("closed");
          if (one.kind === "narrowed") expect(other?.kind).toBe("widened");
        }
      }),
    );
  });

  it("never loses anything by a policy more, in hardened mode", () => {
    const gains = (sets: fc.Arbitrary<EffectivePolicies>, check: (one: Consequence) => void): void =>
      fc.assert(
        fc.property(sets, sets, (a, more) => {
          const both = { ...a, policies: [...a.policies, ...more.policies] };
          for (const one of consequences(state(a), state(both))) {
            expect(one.lost).toEqual([]);
            check(one);
          }
        }),
      );
    gains(setsOf(NARROW_PATHS), (one) =>
      // "changed" where the new policy allows only what others allow already.
      expect(one.kind).toBe(one.gained.length === 0 ? "changed" : one.kind === "opened" ? "opened" : "widened"),
    );
    // The path `*` matches every HTTP request and no plain TCP. Istio drops a rule with HTTP fields for TCP, all its operations included, so a
    // policy without paths may then open nothing new.
    gains(set, (one) =>
      expect(["changed", one.gained.length === 0 ? "changed" : "widened", "opened"]).toContain(one.kind),
    );
  });
});

describe("two graphs as one", () => {
  const drawn = (edges: readonly GraphEdge[], ...fixtures: readonly PolicyFixture[]): ComparedState =>
    state(effective(...fixtures), { edges });

  it("marks the lines of flows that differ, and keeps those that are gone", () => {
    const narrow = effective({ from: "a", to: "b", endpoints: [{ ports: [1] }] });
    const wide = effective({ from: "a", to: "b" });
    const closing = effective({ from: "c", to: "d", endpoints: [{ ports: [5] }] });
    const before = state(
      { policies: [...narrow.policies, ...closing.policies], problems: [] },
      {
        edges: [
          graphEdge("a", "b", { policies: narrow.policies }),
          graphEdge("c", "d", { policies: closing.policies }),
          graphEdge("x", "y", { kind: "denied", verdict: "denied", ports: [9] }),
        ],
      },
    );
    const after = state(wide, {
      edges: [
        graphEdge("a", "b", { policies: wide.policies }),
        graphEdge("b", "y", { kind: "denied", verdict: "denied", ports: [9] }),
      ],
    });
    const changes = consequences(before, after);
    const compared = comparedGraph(before, after, changes);
    expect(changes.map(({ kind }) => kind)).toEqual(["widened", "closed"]);
    expect(compared.edges.map((edge) => [edge.id, edge.change])).toEqual([
      ["service:app:m/a->app:m/b:", "widened"],
      // What a relation merely suggests, and the mesh denies, opens nothing: it is never added.
      ["denied:app:m/b->app:m/y:", null],
      ["service:app:m/c->app:m/d:", "closed"],
    ]);
    expect(comparedGraph(after, after, []).edges.every((edge) => edge.change === null)).toBe(true);
  });

  it("a line that is denied now takes the place of the one that was allowed", () => {
    const policies = effective({ from: "a", to: "b", endpoints: [{ ports: [1] }] });
    const before = state(policies, { edges: [graphEdge("a", "b", { policies: policies.policies })] });
    const after = drawn([graphEdge("a", "b", { kind: "denied", verdict: "denied", ports: [1] })]);
    const compared = comparedGraph(before, after, consequences(before, after));
    expect(compared.edges.map((edge) => [edge.id, edge.change])).toEqual([["denied:app:m/a->app:m/b:", "closed"]]);
  });
});
