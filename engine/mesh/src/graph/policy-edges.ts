import { type Fact, optionsOf } from "#python";
import type { EffectivePolicy } from "../policy/effective-policy.ts";
import type { Endpoint } from "../policy/mesh-policy.ts";
import { policyScope } from "../policy/policy-scope.ts";
import type { Application, TopologyRelation } from "../topology/topology.ts";
import { edgeVerdict, sampleOf } from "./edge-verdict.ts";
import { publishedRoute } from "./far-address.ts";
import { endpointOf, type GraphInput, keyOf } from "./graph-input.ts";
import { edgeBetween, labelOf, portsText } from "./graph-part.ts";
import type { GraphEdge } from "./traffic-graph.ts";

/** Who a policy lets talk to whom, or keeps from it. */
export interface PolicyFlow {
  readonly policy: EffectivePolicy;
  /** What it is about; empty: everything. */
  readonly endpoints: readonly Endpoint[];
  readonly source: Application;
  readonly target: Application;
  readonly relation: TopologyRelation | null;
}

/**
 * The applications of a policy, a flow for each sender that it names; none where the topology lacks one, or the policy names none. Other
 * layers draw cluster-internal policies and an ingress's. An audit and an external authorizer's policy grant nothing by themselves.
 */
export function policyFlows(input: GraphInput, policy: EffectivePolicy): readonly PolicyFlow[] {
  if (policy.origin === "cluster-internal" || policy.origin === "ingress") return [];
  const { meshPolicy } = policy;
  const { senders, action, services } = policyScope(policy);
  if (action !== "ALLOW" && action !== "DENY") return [];
  // What a charm builds itself may be for several Services; one that a library makes is for one.
  const names = new Set([targetName(policy), ...(policy.origin === "resource-manager" ? services : [])]);
  const targets = [...names].flatMap((name) => input.applications.get(`${meshPolicy.target_namespace}/${name}`) ?? []);
  const relation = policy.relation === null ? null : (input.relations.get(policy.relation) ?? null);
  return targets.flatMap((target) => {
    // Across models the policy may name an alias: the relation knows the application.
    const other = relation ? otherEnd(relation, target) : null;
    return senders.flatMap(({ model, application, endpoints }): PolicyFlow[] => {
      const source = input.applications.get(other ?? `${model}/${application}`);
      return source ? [{ policy, endpoints, source, target, relation }] : [];
    });
  });
}

function targetName({ meshPolicy }: EffectivePolicy): string {
  return meshPolicy.target_app_name || meshPolicy.target_service || "";
}

function otherEnd(relation: TopologyRelation, target: Application): string {
  const key = keyOf(target);
  return keyOf(relation.provider) === key ? keyOf(relation.requirer) : keyOf(relation.provider);
}

/** One edge per source, target, relation and address kind; several policies of one relation share it. */
export function policyEdges(
  input: GraphInput,
  flows: readonly PolicyFlow[],
  kind: "service" | "unit" | "cross-model",
): readonly GraphEdge[] {
  const together = new Map<string, PolicyFlow[]>();
  for (const flow of flows) {
    const key = JSON.stringify([
      keyOf(flow.source),
      keyOf(flow.target),
      flow.policy.relation,
      flow.policy.meshPolicy.target_type,
      flow.policy.meshPolicy.target_service,
    ]);
    const list = together.get(key);
    if (list) list.push(flow);
    else together.set(key, [flow]);
  }
  return [...together.values()].map((list) => policyEdge(input, list, kind));
}

