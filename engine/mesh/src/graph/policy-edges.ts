import { type Fact, optionsOf } from "#python";
import type { EffectivePolicy } from "../policy/effective-policy.ts";
import type { Endpoint } from "../policy/mesh-policy.ts";
import type { Application, TopologyRelation } from "../topology/topology.ts";
import { edgeVerdict, sampleOf } from "./edge-verdict.ts";
import { type GraphInput, keyOf } from "./graph-input.ts";
import { edgeBetween, labelOf, portsText } from "./graph-part.ts";
import type { GraphEdge } from "./traffic-graph.ts";

/** Who a policy lets talk to whom. */
export interface PolicyFlow {
  readonly policy: EffectivePolicy;
  readonly source: Application;
  readonly target: Application;
  readonly relation: TopologyRelation | null;
}

/** The two applications of a policy; null where the topology does not have them. Cluster-internal policies have a layer of their own. */
export function policyFlow(input: GraphInput, policy: EffectivePolicy): PolicyFlow | null {
  if (policy.origin === "cluster-internal") return null;
  const { meshPolicy } = policy;
  const target = input.applications.get(`${meshPolicy.target_namespace}/${targetName(policy)}`);
  if (!target) return null;
  const relation = policy.relation === null ? null : (input.relations.get(policy.relation) ?? null);
  // Across models the policy may name an alias: the relation knows who is meant.
  const other = relation ? otherEnd(relation, target) : null;
  const source = other
    ? input.applications.get(other)
    : input.applications.get(`${meshPolicy.source_namespace}/${meshPolicy.source_app_name}`);
  return source ? { policy, source, target, relation } : null;
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
  const via = target_type === "app" ? "service" : "unit";
  const policies = flows.map((flow) => flow.policy);
  const grants = policies.flatMap(grantsOf);
  const knowledge = relation ? input.knowledgeOf(relation) : null;
  const fallbackPort = knowledge?.ports[0] ?? 80;
  const ports = union(grants.map((grant) => grant.ports))?.sort((a, b) => a - b) ?? null;
  const methods = union(grants.map((grant) => grant.methods));
  const paths = union(grants.map((grant) => grant.paths));
  const different = distinct(grants);
  const endpoint = relation ? endpointOf(relation, target) : null;
  const certain = grants.every((grant) => grant.certain);
  const samples = grants.map((grant) => sampleOf(grant, via, target_service, fallbackPort));
  return edgeBetween(
    source,
    target,
    `${relation?.id ?? "policy"}:${via}${target_service ? `:${target_service}` : ""}`,
    {
      kind,
      label: labelOf(endpoint ?? first.policy.origin, certain ? portsText(ports) : ":?", (methods ?? []).join(",")),
      layer: via === "service" ? "l7" : "l4",
      verdict: certain ? edgeVerdict(input, source, target, samples) : "unknown",
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

/** The endpoint of a relation on one application's side. */
export function endpointOf(relation: TopologyRelation, application: Application): string | null {
  const end = keyOf(relation.provider) === keyOf(application) ? relation.provider : relation.requirer;
  return end.endpoint;
}

interface Grant extends Endpoint {
  /** False where the ports could not be read for certain. */
  readonly certain: boolean;
}

const EVERYTHING: Endpoint = { hosts: null, ports: null, methods: null, paths: null };

/** What a policy grants, per endpoint; one that grants everything where it has none. Ports that are not certain are all that may be. */
function grantsOf({ meshPolicy, uncertain }: EffectivePolicy): readonly Grant[] {
  const endpoints = meshPolicy.endpoints.length > 0 ? meshPolicy.endpoints : [EVERYTHING];
  return endpoints.map((endpoint, index) => {
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

/** Grants that differ in what they open, as the graph tells them. */
function distinct(grants: readonly Grant[]): NonNullable<GraphEdge["grants"]> {
  const some = <T>(list: readonly T[] | null) => (list && list.length > 0 ? list : null);
  const told = grants.map(({ ports, methods, paths }) => ({ ports, methods: some(methods), paths: some(paths) }));
  return [...new Map(told.map((grant) => [JSON.stringify(grant), grant])).values()];
}

/** null stands for "all", which swallows the rest. */
function union<T>(lists: readonly (readonly T[] | null)[]): T[] | null {
  if (lists.some((list) => list === null || list.length === 0)) return null;
  return [...new Set(lists.flatMap((list) => list ?? []))];
}
