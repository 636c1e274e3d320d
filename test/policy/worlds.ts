import fc from "fast-check";
import type { EffectivePolicies, EffectivePolicy, Flow, MeshMode, Topology } from "#mesh";
import type { Fact } from "#python";
import { principalOf } from "../../engine/mesh/src/policy/library/authorization-policy.ts";
import type { AuthorizationPolicy, AuthorizationPolicyOperation } from "../../engine/mesh/src/policy/mesh-policy.ts";
import { application, relation, topologyOf } from "./deployment.ts";
import type { ReferenceFlow, ReferenceWorld } from "./reference.ts";

/*
 * Random small worlds: two models with a beacon each, applications on and off the mesh, policies of every kind, and flows between them.
 */

export const MODELS = ["m", "n"] as const;
export const APPLICATIONS = ["a", "b", "c"] as const;

/** a and b are on the mesh by relation, c is not. */
export const TOPOLOGY: Topology = topologyOf(
  MODELS.flatMap((model) => [
    ...APPLICATIONS.map((name) => application(name, model)),
    application("beacon", model, { charm: "istio-beacon-k8s" }),
  ]),
  MODELS.flatMap((model) =>
    ["a", "b"].map((name) => relation(model, "beacon:service-mesh", `${name}:service-mesh`, "service_mesh")),
  ),
);

const name = fc.constantFrom(...APPLICATIONS);
const model = fc.constantFrom(...MODELS);
const waypointOf = (of: string) => `cluster.local/ns/${of}/sa/${of}-beacon-waypoint`;

const principal = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(model, name).map(([of, one]) => principalOf(of, one)) },
  { weight: 1, arbitrary: model.map(waypointOf) },
  { weight: 1, arbitrary: fc.constantFrom("*", "cluster.local/ns/m/*", "*/sa/a") },
);
export const PATHS = [
  "/",
  "/x",
  "/x/y",
  "/x/y/z",
  "/api/v1",
  "/a*b",
  "/x?q=1",
  "/api/../x",
  "/x/./y/",
  "/x\\y",
  "/x/%2e%2E/x/y/..",
  "//x",
] as const;
const path = fc.constantFrom(
  "/",
  "/x",
  "/x/*",
  "*/y",
  "*",
  "/{*}",
  "/x/{*}",
  "/x/{**}",
  "/{*}/y/{**}",
  "/a*b",
  "/api/*",
);
export const HOSTS = ["a", "A.m.svc", "b.example.com"] as const;
const host = fc.constantFrom("a", "a.m.svc", "*.example.com", "B.*", "*");
export const METHODS = ["GET", "POST", "PUT"] as const;
export const PORTS = [80, 443, 8080] as const;

const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 2 });
const rarely = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 1 });
const perhaps = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const operation: fc.Arbitrary<AuthorizationPolicyOperation> = fc
  .record({
    ports: fc.oneof(
      { weight: 4, arbitrary: some(fc.constantFrom(...PORTS).map(String)) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    hosts: perhaps(some(host)),
    methods: perhaps(some(fc.constantFrom(...METHODS))),
    paths: perhaps(some(path)),
    notPorts: rarely(some(fc.constantFrom(...PORTS).map(String))),
    notHosts: rarely(some(host)),
    notMethods: rarely(some(fc.constantFrom(...METHODS))),
    notPaths: rarely(some(path)),
  })
  .map(withoutUndefined)
  // Istio refuses an operation that asks for nothing.
  .filter((one) => Object.values(one).some((list) => list.length > 0));

const source = fc
  .record({
    principals: fc.option(some(principal), { nil: undefined, freq: 6 }),
    notPrincipals: rarely(some(principal)),
    namespaces: rarely(some(model)),
    notNamespaces: rarely(some(model)),
  })
  .map(withoutUndefined)
  .filter((one) => Object.keys(one).length > 0);

const rule = fc
  .record({
    from: perhaps(some(source.map((one) => ({ source: one })))),
    to: perhaps(
      fc.array(
        operation.map((one) => ({ operation: one })),
        { maxLength: 2 },
      ),
    ),
  })
  .map(withoutUndefined);

const target = fc.oneof(
  { weight: 3, arbitrary: name.map((one) => ({ targetRefs: [{ kind: "Service", group: "", name: one }] })) },
  { weight: 3, arbitrary: name.map((one) => ({ selector: { matchLabels: { "app.kubernetes.io/name": one } } })) },
  { weight: 1, arbitrary: fc.constant({}) },
);

/** A policy as it may stand in a cluster; mostly ALLOW. */
export const resource: fc.Arbitrary<AuthorizationPolicy> = fc
  .tuple(
    model,
    target,
    fc.oneof(
      { weight: 5, arbitrary: fc.constant("ALLOW" as const) },
      { weight: 1, arbitrary: fc.constant("DENY" as const) },
    ),
    fc.array(rule, { maxLength: 2 }),
    fc.nat(9999),
  )
  .map(([namespace, aimed, action, rules, number]) => ({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `policy-${number}`, namespace, labels: {} },
    spec: { ...aimed, action, rules },
  }));

export const resources = fc.array(resource, { maxLength: 8 });

export const mode: fc.Arbitrary<MeshMode> = fc.record({
  hardened: fc.boolean(),
  managed: fc.constant(true),
  modelOnMesh: fc.boolean(),
  autoAllowWaypoint: fc.boolean(),
});

export const flow: fc.Arbitrary<ReferenceFlow> = fc.record({
  source: fc.record({ application: name, model }),
  target: fc.record({ application: name, model, via: fc.constantFrom("service" as const, "unit" as const) }),
  port: fc.constantFrom(...PORTS),
  method: fc.constantFrom(...METHODS),
  path: fc.constantFrom(...PATHS),
  host: fc.constantFrom(...HOSTS),
  http: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

/** The flow as the engine takes it. */
export function engineFlow({ source, target: to, ...rest }: ReferenceFlow): Flow {
  return { source: { ...source, onMesh: null }, target: { ...to, service: null }, ...rest };
}

/** A resource as a policy of the effective set, with what is uncertain about its ports. */
export function policyOf(
  of: AuthorizationPolicy,
  uncertain: readonly Fact<readonly number[] | null>[] | null = null,
): EffectivePolicy {
  const service = of.spec.targetRefs?.[0]?.name;
  const labelled = of.spec.selector?.matchLabels["app.kubernetes.io/name"];
  return {
    id: of.metadata.name,
    origin: "resource-manager",
    meshPolicy: {
      source_namespace: "*",
      source_app_name: "*",
      target_namespace: of.metadata.namespace,
      target_app_name: service ?? labelled ?? null,
      target_selector_labels: null,
      target_service: null,
      target_type: service === undefined ? "unit" : "app",
      endpoints: [],
    },
    resource: of,
    uncertain,
    relation: null,
    because: [],
  };
}

export function setOf(policies: readonly EffectivePolicy[]): EffectivePolicies {
  return { policies, problems: [] };
}

/** The same world for the reference. */
export function referenceWorld(policies: readonly AuthorizationPolicy[], of: MeshMode): ReferenceWorld {
  return {
    onMesh: (_, one) => of.modelOnMesh || one !== "c",
    labels: (_, one) => ({ "app.kubernetes.io/name": one }),
    waypoint: waypointOf,
    policies,
    mode: of,
  };
}

function withoutUndefined<T extends object>(of: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as never;
}
