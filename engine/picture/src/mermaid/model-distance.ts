import type { BoxView, EdgeView, GraphView } from "#protocol";

/** With at most so many applications, the models that only call stand well below the one that is called. */
const FEW = 6;

/**
 * How many ranks an edge between two models spans, for the edges that span more than one. dagre stacks boxes that share a rank, so that
 * many clients in models of their own would double the height of the picture: their edges are made so long that their models come to
 * stand before the one that they call. Edges between models that call each other, and all edges of small pictures, are left alone.
 */
export function modelDistances(view: GraphView, edges: readonly EdgeView[]): ReadonlyMap<string, number> {
  const modelOf = outermostBoxes(view);
  const crossing = edges.filter((edge) => modelOf(edge.source) !== modelOf(edge.target));
  const called = new Set(crossing.map((edge) => modelOf(edge.target)));
  const far = crossing.filter((edge) => !called.has(modelOf(edge.source)));
  const callers = new Set(far.map((edge) => modelOf(edge.source)));
  if (view.nodes.filter((node) => callers.has(modelOf(node.id))).length <= FEW) return new Map();
  const depth = depths(edges.filter((edge) => modelOf(edge.source) === modelOf(edge.target)));
  return new Map(far.map((edge) => [edge.id, 1 + (depth.get(edge.target) ?? 0)]));
}

/** The box around all other boxes of each node; its own id for a node in none. */
function outermostBoxes(view: GraphView): (node: string) => string {
  const boxes = new Map<string, BoxView>(view.boxes.map((box) => [box.id, box]));
  const outermost = (start: string): string => {
    const seen = new Set<string>();
    let at = start;
    for (let box = boxes.get(at); box && !seen.has(at); box = boxes.get(at)) {
      seen.add(at);
      if (box.parent === null || !boxes.has(box.parent)) break;
      at = box.parent;
    }
    return at;
  };
  const models = new Map(view.nodes.map((node) => [node.id, boxes.has(node.box) ? outermost(node.box) : node.id]));
  return (node) => models.get(node) ?? node;
}

/** How many edges lie before each node, at most. Edges that close a circle are passed over, in the order in which they come. */
function depths(edges: readonly EdgeView[]): ReadonlyMap<string, number> {
  const before = new Map<string, string[]>();
  for (const { source, target } of edges)
    if (source !== target) before.set(target, [...(before.get(target) ?? []), source]);
  const known = new Map<string, number>();
  const open = new Set<string>();
  const depthOf = (node: string): number => {
    const done = known.get(node);
    if (done !== undefined) return done;
    if (open.has(node)) return -1;
    open.add(node);
    const depth = Math.max(-1, ...(before.get(node) ?? []).map(depthOf)) + 1;
    open.delete(node);
    known.set(node, depth);
    return depth;
  };
  for (const node of before.keys()) depthOf(node);
  return known;
}
