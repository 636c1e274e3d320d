/*
 * A traffic graph with coordinates. All numbers are pixels at scale 1; `x` and `y` of a rectangle are its upper left corner.
 */

/** Where most lines lead: from left to right, or from top to bottom. */
export type Direction = "right" | "down";

/** A point: x, then y. */
export type Point = readonly [x: number, y: number];

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How one line of text is set. Font sizes are in pixels. */
export interface TextStyle {
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
}

/** The width in pixels of a text without line breaks. The layout asks for it, because only the host knows its fonts. */
export type TextWidth = (text: string, style: TextStyle) => number;

/** One line of text; `x` is the middle, `y` the baseline. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly style: TextStyle;
}

/** The coordinator's telemetry proxy: a part of its node where telemetry lines begin and end. */
export interface PlacedPort extends Rectangle {
  readonly text: PlacedText;
}

export interface PlacedNode extends Rectangle {
  readonly id: string;
  readonly lines: readonly PlacedText[];
  /** Squares of 14 pixels for the icon of the node's kind and, on the mesh, for the badge. */
  readonly icon: Point;
  readonly badge: Point | null;
  readonly proxy: PlacedPort | null;
}

export interface PlacedLabel extends Rectangle {
  /** The lines of the label, joined by a line break. */
  readonly text: string;
  readonly lines: readonly PlacedText[];
}

export interface PlacedEdge {
  readonly id: string;
  /**
   * From the source's outline to the target's. A slanted piece may be drawn straight, or as a curve that leaves and arrives in the
   * picture's direction; either stays between its two points.
   */
  readonly points: readonly Point[];
  readonly label: PlacedLabel | null;
}

export interface PlacedBox extends Rectangle {
  readonly id: string;
  readonly title: PlacedText;
}

/** A picture whose every part has its place. */
export interface PlacedPicture {
  readonly kind: "placed";
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly boxes: readonly PlacedBox[];
}

/** A graph that is not drawn; `reason` is a sentence for the user. */
export interface RefusedPicture {
  readonly kind: "refused";
  readonly reason: string;
}
