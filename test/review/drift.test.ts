import { describe, expect, it } from "vitest";
import { type Drift, drift, type EffectivePolicies, effectivePolicies } from "#mesh";
import { manifestText } from "#picture";
import { unknown } from "#python";
import { positionAt, sourceFile } from "#syntax";
import { COS, withPolicies } from "../graph/cos.ts";
import { topologyOf } from "../graph/deployment.ts";
import { deployment } from "../policy/deployment.ts";
import { CHARMS } from "../policy/flows.ts";
import { effective, policy } from "../support/policy-fixture.ts";

function shown(found: Drift): object {
  return {
    missing: found.missing.map((one) => one.id),
    unexpected: found.unexpected.map((one) => one.name),
    changed: found.changed.map((one) => `${one.name}: ${one.difference}`),
    unmanaged: found.unmanaged.map((one) => one.name),
    problems: found.problems.map(
      ({ message, location }) => `${positionAt(location.file, location.span.start).line} ${message}`,
    ),
  };
}

const list = (...items: readonly unknown[]): string =>
  JSON.stringify({ apiVersion: "v1", kind: "List", items }, null, 1);
const dump = (expected: EffectivePolicies, text: string, path = "dump.json"): object =>
  shown(drift(expected, sourceFile(path, text)));
const nothing = { missing: [], unexpected: [], changed: [], unmanaged: [], problems: [] };

const ENDPOINTS = [{ ports: [3200], methods: ["GET" as const], paths: ["/a", "/b"] }];
const scrape = {
  from: "prom",
  to: "tempo",
  via: "unit" as const,
  endpoints: [{ ports: [9113] }],
  name: "beacon-m-policy-prom-m-tempo-11111111",
};
const api = { from: "shop", to: "tempo", endpoints: ENDPOINTS, name: "beacon-m-policy-shop-m-tempo-22222222" };

