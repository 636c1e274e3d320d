import type { GraphView } from "#protocol";
import { boxesOf } from "../view/boxes-of.ts";
import { filterContext } from "./operand.ts";
import type { GraphFilter } from "./parse-filter.ts";

/** Ids of nodes and edges that an expression matches in a view. */
export interface FilterMatches {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** What a filter finds in a view, for highlighting. */
export function foundIn(view: GraphView, filter: GraphFilter): FilterMatches {
  const context = filterContext(view);
  return {
    nodes: new Set(view.nodes.filter((node) => filter.node(node, context)).map((node) => node.id)),
    edges: new Set(view.edges.filter((edge) => filter.edge(edge, context)).map((edge) => edge.id)),
  };
}

/**
 * The view without what the filter matches. As in Kiali, a hidden node takes its edges with it, and a node that loses its
 * last edge by hiding goes too; nodes that never had one stay. Boxes left empty go.
 */
export function viewWithout(view: GraphView, filter: GraphFilter): GraphView {
  const { nodes: hiddenNodes, edges: hiddenEdges } = foundIn(view, filter);
  if (hiddenNodes.size === 0 && hiddenEdges.size === 0) return view;
  const edges = view.edges.filter(
    (edge) => !hiddenEdges.has(edge.id) && !hiddenNodes.has(edge.source) && !hiddenNodes.has(edge.target),
  );
  const connectedBefore = new Set(view.edges.flatMap((edge) => [edge.source, edge.target]));
  const connected = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const nodes = view.nodes.filter(
    (node) => !hiddenNodes.has(node.id) && (connected.has(node.id) || !connectedBefore.has(node.id)),
  );
  return { ...view, nodes, edges, boxes: boxesOf(view.boxes, nodes) };
}
