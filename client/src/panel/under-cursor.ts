import type { GraphView, Place, ReasonView } from "#protocol";

/** Ids of the elements that follow from one source line. */
export interface UnderCursor {
  readonly nodes: string[];
  readonly edges: string[];
}

/** The nodes and edges of a graph that have a reason on this line, or a policy with such a reason. */
export function underCursor(graph: GraphView, path: string, line: number): UnderCursor {
  const isHere = (place: Place | null): boolean => place !== null && place.path === path && place.line === line;
  const rests = (because: readonly ReasonView[]): boolean => because.some(({ place }) => isHere(place));
  const policies = new Set(graph.policies.filter((policy) => rests(policy.because)).map(({ id }) => id));
  return {
    nodes: graph.nodes.filter((node) => rests(node.because)).map(({ id }) => id),
    edges: graph.edges
      .filter((edge) => rests(edge.because) || edge.policies.some((id) => policies.has(id)))
      .map(({ id }) => id),
  };
}
