import type { DrawnEdge } from "../collapse/drawn-edge.ts";
import { edgeLines } from "../mermaid/edge-lines.ts";
import { shortened } from "../mermaid/label.ts";
import { shownLine } from "../text/shown-line.ts";
import type { Size } from "./columns.ts";
import type { PlacedLabel, TextWidth } from "./placed-picture.ts";
import { TEXT_STYLES } from "./text-styles.ts";
import { IN_LABELS, wrapped } from "./wrapped.ts";

/** The text of an edge's label with the room that it needs. */
export interface LabelBox extends Size {
  readonly lines: readonly string[];
}

const LINE_HEIGHT = 14;
const MARGIN_X = 4;
const MARGIN_Y = 2;
/** A line is cut beyond so many characters. */
const LONGEST = 34;

/** The label of an edge as a box, its lines broken beyond `widest` pixels where that is possible; null where nothing is written on the edge. */
export function labelBox(edge: DrawnEdge, widest: number, textWidth: TextWidth): LabelBox | null {
  const width = (line: string) => textWidth(line, TEXT_STYLES.label);
  const lines = edgeLines(edge, "short").flatMap((line) =>
    wrapped(shownLine(line), widest, IN_LABELS, width).map((one) => shortened(one, LONGEST)),
  );
  if (lines.length === 0) return null;
  return {
    lines,
    width: Math.ceil(Math.max(...lines.map(width))) + 2 * MARGIN_X,
    height: lines.length * LINE_HEIGHT + 2 * MARGIN_Y,
  };
}

/** The label with its upper left corner at a place. */
export function placedLabel({ lines, width, height }: LabelBox, x: number, y: number): PlacedLabel {
  return {
    x,
    y,
    width,
    height,
    text: lines.join("\n"),
    lines: lines.map((text, at) => ({
      text,
      x: x + width / 2,
      y: y + MARGIN_Y + LINE_HEIGHT * at + 11,
      style: TEXT_STYLES.label,
    })),
  };
}
