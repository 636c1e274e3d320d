import fc from "fast-check";
import { expect, test } from "vitest";
import { authorize, type EffectivePolicy, type MeshMode } from "#mesh";
import { type Fact, known, oneOf, unknown } from "#python";
import type { AuthorizationPolicy } from "../../engine/mesh/src/policy/mesh-policy.ts";
import { type ReferenceFlow, referenceAllows } from "./reference.ts";
import {
  engineFlow,
  flow,
  HOSTS,
  METHODS,
  mode,
  PATHS,
  PORTS,
  policyOf,
  referenceWorld,
  resource,
  resources,
  setOf,
  TOPOLOGY,
} from "./worlds.ts";

const RUNS = { numRuns: 1_000 };

function verdict(asked: ReferenceFlow, policies: readonly EffectivePolicy[], of: MeshMode) {
  return authorize(engineFlow(asked), setOf(policies), TOPOLOGY, of);
}

test("verdicts agree with the reference in every mode", () => {
  fc.assert(
    fc.property(resources, flow, mode, (policies, asked, of) => {
      const expected = referenceAllows(asked, referenceWorld(policies, of)) ? "allowed" : "denied";
      expect(
        verdict(
          asked,
          policies.map((one) => policyOf(one)),
          of,
        ).verdict,
      ).toBe(expected);
    }),
    { numRuns: 4_000 },
  );
});