describe("drift", () => {
  it("finds none where the cluster has the same, in whatever order and with whatever Kubernetes adds", () => {
    const expected = effective(scrape, api, api);
    const [first, second] = expected.policies.map((one) => one.resource);
    const there = {
      ...second,
      apiVersion: "security.istio.io/v1beta1",
      metadata: { ...second?.metadata, uid: "1", generation: 3, managedFields: [] },
      spec: {
        action: "ALLOW",
        targetRef: { kind: "Service", name: "tempo" },
        rules: [
          {
            to: [{ operation: { paths: ["/b", "/a"], methods: ["GET"], ports: ["3200"] } }],
            from: [{ source: { principals: ["cluster.local/ns/m/sa/shop"] } }],
          },
        ],
      },
      status: { conditions: [] },
    };
    expect(dump(expected, list(there, { kind: "Service", metadata: { name: "x" } }, first))).toEqual(nothing);
  });

  it("finds none in what the charms themselves lead to, written as manifests", () => {
    const topology = topologyOf(COS, withPolicies);
    const expected = effectivePolicies(withPolicies, topology, { mode: topology.mode });
    expect(expected.policies.filter((one) => one.resource).length).toBeGreaterThan(4);
    const written = expected.policies
      .flatMap(({ resource }) => resource ?? [])
      .map(manifestText)
      .join("---\n");
    expect(dump(expected, written, "cluster.yaml")).toEqual(nothing);
    const [first, ...rest] = written.split("---\n");
    expect(dump(expected, rest.join("---\n"), "cluster.yaml")).toMatchObject({
      missing: [/name: (.*)/.exec(first ?? "")?.[1]],
    });
  });

  // istio-ingress-k8s and istio-k8s, src/charm.py (canonical/service-mesh ba7356f): what these charms apply by themselves.
  it("knows the policies of the ingress and of hardened mode, and misses each that is gone or different", () => {
    const topology = deployment(
      `
mesh: { hardened: true }
models:
  m:
    applications:
      shop: { charm: shop }
      gate: { charm: istio-ingress-k8s }
      beacon: { charm: istio-beacon-k8s }
      auth: { charm: oauth2-proxy-k8s }
      config: { charm: ingress-config }
      tokens: { charm: hydra }
    relations:
      - [shop:ingress, gate:ingress]
      - [shop:service-mesh, beacon:service-mesh]
      - [gate:service-mesh, beacon:service-mesh]
      - [gate:forward-auth, auth:forward-auth]
      - [gate:istio-ingress-config, config:istio-ingress-config]
      - [gate:istio-request-auth, tokens:istio-request-auth]
  istio-system:
    applications:
      istio: { charm: istio-k8s }
`,
      CHARMS,
    );
    const expected = effectivePolicies(CHARMS, topology, { mode: topology.mode });
    const own = expected.policies.filter(({ origin }) => origin === "ingress" || origin === "istio");
    // Istio's own ALLOW for the waypoint is no resource, so no cluster can lack it.
    const names = own.flatMap(({ resource }) => resource?.metadata.name ?? []);
    expect(names.sort()).toEqual([
      "deny-without-jwt-gate",
      "ext-authz-gate",
      "gate-m-external-traffic",
      "istio-istio-system-policy-global-allow-nothing-waypoint",
      "istio-istio-system-policy-global-allow-nothing-ztunnel",
      "shop-gate-m-l4",
    ]);
    const there = expected.policies.flatMap(({ resource }) => resource ?? []);
    expect(dump(expected, list(...there))).toEqual(nothing);
    for (const name of names) {
      const others = there.filter(({ metadata }) => metadata.name !== name);
      // The authorizer's policy is applied only once the authorizer has published its address.
      expect(dump(expected, list(...others))).toMatchObject({ missing: name === "ext-authz-gate" ? [] : [name] });
      const [one] = there.filter(({ metadata }) => metadata.name === name);
      const other = { ...one, spec: { ...one?.spec, action: "AUDIT" } };
      expect(dump(expected, list(...others, other))).toMatchObject({
        missing: [],
        changed: [expect.stringContaining(name)],
      });
    }
  });

  it("reads YAML streams as well as lists", () => {
    const expected = effective(scrape);
    const yaml = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: beacon-m-policy-prom-m-tempo-11111111, namespace: m}
spec:
  selector: {matchLabels: {app.kubernetes.io/name: tempo}}
  rules:
  - from: [{source: {principals: [cluster.local/ns/m/sa/prom]}}]
    to: [{operation: {ports: ["9113"]}}]
---
kind: ConfigMap
`;
    expect(dump(expected, yaml, "dump.yaml")).toEqual(nothing);
    expect(
      dump(expected, `kind: List\nitems:\n- ${yaml.split("---")[0]?.trim().replaceAll("\n", "\n  ")}`, "d.yaml"),
    ).toEqual(nothing);
  });

  it("reports missing, unexpected and changed ones, with the field", () => {
    const expected = effective(scrape, api);
    const changed = policy({ ...scrape, endpoints: [{ ports: [9999] }] }).resource;
    const extra = policy({ from: "evil", to: "tempo", name: "beacon-m-policy-evil-m-tempo-33333333" }).resource;
    expect(dump(expected, list(changed, extra))).toEqual({
      ...nothing,
      missing: [api.name],
      unexpected: ["beacon-m-policy-evil-m-tempo-33333333"],
      changed: [
        "beacon-m-policy-prom-m-tempo-11111111: spec.rules[].to[].operation: expected ports 9113, found ports 9999",
      ],
    });
  });

  it("recognises a changed policy under its other name, since the name holds a hash", () => {
    const other = policy({
      ...api,
      endpoints: [{ ports: [1] }],
      name: "beacon-m-policy-shop-m-tempo-99999999",
    }).resource;
    expect(dump(effective(api), list(other))).toEqual({
      ...nothing,
      changed: [
        "beacon-m-policy-shop-m-tempo-22222222: spec.rules[].to[].operation: expected ports 3200 methods GET paths /a,/b, found ports 1 (there under the name beacon-m-policy-shop-m-tempo-99999999)",
      ],
    });
    const same = policy({ ...api, name: "beacon-m-policy-shop-m-tempo-99999999" }).resource;
    expect(dump(effective(api), list(same))).toEqual(nothing);
  });

  it("reports a policy made by hand in a model, unless it allows nothing, has another manager or is in another model", () => {
    const rules = [{ from: [{ source: { principals: ["cluster.local/ns/m/sa/odd"] } }] }];
    const named = (name: string, metadata: object, spec: object = { rules }) => ({
      kind: "AuthorizationPolicy",
      metadata: { name, namespace: "m", ...metadata },
      spec,
    });
    const byHand = named("rogue", {});
    const ingress = named("ingress", { labels: { "app.kubernetes.io/instance": "ingress-m" } });
    const found = dump(
      effective(api),
      list(policy(api).resource, byHand, ingress, named("else", { namespace: "x" }), named("hard", {}, {})),
    );
    expect(found).toEqual({ ...nothing, unexpected: ["rogue"], unmanaged: ["ingress", "else", "hard"] });
  });

  it("leaves policies of others alone", () => {
    const foreign = { kind: "AuthorizationPolicy", metadata: { name: "allow-nothing", namespace: "m" }, spec: {} };
    const elsewhere = {
      kind: "AuthorizationPolicy",
      metadata: { name: "x-m-policy-a-m-b-00000000", namespace: "other" },
    };
    const labelled = {
      ...foreign,
      metadata: { name: "odd", namespace: "q", labels: { "app.kubernetes.io/instance": "beacon-m" } },
    };
    expect(dump(effective(api), list(policy(api).resource, foreign, elsewhere, labelled))).toEqual({
      ...nothing,
      unexpected: ["odd"],
      unmanaged: ["allow-nothing", "x-m-policy-a-m-b-00000000"],
    });
  });

  it("expects nothing of what could not be read, and does not miss what is conditional", () => {
    const uncertain = { ...api, uncertain: [unknown("config")] };
    const there = policy({ ...api, endpoints: [{ ports: [7] }] }).resource;
    expect(dump(effective(uncertain), list(there))).toEqual(nothing);
    expect(
      dump(
        effective({ ...api, condition: [{ kind: "test", source: "self.unit.is_leader()" }] }),
        list(policy(scrape).resource),
      ),
    ).toEqual({
      ...nothing,
      unexpected: [scrape.name],
    });
    expect(dump(effective({ ...api, resource: null }), list(policy(scrape).resource))).toMatchObject({ missing: [] });
  });

  it("sees another action, another target and another source", () => {
    const base = policy(scrape).resource;
    const variant = (spec: object) => list({ ...base, spec: { ...base?.spec, ...spec } });
    const difference = (spec: object): unknown =>
      (dump(effective(scrape), variant(spec)) as { changed: string[] }).changed[0];
    expect(difference({ action: "DENY" })).toContain("spec.action: expected ALLOW, found DENY");
    expect(difference({ selector: {} })).toContain(
      "spec.selector.matchLabels: expected app.kubernetes.io/name=tempo, found nothing",
    );
    expect(difference({ rules: [] })).toContain("spec.rules[].from[].source.principals");
    expect(difference({ rules: [{ ...base?.spec.rules?.[0], when: [{ key: "x" }] }] })).toContain("spec.rules[].when");
  });

  it("reports what can't be read at its line, and uses the rest", () => {
    const broken = { kind: "AuthorizationPolicy", metadata: { namespace: "m" }, spec: {} };
    const half = { ...policy(api).resource, spec: { rules: [{ to: [{ operation: { ports: [3200] } }] }] } };
    const text = list(broken, half, policy(scrape).resource);
    const found = dump(effective(api, scrape), text) as { problems: string[] };
    const line = text.split("\n").findIndex((one) => one.trim() === "3200");
    expect(found).toMatchObject({ missing: [], unexpected: [], changed: [] });
    expect(found.problems).toEqual([
      "6 metadata.name: Invalid input: expected string, received undefined",
      `${line} spec.rules.0.to.0.operation.ports.0: Invalid input: expected string, received number`,
    ]);
    expect(dump(effective(), "", "dump.yaml")).toMatchObject({
      problems: ["0 There is no Kubernetes object in this file."],
    });
    expect(dump(effective(), list())).toEqual(nothing);
    expect(dump(effective(), "{ broken")).toMatchObject({ problems: [expect.stringContaining("0 ")] });
  });
});
