import { Graph, layout as layered } from "@dagrejs/dagre";
import type { Point } from "./placed-picture.ts";
import type { Spacing } from "./spacing.ts";

/*
 * Blocks in columns, from left to right. dagre chooses columns, order and heights; what is done here is to keep every line
 * on a height of its own while it crosses a column, so that it passes no block there and slants only where nothing stands.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface ColumnBlock extends Size {
  readonly id: string;
}

/** A line between two blocks that runs from left to right. */
export interface ColumnLink {
  readonly id: string;
  readonly left: string;
  readonly right: string;
  readonly label: Size | null;
  /** How many columns to the right of `left` the other block stands, at least. */
  readonly span: number;
}

export interface ColumnPicture {
  /** Upper left corners by block. */
  readonly blocks: ReadonlyMap<string, Point>;
  readonly links: ReadonlyMap<string, ColumnRoute>;
  readonly width: number;
  readonly height: number;
}

/** The way of a line between its blocks. */
export interface ColumnRoute {
  /** The columns that it crosses, from left to right: it runs on height `y` from `from` to `to`. */
  readonly crossings: readonly { readonly from: number; readonly to: number; readonly y: number }[];
  /** The right edge of the column in which it begins, and the left edge of that in which it ends. */
  readonly start: number;
  readonly end: number;
  /** Upper left corner of its label. */
  readonly label: Point | null;
}

/** Straight pieces before and after each block, long enough for an arrow head. */
export const STUB = 13;
const LINE_GAP = 9;

/** Places blocks in columns. Links must not form a circle nor join a block to itself. Throws what dagre throws. */
export function columnPicture(
  blocks: readonly ColumnBlock[],
  links: readonly ColumnLink[],
  { columnGap, blockGap }: Pick<Spacing, "columnGap" | "blockGap">,
): ColumnPicture {
  if (blocks.length === 0) return { blocks: new Map(), links: new Map(), width: 0, height: 0 };
  const graph = new Graph({ multigraph: true });
  // dagre halves the distance of columns, because it puts a column of labels between each two.
  graph.setGraph({ rankdir: "LR", nodesep: blockGap, edgesep: LINE_GAP, ranksep: 2 * columnGap });
  for (const { id, width, height } of blocks) graph.setNode(id, { width: width + 2 * STUB, height });
  for (const { id, left, right, label, span } of links)
    graph.setEdge(
      left,
      right,
      { width: label?.width ?? 0, height: label?.height ?? 0, labelpos: "c", minlen: span },
      id,
    );
  layered(graph);
  const columns = new Map<number, number>();
  const widen = (x: number, width: number) => columns.set(column(x), Math.max(columns.get(column(x)) ?? 0, width));
  const places = new Map<string, Point>();
  for (const { id, width, height } of blocks) {
    const { x, y } = graph.node(id) as { readonly x: number; readonly y: number };
    widen(x, width + 2 * STUB);
    places.set(id, [x - STUB - width / 2, y - height / 2]);
  }
  const drawn = links.map((link) => ({
    link,
    edge: graph.edge(link.left, link.right, link.id) as {
      readonly points: readonly { readonly x: number; readonly y: number }[];
      readonly x?: number;
      readonly y?: number;
    },
  }));
  for (const { link, edge } of drawn) if (link.label && edge.x !== undefined) widen(edge.x, link.label.width);
  const extent = (x: number) => (columns.get(column(x)) ?? 0) / 2;
  const routes = new Map<string, ColumnRoute>();
  for (const { link, edge } of drawn) {
    const [start, end] = [link.left, link.right].map((id) => (graph.node(id) as { readonly x: number }).x) as [
      number,
      number,
    ];
    routes.set(link.id, {
      // The first and the last point lie on the blocks' outlines.
      crossings: edge.points
        .slice(1, -1)
        .map(({ x, y }) => ({ from: x - STUB - extent(x), to: x - STUB + extent(x), y })),
      start: start - STUB + extent(start),
      end: end - STUB - extent(end),
      label:
        link.label && edge.x !== undefined && edge.y !== undefined
          ? [edge.x - STUB - link.label.width / 2, edge.y - link.label.height / 2]
          : null,
    });
  }
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>;
  // No line leaves the first column to the left, nor the last one to the right.
  return { blocks: places, links: routes, width: width - 2 * STUB, height };
}

/** Blocks of one column have the same middle, but for the last bits of a sum. */
function column(x: number): number {
  return Math.round(x * 8);
}