test("the worlds are not all of one colour", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(resources, flow, mode, (policies, asked, of) => {
      const { steps, verdict: result } = verdict(
        asked,
        policies.map((one) => policyOf(one)),
        of,
      );
      const last = steps.at(-1);
      const key = `${result} ${asked.target.via} ${last?.at} ${last?.verdict} ${last?.policy === null ? "" : "policy"}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }),
    { ...RUNS, seed: 1 },
  );
  expect([...seen.keys()].sort()).toEqual([
    "allowed service ztunnel allow ",
    "allowed service ztunnel allow policy",
    "allowed service ztunnel skip ",
    "allowed unit ztunnel allow policy",
    "allowed unit ztunnel skip ",
    "denied service waypoint deny ",
    "denied service waypoint deny policy",
    "denied service ztunnel deny ",
    "denied service ztunnel deny policy",
    "denied unit ztunnel deny ",
    "denied unit ztunnel deny policy",
  ]);
});

/** The resource with this flow as all that it allows, at the address that the flow takes. */
function allowing(of: AuthorizationPolicy, asked: ReferenceFlow): AuthorizationPolicy {
  const { source, target } = asked;
  const aimed =
    target.via === "service"
      ? { targetRefs: [{ kind: "Service", group: "", name: target.application }] }
      : { selector: { matchLabels: { "app.kubernetes.io/name": target.application } } };
  const principals = [`cluster.local/ns/${source.model}/sa/${source.application}`];
  const rules = [{ from: [{ source: { principals } }], to: [{ operation: { ports: [String(asked.port)] } }] }];
  return {
    ...of,
    metadata: { ...of.metadata, name: "added", namespace: target.model },
    spec: { ...aimed, action: "ALLOW", rules: [...(of.spec.rules ?? []), ...rules] },
  };
}

test("adding an ALLOW never turns allow into deny for traffic that it matches", () => {
  fc.assert(
    fc.property(resources, resource, flow, mode, (policies, extra, asked, of) => {
      // A source without an identity is matched by no principal, and restricting what it reached openly is what an ALLOW does.
      fc.pre(of.modelOnMesh || asked.source.application !== "c");
      const before = policies.map((one) => policyOf(one));
      fc.pre(verdict(asked, before, of).verdict === "allowed");
      expect(verdict(asked, [...before, policyOf(allowing(extra, asked))], of).verdict).toBe("allowed");
    }),
    RUNS,
  );
});

test("hardened never allows more", () => {
  fc.assert(
    fc.property(resources, flow, mode, (policies, asked, of) => {
      const set = policies.map((one) => policyOf(one));
      fc.pre(verdict(asked, set, { ...of, hardened: true }).verdict === "allowed");
      expect(verdict(asked, set, { ...of, hardened: false }).verdict).toBe("allowed");
    }),
    RUNS,
  );
});

test("removing a policy is the inverse of adding it, steps and nearest policy included", () => {
  fc.assert(
    fc.property(resources, resource, fc.nat(8), flow, mode, (policies, extra, at, asked, of) => {
      const set = policies.map((one) => policyOf(one));
      const before = verdict(asked, set, of);
      const more = set.toSpliced(at, 0, policyOf(extra));
      verdict(asked, more, of);
      expect(verdict(asked, more.toSpliced(Math.min(at, set.length), 1), of)).toEqual(before);
    }),
    RUNS,
  );
});

test("what the beacon makes counts only where it manages policies", () => {
  fc.assert(
    fc.property(resources, flow, mode, (policies, asked, of) => {
      const set = policies.map(
        (one, index): EffectivePolicy => ({ ...policyOf(one), origin: index % 2 ? "charm" : "cluster-internal" }),
      );
      const left = set.filter((one) => one.origin !== "charm");
      expect(verdict(asked, set, { ...of, managed: false }).verdict).toBe(verdict(asked, left, of).verdict);
    }),
    RUNS,
  );
});

test("the order of policies decides no verdict", () => {
  fc.assert(
    fc.property(resources, flow, mode, (policies, asked, of) => {
      const set = policies.map((one) => policyOf(one));
      expect(verdict(asked, set.toReversed(), of).verdict).toBe(verdict(asked, set, of).verdict);
    }),
    RUNS,
  );
});

const ports = fc.subarray([...PORTS], { minLength: 1 });

/** What is read of a list of ports, beside every list that it may turn out to be. */
const readPorts: fc.Arbitrary<{
  readonly fact: Fact<readonly number[] | null>;
  readonly lists: readonly (readonly number[])[];
}> = fc.oneof(
  ports.map((list) => ({ fact: known(list), lists: [list] })),
  fc.array(ports, { minLength: 1, maxLength: 3 }).map((lists) => ({ fact: oneOf(lists), lists })),
  fc.tuple(ports, ports, fc.boolean()).map(([possible, chosen, never]) => {
    const always = never ? [] : possible.filter((port) => chosen.includes(port));
    const free = possible.filter((port) => !always.includes(port));
    const lists = subsets(free).map((subset) => [...always, ...subset]);
    return { fact: { kind: "subsetOf", possible, always, open: false, because: [] } as const, lists };
  }),
  fc.constant({ fact: unknown("it is read from relation data"), lists: subsets([...PORTS]) }),
);

function subsets(list: readonly number[]): readonly (readonly number[])[] {
  const [first, ...rest] = list;
  if (first === undefined) return [[]];
  const others = subsets(rest);
  return [...others, ...others.map((one) => [first, ...one])];
}

/** A unit policy with these ports, as the library makes it: none for an empty list. */
function unitResource(asked: ReferenceFlow, source: string, list: readonly number[]): AuthorizationPolicy {
  const principals = [`cluster.local/ns/${asked.target.model}/sa/${source}`];
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `unit-${source}`, namespace: asked.target.model, labels: {} },
    spec: {
      selector: { matchLabels: { "app.kubernetes.io/name": asked.target.application } },
      rules: [
        {
          from: [{ source: { principals } }],
          to: list.length === 0 ? [] : [{ operation: { ports: list.map(String) } }],
        },
      ],
    },
  };
}

test("a verdict on uncertain ports holds whatever they turn out to be, and unknown is said only where it matters", () => {
  fc.assert(
    fc.property(resources, readPorts, fc.constantFrom("a", "b"), flow, mode, (policies, read, source, asked, of) => {
      const others = policies.map((one) => policyOf(one));
      const best = read.lists.at(-1) ?? [];
      const uncertain = policyOf(unitResource(asked, source, best), [read.fact]);
      const found = verdict(asked, [...others, uncertain], of);
      const exact = new Set(
        read.lists.map((list) => verdict(asked, [...others, policyOf(unitResource(asked, source, list))], of).verdict),
      );
      if (found.verdict === "unknown") {
        expect(exact.size).toBe(2);
        expect(found.unknown).not.toBeNull();
      } else expect([...exact]).toEqual([found.verdict]);
    }),
    { numRuns: 2_000 },
  );
});

test("a verdict on a request of which something is not said holds whatever it is", () => {
  const hidden = fc.subarray(["method", "path", "host"] as const, { minLength: 1, maxLength: 1 });
  fc.assert(
    fc.property(resources, hidden, flow, mode, (policies, names, asked, of) => {
      const set = setOf(policies.map((one) => policyOf(one)));
      const silent = Object.fromEntries(names.map((name) => [name, null]));
      const found = authorize({ ...engineFlow(asked), ...silent }, set, TOPOLOGY, of);
      fc.pre(found.verdict !== "unknown");
      const values = { method: METHODS, path: PATHS, host: HOSTS };
      for (const name of names) {
        for (const value of values[name]) {
          expect(authorize(engineFlow({ ...asked, [name]: value }), set, TOPOLOGY, of).verdict).toBe(found.verdict);
        }
      }
    }),
    RUNS,
  );
});

test("a conditional policy's verdict holds with it and without it", () => {
  fc.assert(
    fc.property(resources, resource, flow, mode, (policies, extra, asked, of) => {
      const set = policies.map((one) => policyOf(one));
      const found = verdict(
        asked,
        [...set, { ...policyOf(extra), condition: [{ kind: "test", source: "self.config['x']" }] }],
        of,
      );
      const exact = new Set([verdict(asked, set, of).verdict, verdict(asked, [...set, policyOf(extra)], of).verdict]);
      if (found.verdict === "unknown") expect(exact.size).toBe(2);
      else expect([...exact]).toEqual([found.verdict]);
    }),
    { numRuns: 2_000 },
  );
});
