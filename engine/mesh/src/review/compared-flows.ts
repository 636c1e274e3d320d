import { keyOf } from "../graph/graph-input.ts";
import { nodeId } from "../graph/graph-part.ts";
import type { GraphEdge, TrafficGraph } from "../graph/traffic-graph.ts";
import type { EffectivePolicies, EffectivePolicy } from "../policy/effective-policy.ts";
import type { MeshMode } from "../topology/mesh-mode.ts";
import type { Topology } from "../topology/topology.ts";
import { isEffective } from "./grant.ts";

/** One of the two states of a comparison. */
export interface ComparedState {
  readonly topology: Topology;
  readonly policies: EffectivePolicies;
  readonly mode: MeshMode;
  readonly graph: TrafficGraph;
}

type Via = "service" | "unit";

/** One end of a flow. */
interface End {
  readonly model: string;
  /** `*` for every source. */
  readonly application: string;
}

/** Who calls whom at which address: the unit of a comparison, and of its counts. */
export interface FlowKey {
  readonly source: End;
  readonly target: End;
  readonly via: Via;
  /** A Service with a name of its own; null: the application's. */
  readonly service: string | null;
}

/** What one state has of a flow. */
export interface FlowPart {
  readonly policies: readonly EffectivePolicy[];
  readonly edges: readonly GraphEdge[];
}

/** The flows of one state by the text of their key. */
export type FlowParts = ReadonlyMap<string, FlowPart & { readonly key: FlowKey }>;

/** A flow's key as one text: equal texts are the same flow in both states. */
export function flowText({ source, target, via, service }: FlowKey): string {
  return JSON.stringify([source.model, source.application, target.model, target.application, via, service]);
}

/**
 * The flows of a state: those that its graph draws (what policies allow, what relations suggest, and telemetry, hop by hop), and those of policies that
 * no line stands for. The mesh's own relations are no flows.
 */
export function flowsOfState({ graph, topology, policies }: ComparedState): FlowParts {
  const found = new Map<string, { key: FlowKey; policies: Set<EffectivePolicy>; edges: GraphEdge[] }>();
  const at = (key: FlowKey) => {
    const text = flowText(key);
    const known = found.get(text) ?? { key, policies: new Set(), edges: [] };
    found.set(text, known);
    return known;
  };
  const ends = new Map(topology.applications.map((one) => [nodeId(one), { model: one.model, application: one.name }]));
  const drawn = new Set<EffectivePolicy>();
  for (const edge of graph.edges) {
    const [source, target] = [ends.get(edge.source), ends.get(edge.target)];
    if (edge.kind === "mesh" || !source || !target) continue;
    for (const policy of edge.policies) {
      drawn.add(policy);
      if (!isEffective(policy)) continue;
      at({ source, target, via: viaOf(policy), service: serviceOf(policy, target.application) }).policies.add(policy);
    }
    for (const via of edgeVias(edge))
      at({ source, target, via, service: edgeService(edge, via, target) }).edges.push(edge);
  }
  for (const policy of policies.policies) {
    if (drawn.has(policy) || !isEffective(policy)) continue;
    const target = undrawnTarget(policy);
    const source = { model: policy.meshPolicy.source_namespace, application: policy.meshPolicy.source_app_name };
    if (target)
      at({ source, target, via: viaOf(policy), service: serviceOf(policy, target.application) }).policies.add(policy);
  }
  return new Map([...found].map(([text, { key, policies: own, edges }]) => [text, { key, policies: [...own], edges }]));
}

/** The addresses that an edge stands for; both where its layer is not known. */
export function edgeVias({ layer }: GraphEdge): readonly Via[] {
  return layer === "l7" ? ["service"] : layer === "l4" ? ["unit"] : ["service", "unit"];
}

/** The Service that an edge's policies are for, where it is not the application's own. */
export function edgeService(edge: GraphEdge, via: Via, target: End): string | null {
  const [policy] = edge.policies.filter((one) => viaOf(one) === via);
  return policy ? serviceOf(policy, target.application) : null;
}

function viaOf({ meshPolicy }: EffectivePolicy): Via {
  return meshPolicy.target_type === "app" ? "service" : "unit";
}

function serviceOf({ meshPolicy }: EffectivePolicy, application: string): string | null {
  const service = meshPolicy.target_type === "app" ? meshPolicy.target_service : null;
  return service && service !== application ? service : null;
}

/** The target of a policy that no line stands for: of every source, or of one that the deployment does not have. */
function undrawnTarget({ meshPolicy }: EffectivePolicy): End | null {
  const labels = Object.entries(meshPolicy.target_selector_labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
  const application = meshPolicy.target_app_name || meshPolicy.target_service || labels;
  return { model: meshPolicy.target_namespace, application: application || "*" };
}

/** `<model>/<application>`. */
export function endText(end: End): string {
  return end.application === "*" ? "*" : keyOf({ ...end, endpoint: null });
}
