import type { GraphEdge, GraphNode, TrafficGraph } from "../graph/traffic-graph.ts";
import { grantChange } from "./policy-changes.ts";

/**
 * Two states as one graph: all nodes and edges of both, edges marked as added, removed, widened, narrowed or changed. An edge that
 * policies stand behind is compared by what they grant; any other is there or not.
 */
export function comparedGraph(before: TrafficGraph, after: TrafficGraph): TrafficGraph {
  const old = new Map(before.edges.map((edge) => [edge.id, edge]));
  const now = new Set(after.edges.map((edge) => edge.id));
  const gone = before.edges.filter((edge) => !now.has(edge.id));
  const nodes = new Map<string, GraphNode>();
  for (const node of [...after.nodes, ...before.nodes]) if (!nodes.has(node.id)) nodes.set(node.id, node);
  const boxes = new Map([...before.boxes, ...after.boxes].map((box) => [box.id, box]));
  return {
    nodes: [...nodes.values()],
    edges: [
      ...after.edges.map((edge) => ({ ...edge, change: changeOf(old.get(edge.id), edge) })),
      ...gone.map((edge): GraphEdge => ({ ...edge, change: "removed" })),
    ],
    boxes: [...boxes.values()],
    notes: [...new Set([...after.notes, ...before.notes])],
  };
}

function changeOf(before: GraphEdge | undefined, after: GraphEdge): GraphEdge["change"] {
  if (before === undefined) return "added";
  const byGrant = grantChange(before.policies, after.policies);
  // A flow that a first policy now allows, or a last one no longer does, is still drawn: its permission widened or narrowed.
  if (byGrant !== null)
    return byGrant.kind === "added" ? "widened" : byGrant.kind === "removed" ? "narrowed" : byGrant.kind;
  if (before.verdict === after.verdict) return null;
  if (after.verdict === "allowed") return "widened";
  return before.verdict === "allowed" && after.verdict === "denied" ? "narrowed" : "changed";
}
