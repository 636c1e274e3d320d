import type { Point } from "../layout/placed-picture.ts";
import { arrival } from "./line-path.ts";
import { coordinate, type Shape, shapeOf } from "./shape.ts";

/** What is drawn at the end of a line: an arrow, a circle (pods), a cross (refused), a box (another model). */
export type Head = "arrow" | "circle" | "cross" | "box" | "none";

/** Between a head and the outline at which its line ends. */
const CLEAR = 2;

/** How much of its line a head takes, in pixels from the outline. */
export const HEAD_LENGTH: Readonly<Record<Head, number>> = { arrow: 9, circle: 9.5, cross: 4, box: 12, none: 0 };

/** The head at the last point of a line; the arrow points at it. No head: null. */
export function headShape(head: Head, points: readonly Point[]): Shape | null {
  const tip = points.at(-1);
  if (head === "none" || !tip) return null;
  const [dx, dy] = arrival(points);
  /** A place so far before the tip and so far beside the line. */
  const at = (back: number, aside: number) =>
    `${coordinate(tip[0] - dx * (back + CLEAR) - dy * aside)},${coordinate(tip[1] - dy * (back + CLEAR) + dx * aside)}`;
  if (head === "circle") {
    const [cx, cy] = at(4, 0).split(",") as [string, string];
    return shapeOf("circle", { class: "head-open", cx, cy, r: 3.5 });
  }
  if (head === "cross")
    return shapeOf("path", { class: "head-line", d: `M${at(1, -4)} L${at(9, 4)} M${at(9, -4)} L${at(1, 4)}` });
  const arrow = (from: number) => `M${at(from, 0)} L${at(from + 9, -4.5)} L${at(from + 9, 4.5)} Z`;
  if (head === "arrow") return shapeOf("path", { class: "head-full", d: arrow(0) });
  return shapeOf("path", {
    class: "head-full",
    d: `${arrow(3)} M${at(0, -4.5)} L${at(1.8, -4.5)} L${at(1.8, 4.5)} L${at(0, 4.5)} Z`,
  });
}
