import {
  type EffectivePolicies,
  type EffectivePolicy,
  type GraphEdge,
  type MeshMode,
  placeholderComment,
  switchesOf,
  type Topology,
  type TrafficGraph,
} from "#mesh";
import type { EdgeView, GraphView, NodeView, PolicyView, ReasonView } from "#protocol";
import type { Reason } from "#python";
import { memo, positionAt } from "#syntax";
import { manifestText } from "./manifest-text.ts";
import { policySummary } from "./policy-summary.ts";
import { telemetryCounts } from "./telemetry-counts.ts";

/**
 * A traffic graph as plain data: places as path and line, policies listed once and referred to by id. `effective` adds the policies
 * that no edge carries. Total for any graph.
 */
export function graphView(
  graph: TrafficGraph,
  topology: Topology,
  effective: EffectivePolicies,
  mode: MeshMode,
): GraphView {
  const policies = new Map<string, EffectivePolicy>();
  for (const policy of effective.policies) policies.set(policy.id, policy);
  for (const edge of graph.edges) for (const policy of edge.policies) policies.set(policy.id, policy);
  return {
    version: 1,
    topology: { source: topology.source, path: topology.file?.path ?? null, note: topology.note },
    mesh: switchesOf(mode),
    nodes: graph.nodes.map(
      (node): NodeView => ({
        ...node,
        roles: [...node.roles],
        members: [...node.members],
        because: reasonViews(node.because),
      }),
    ),
    edges: graph.edges.map(edgeView),
    boxes: graph.boxes.map((box) => ({ ...box })),
    policies: [...policies.values()].map((policy) => {
      const shown = policyView(policy);
      const comment = placeholderComment(policy, topology);
      return shown.manifest === null || comment === "" ? shown : { ...shown, manifest: `${comment}${shown.manifest}` };
    }),
    notes: [...graph.notes],
    counts: telemetryCounts(graph),
  };
}

function edgeView({ grants, ...edge }: GraphEdge): EdgeView {
  return {
    ...edge,
    ...(grants
      ? {
          grants: grants.map(({ ports, methods, paths }) => ({
            ports: ports && [...ports],
            methods: methods && [...methods],
            paths: paths && [...paths],
          })),
        }
      : {}),
    ports: edge.ports && [...edge.ports],
    methods: edge.methods && [...edge.methods],
    paths: edge.paths && [...edge.paths],
    policies: [...new Set(edge.policies.map((policy) => policy.id))],
    because: reasonViews(edge.because),
  };
}

/** One policy in words, with its manifest. */
export const policyView = memo((policy: EffectivePolicy): PolicyView => {
  const { meshPolicy } = policy;
  return {
    id: policy.id,
    origin: policy.origin,
    kind: meshPolicy.target_type,
    source: `${meshPolicy.source_namespace}/${meshPolicy.source_app_name}`,
    target: `${meshPolicy.target_namespace}/${targetName(policy)}`,
    summary: policySummary(policy),
    manifest: policy.resource && manifestText(policy.resource),
    because: reasonViews(policy.because),
  };
});

function targetName({ meshPolicy }: EffectivePolicy): string {
  const labels = Object.entries(meshPolicy.target_selector_labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return meshPolicy.target_service || meshPolicy.target_app_name || labels.join(",") || "*";
}

/** Reasons with their places counted in lines; the same reason is said once. */
export function reasonViews(reasons: readonly Reason[]): ReasonView[] {
  const seen = new Set<string>();
  return reasons.flatMap((reason) => {
    const { text, citation } = reason;
    const place = placeOf(reason);
    const key = `${place?.path}:${place?.line}:${place?.character} ${citation} ${text}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ text, place, citation }];
  });
}

function placeOf({ location }: Reason): ReasonView["place"] {
  if (location === null) return null;
  const { line, character } = positionAt(location.file, location.span.start);
  return { path: location.file.path, line, character };
}
