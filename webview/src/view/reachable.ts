import type { EdgeView, GraphView } from "#protocol";

/** Which way a question about reachability looks from an application: at its targets, or at its callers. */
export type ReachDirection = "targets" | "callers";

/** One application at the other end, with the flows that lead there. */
export interface Reachable {
  /** Id of the other application. */
  readonly node: string;
  readonly flows: readonly EdgeView[];
  /** The verdict of all flows where they agree, else `mixed`. */
  readonly verdict: EdgeView["verdict"] | "mixed";
}

const ORDER = ["allowed", "mixed", "unknown", "denied"] as const;

/**
 * Every application that one can reach (or that can reach it), by the flows of the graph, allowed ones first and then by name.
 * A relation of the mesh itself is no traffic and is left out, as are flows of an application to itself.
 */
export function reachable(graph: GraphView, id: string, direction: ReachDirection): readonly Reachable[] {
  const [near, far] = direction === "targets" ? (["source", "target"] as const) : (["target", "source"] as const);
  const flows = new Map<string, EdgeView[]>();
  for (const edge of graph.edges) {
    if (edge.kind === "mesh" || edge[near] !== id || edge[far] === id) continue;
    const known = flows.get(edge[far]);
    if (known) known.push(edge);
    else flows.set(edge[far], [edge]);
  }
  const label = (node: string) => graph.nodes.find((one) => one.id === node)?.label ?? node;
  return [...flows]
    .map(([node, edges]) => ({ node, flows: edges, verdict: verdictOf(edges) }))
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || label(a.node).localeCompare(label(b.node)));
}

function verdictOf(edges: readonly EdgeView[]): Reachable["verdict"] {
  const [first, ...others] = new Set(edges.map((edge) => edge.verdict));
  return first !== undefined && others.length === 0 ? first : "mixed";
}