function policyEdge(
  input: GraphInput,
  flows: readonly PolicyFlow[],
  kind: "service" | "unit" | "cross-model",
): GraphEdge {
  const [first] = flows as [PolicyFlow, ...PolicyFlow[]];
  const { source, target, relation } = first;
  const { target_type, target_service } = first.policy.meshPolicy;
  const granted = target_type === "app" ? "service" : "unit";
  const via = mismatchedRoute(input, first, granted) ?? granted;
  const policies = flows.map((flow) => flow.policy);
  const grants = flows.flatMap(grantsOf);
  const knowledge = relation ? input.knowledgeOf(relation) : null;
  const fallbackPort = knowledge?.ports[0] ?? 80;
  const ports = union(grants.map((grant) => grant.ports))?.sort((a, b) => a - b) ?? null;
  const methods = union(grants.map((grant) => grant.methods));
  const paths = union(grants.map((grant) => grant.paths));
  const different = distinct(grants);
  const endpoint = relation ? endpointOf(relation, target) : null;
  const certain = grants.every((grant) => grant.certain);
  const samples = grants.map((grant) => sampleOf(grant, via, via === granted ? target_service : null, fallbackPort));
  const verdict = certain ? edgeVerdict(input, source, target, samples) : "unknown";
  const isMissed = via !== granted && verdict === "denied";
  return edgeBetween(
    source,
    target,
    `${relation?.id ?? "policy"}:${granted}${target_service ? `:${target_service}` : ""}`,
    {
      kind: isMissed ? "denied" : via === granted || kind === "cross-model" ? kind : via,
      label: labelOf(
        endpoint ?? first.policy.origin,
        certain ? portsText(ports) : ":?",
        (methods ?? []).join(","),
        isMissed ? `no policy for the ${via === "unit" ? "pods" : "Service"}` : "",
      ),
      layer: via === "service" ? "l7" : "l4",
      verdict,
      relation: endpoint,
      interface: relation?.interface ?? null,
      ports,
      methods,
      paths,
      ...(different.length > 1 ? { grants: different } : {}),
      policies,
      because: [...policies.flatMap((policy) => policy.because), ...(relation?.because ?? [])],
    },
  );
}

/**
 * The route that traffic over a policy's relation really takes, where it is known to be another than the one that the policy is for, and no
 * policy of this relation is for it; else null. The other side calls the address that the target publishes, whatever the policy says.
 */
function mismatchedRoute(
  input: GraphInput,
  { policy, target, relation }: PolicyFlow,
  granted: "service" | "unit",
): "service" | "unit" | null {
  if (!relation || policy.meshPolicy.target_service || policy.origin === "resource-manager") return null;
  const route = publishedRoute(input, relation, target);
  if (route === null || route === granted) return null;
  const wanted = route === "service" ? "app" : "unit";
  const fits = (input.policiesOf.get(relation.id) ?? []).some(({ meshPolicy }) => meshPolicy.target_type === wanted);
  return fits ? null : route;
}

interface Grant extends Endpoint {
  /** False where the ports could not be read for certain. */
  readonly certain: boolean;
}

const EVERYTHING: Endpoint = { hosts: null, ports: null, methods: null, paths: null };

/** What a policy grants, per endpoint; one that grants everything where it has none. Ports that are not certain are all that may be. */
function grantsOf({ policy: { uncertain }, endpoints }: PolicyFlow): readonly Grant[] {
  const granted = endpoints.length > 0 ? endpoints : [EVERYTHING];
  return granted.map((endpoint, index) => {
    const fact = uncertain?.[index];
    const ports = fact && fact.kind !== "known" ? possiblePorts(fact) : endpoint.ports;
    return { ...endpoint, ports: ports?.length ? ports : null, certain: !fact || fact.kind === "known" };
  });
}

function possiblePorts(fact: Fact<readonly number[] | null>): readonly number[] | null {
  const options = optionsOf(fact);
  if (options === null) return fact.kind === "subsetOf" ? fact.possible : null;
  return options.some((option) => option === null) ? null : [...new Set(options.flatMap((option) => option ?? []))];
}

/** Grants that differ in what they open, in the graph's form. */
function distinct(grants: readonly Grant[]): NonNullable<GraphEdge["grants"]> {
  const some = <T>(list: readonly T[] | null) => (list && list.length > 0 ? list : null);
  const shown = grants.map(({ ports, methods, paths }) => ({ ports, methods: some(methods), paths: some(paths) }));
  return [...new Map(shown.map((grant) => [JSON.stringify(grant), grant])).values()];
}

/** null stands for "all", which swallows the rest. */
function union<T>(lists: readonly (readonly T[] | null)[]): T[] | null {
  if (lists.some((list) => list === null || list.length === 0)) return null;
  return [...new Set(lists.flatMap((list) => list ?? []))];
}
