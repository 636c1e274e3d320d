import type { Direction } from "./placed-picture.ts";

/** How much room a picture takes. All numbers are pixels. */
export interface Spacing {
  readonly direction: Direction;
  /** Between a column of blocks and the column of labels beside it. */
  readonly columnGap: number;
  /** Between two blocks of a column. */
  readonly blockGap: number;
  /** A line of a label, of a node's text, is broken beyond this width. */
  readonly label: number;
  readonly name: number;
}

const WIDE: Spacing = { direction: "right", columnGap: 22, blockGap: 18, label: 112, name: 132 };
const CLOSE: Spacing = { ...WIDE, columnGap: 13, blockGap: 12 };
const TIGHT: Spacing = { direction: "right", columnGap: 13, blockGap: 14, label: 84, name: 96 };
const DOWN: Spacing = { direction: "down", columnGap: 16, blockGap: 24, label: 112, name: 132 };
const DOWN_CLOSE: Spacing = { ...DOWN, columnGap: 8, blockGap: 14 };

/** The ways to draw a picture, the clearest first. */
export const SPACINGS: readonly [Spacing, ...Spacing[]] = [WIDE, CLOSE, TIGHT, DOWN, DOWN_CLOSE];

/** A pane of 900 × 700 pixels, and the scale at which labels of 12 pixels are 9 pixels high. */
const PANE = { width: 884, height: 684 } as const;
export const GOOD_SCALE = 0.75;

/** The scale at which a picture fits a pane of 900 × 700 pixels, cut at the scale that is good enough. */
export function paneScale({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.min(GOOD_SCALE, PANE.width / Math.max(1, width), PANE.height / Math.max(1, height));
}
