import type { DrawnEdge, DrawnView } from "#picture";
import type { BoxView, EdgeView, GraphView, NodeView, Place, PolicyView } from "#protocol";

/** Look-ups in one graph. Made once per graph, which never changes. */
export interface GraphIndex {
  readonly graph: DrawnView;
  readonly nodes: ReadonlyMap<string, NodeView>;
  readonly edges: ReadonlyMap<string, DrawnEdge>;
  readonly boxes: ReadonlyMap<string, BoxView>;
  readonly policies: ReadonlyMap<string, PolicyView>;
  /** Edges that begin or end at a node, in the graph's order. */
  readonly edgesOf: ReadonlyMap<string, readonly DrawnEdge[]>;
}

const indexes = new WeakMap<GraphView, GraphIndex>();

/** The look-ups of a graph. */
export function graphIndex(graph: DrawnView): GraphIndex {
  const known = indexes.get(graph);
  if (known) return known;
  const edgesOf = new Map<string, DrawnEdge[]>();
  for (const edge of graph.edges) {
    for (const end of new Set([edge.source, edge.target])) {
      const list = edgesOf.get(end);
      if (list) list.push(edge);
      else edgesOf.set(end, [edge]);
    }
  }
  const made: GraphIndex = {
    graph,
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    edges: new Map(graph.edges.map((edge) => [edge.id, edge])),
    boxes: new Map(graph.boxes.map((box) => [box.id, box])),
    policies: new Map(graph.policies.map((policy) => [policy.id, policy])),
    edgesOf,
  };
  indexes.set(graph, made);
  return made;
}

/** The source line that an element follows from: its own reasons first, then those of its policies. null: none is known. */
export function placeOf(element: NodeView | EdgeView, index: GraphIndex): Place | null {
  for (const reason of element.because) if (reason.place) return reason.place;
  if (!("policies" in element)) return null;
  for (const id of element.policies)
    for (const reason of index.policies.get(id)?.because ?? []) if (reason.place) return reason.place;
  return null;
}

/** `path:line:column` as editors and terminals write it, counted from 1. */
export function placeText(place: Place): string {
  return `${place.path}:${place.line + 1}`;
}
