import type { DrawnEdge } from "../collapse/drawn-edge.ts";
import type { Size } from "./columns.ts";
import type { LabelBox } from "./label-box.ts";
import type { PlacedBox, PlacedEdge, PlacedNode, Point, TextWidth } from "./placed-picture.ts";
import type { Spacing } from "./spacing.ts";

/*
 * A block is what a column holds: one node, a cluster, or a whole model. Its size is known before its place is, and lines end at its
 * left or right side. A picture from top to bottom is placed in the same way, with x and y exchanged (`turned.ts`); nodes, labels and
 * boxes in a BlockContent are as they are drawn, its edges are turned at the end.
 */

/** The end of a line that comes to a block from outside. */
export interface BlockEnd {
  /** The drawn edge's id. */
  readonly edge: string;
  /** The node in the block where the line really ends. */
  readonly node: string;
  readonly side: "left" | "right";
  readonly role: "source" | "target";
}

/** What a block adds to the picture. */
export interface BlockContent {
  readonly nodes: PlacedNode[];
  readonly edges: PlacedEdge[];
  readonly boxes: PlacedBox[];
}

/** What all blocks of one picture ask for. */
export interface Drawing {
  readonly edgeOf: (id: string) => DrawnEdge | undefined;
  readonly labelOf: (edge: DrawnEdge) => LabelBox | null;
  readonly textWidth: TextWidth;
  readonly spacing: Spacing;
}

export interface Block extends Size {
  readonly id: string;
  /**
   * Draws the block with its upper left corner at a place. `towards` has the height from which each line comes, by edge and role. Gives
   * for each end the points from the block's rim inwards, by the same keys (`endKey`).
   */
  draw(at: Point, towards: ReadonlyMap<string, number>, into: BlockContent): ReadonlyMap<string, readonly Point[]>;
}

/** The key of one end of an edge. */
export function endKey(edge: string, role: "source" | "target"): string {
  return `${role} ${edge}`;
}

/** Between two lines that end at one side of a node. */
export const PORT_GAP = 14;

/** How high a side must be for so many lines to end there. */
export function sideHeight(ends: number): number {
  return ends === 0 ? 0 : (ends - 1) * PORT_GAP + 20;
}

/**
 * The heights at which lines end on a stretch of a node's side, by key: in the order of the heights from which they come, evenly
 * about the middle, so that no two cross just before the node.
 */
export function sidePorts(
  ends: readonly BlockEnd[],
  towards: ReadonlyMap<string, number>,
  from: number,
  to: number,
): ReadonlyMap<string, number> {
  const keys = ends.map(({ edge, role }) => endKey(edge, role));
  const ordered = keys
    .map((key, index) => ({ key, index, y: towards.get(key) ?? 0 }))
    .sort((a, b) => a.y - b.y || a.index - b.index);
  const gap = Math.min(PORT_GAP, (to - from) / Math.max(1, ordered.length));
  const first = (from + to) / 2 - (gap * (ordered.length - 1)) / 2;
  return new Map(ordered.map(({ key }, at) => [key, first + gap * at]));
}
