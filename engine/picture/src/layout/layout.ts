import type { BoxView, NodeView } from "#protocol";
import type { DrawnEdge, DrawnView } from "../collapse/drawn-edge.ts";
import type { BlockContent, Drawing } from "./block.ts";
import { type Part, partBlock } from "./frame-block.ts";
import { labelBox } from "./label-box.ts";
import type { PlacedEdge, PlacedPicture, Point, RefusedPicture, TextWidth } from "./placed-picture.ts";
import { GOOD_SCALE, paneScale, SPACINGS, type Spacing } from "./spacing.ts";
import { turned, turnedPoint } from "./turned.ts";

/** More than this is read in a table, and takes seconds to lay out. */
const MOST = { nodes: 250, edges: 1200 } as const;
/** A larger graph does not fit a pane in a good size, whichever way it is drawn. */
const COMPARED = 40;
const MARGIN = 8;

export interface LayoutOptions {
  /** Whether lines have labels; default true. */
  readonly edgeLabels?: boolean;
}

/**
 * The picture of a view: callers on the left, a cluster as one block in the middle, what it calls on the right. A picture that would be
 * too small in a pane of 900 × 700 pixels is drawn closer, or from top to bottom. The result depends on
 * the view and the widths of texts only. Edges of nodes that are not in the view are left out; unknown boxes count as none. A graph
 * that is too large, or that dagre can't lay out, is refused with the reason.
 */
export function layout(
  view: DrawnView,
  textWidth: TextWidth,
  { edgeLabels = true }: LayoutOptions = {},
): PlacedPicture | RefusedPicture {
  const { nodes } = view;
  if (nodes.length > MOST.nodes || view.edges.length > MOST.edges)
    return {
      kind: "refused",
      reason: `The graph is too large to draw: ${nodes.length} applications and ${view.edges.length} lines, at most ${MOST.nodes} and ${MOST.edges} are drawn.`,
    };
  const known = new Set(nodes.map((node) => node.id));
  const edges = [...new Map(view.edges.map((edge) => [edge.id, edge])).values()].filter(
    (edge) => known.has(edge.source) && known.has(edge.target),
  );
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  const parts = wholeOf(view);
  const drawn = (spacing: Spacing): PlacedPicture => {
    const labels = new Map(edgeLabels ? edges.map((edge) => [edge.id, labelBox(edge, spacing.label, textWidth)]) : []);
    const labelOf = (edge: DrawnEdge) => labels.get(edge.id) ?? null;
    const drawing: Drawing = { edgeOf: (id) => byId.get(id), labelOf, textWidth, spacing };
    const whole = partBlock(parts, edges, [], drawing);
    const { direction } = spacing;
    const content = (x: number, y: number): BlockContent => {
      const into: BlockContent = { nodes: [], edges: [], boxes: [] };
      whole.draw(turnedPoint(direction, [x, y]), new Map(), into);
      const turnedEdge = (edge: PlacedEdge) => ({
        ...edge,
        points: edge.points.map((point): Point => {
          const [px, py] = turnedPoint(direction, point);
          return [tenth(px), tenth(py)];
        }),
      });
      return { ...into, edges: into.edges.map(turnedEdge) };
    };
    // A line that goes round a block can leave the whole: the picture then grows to hold it.
    const bounds = lineBounds(content(MARGIN, MARGIN));
    const [left, top] = [Math.max(0, Math.ceil(MARGIN - bounds.left)), Math.max(0, Math.ceil(MARGIN - bounds.top))];
    const placed = content(MARGIN + left, MARGIN + top);
    const { width, height } = turned(direction, { width: whole.width, height: whole.height });
    return {
      kind: "placed",
      direction,
      width: left + Math.ceil(Math.max(width + MARGIN, bounds.right)) + MARGIN,
      height: top + Math.ceil(Math.max(height + MARGIN, bounds.bottom)) + MARGIN,
      nodes: inOrder(placed.nodes, nodes),
      edges: inOrder(placed.edges, edges),
      boxes: inOrder(placed.boxes, view.boxes),
    };
  };
  try {
    return nodes.length > COMPARED ? drawn(SPACINGS[0]) : bestOf(SPACINGS, drawn);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: "refused", reason: `The graph can't be laid out: ${detail}` };
  }
}

/** The first picture that fits a pane in a good size; if there is none, the one that fits it in the largest size. */
function bestOf(
  [first, ...others]: readonly [Spacing, ...Spacing[]],
  drawn: (spacing: Spacing) => PlacedPicture,
): PlacedPicture {
  let best = drawn(first);
  for (const way of others) {
    if (paneScale(best) >= GOOD_SCALE) break;
    const next = drawn(way);
    if (paneScale(next) > paneScale(best)) best = next;
  }
  return best;
}

/** The smallest rectangle around all lines; the first corner of the whole where there are none. */
function lineBounds({ edges }: BlockContent): { left: number; top: number; right: number; bottom: number } {
  const bounds = { left: MARGIN, top: MARGIN, right: MARGIN, bottom: MARGIN };
  for (const { points } of edges) {
    for (const [x, y] of points) {
      bounds.left = Math.min(bounds.left, x);
      bounds.top = Math.min(bounds.top, y);
      bounds.right = Math.max(bounds.right, x);
      bounds.bottom = Math.max(bounds.bottom, y);
    }
  }
  return bounds;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function inOrder<T extends { readonly id: string }>(
  placed: readonly T[],
  order: readonly { readonly id: string }[],
): T[] {
  const at = new Map(placed.map((one) => [one.id, one]));
  return [...new Set(order.map(({ id }) => id))].flatMap((id) => at.get(id) ?? []);
}

/** The view's nodes in its boxes. Boxes without content fall out; where boxes contain each other, each is drawn where it is met first. */
function wholeOf(view: DrawnView): Part {
  const boxes = new Map(view.boxes.map((box) => [box.id, box]));
  const children = new Map<string | null, BoxView[]>();
  for (const box of boxes.values()) {
    const parent = box.parent !== null && boxes.has(box.parent) && !contains(boxes, box) ? box.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), box]);
  }
  const inside = new Map<string | null, NodeView[]>();
  for (const node of new Map(view.nodes.map((one) => [one.id, one])).values()) {
    const box = boxes.has(node.box) ? node.box : null;
    inside.set(box, [...(inside.get(box) ?? []), node]);
  }
  const partOf = (box: BoxView | null): Part => ({
    box,
    nodes: inside.get(box?.id ?? null) ?? [],
    parts: (children.get(box?.id ?? null) ?? [])
      .map(partOf)
      .filter((part) => part.nodes.length > 0 || part.parts.length > 0),
  });
  return partOf(null);
}

/** Whether a box contains itself through its parents. */
function contains(boxes: ReadonlyMap<string, BoxView>, box: BoxView): boolean {
  const seen = new Set<string>();
  for (let at: BoxView | undefined = box; at && !seen.has(at.id); at = boxes.get(at.parent ?? "")) {
    seen.add(at.id);
    if (at.parent === box.id) return true;
  }
  return false;
}
