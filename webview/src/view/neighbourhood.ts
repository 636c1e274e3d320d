import type { GraphView } from "#protocol";
import type { Selection } from "./panel-view.ts";

/**
 * A graph reduced to one element and its neighbours: of an application its flows and their other ends, of a flow its two ends and all
 * flows between them, of a box its members. An element that the graph doesn't hold (or null) leaves the graph as it is.
 */
export function neighbourhood(graph: GraphView, only: Selection | null): GraphView {
  const kept = only === null ? null : keptEdges(graph, only);
  if (!kept) return graph;
  const nodes = new Set(kept.nodes);
  for (const edge of kept.edges) nodes.add(edge.source).add(edge.target);
  const left = graph.nodes.filter(({ id }) => nodes.has(id));
  return {
    ...graph,
    nodes: left,
    edges: [...kept.edges],
    boxes: graph.boxes.filter((box) => left.some((node) => isWithin(node.box, box.id, graph.boxes))),
  };
}

function keptEdges(
  { nodes, edges, boxes }: GraphView,
  { kind, id }: Selection,
): { readonly nodes: readonly string[]; readonly edges: GraphView["edges"] } | null {
  if (kind === "node") {
    const touching = edges.filter((edge) => edge.source === id || edge.target === id);
    return nodes.some((node) => node.id === id) ? { nodes: [id], edges: touching } : null;
  }
  if (kind === "edge") {
    const edge = edges.find((one) => one.id === id);
    if (!edge) return null;
    const ends = new Set([edge.source, edge.target]);
    return { nodes: [...ends], edges: edges.filter((one) => ends.has(one.source) && ends.has(one.target)) };
  }
  if (!boxes.some((box) => box.id === id)) return null;
  const inside = new Set(nodes.filter((node) => isWithin(node.box, id, boxes)).map((node) => node.id));
  return { nodes: [...inside], edges: edges.filter((edge) => inside.has(edge.source) && inside.has(edge.target)) };
}

/** Whether a box is another one or is nested in it, at any depth. */
export function isWithin(box: string, outer: string, boxes: GraphView["boxes"]): boolean {
  const seen = new Set<string>();
  for (let at: string | null = box; at !== null && !seen.has(at); ) {
    if (at === outer) return true;
    seen.add(at);
    const inner: string = at;
    at = boxes.find((one) => one.id === inner)?.parent ?? null;
  }
  return false;
}
