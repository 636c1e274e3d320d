import type { Direction, Point } from "../layout/placed-picture.ts";
import { coordinate } from "./shape.ts";

const RADIUS = 6;

/**
 * The SVG path of a line. Level and upright pieces are straight with round corners; a slanted piece is a curve that leaves and arrives
 * in the picture's direction. `shorten` takes so many pixels off its ends, where heads are drawn.
 */
export function linePath(
  points: readonly Point[],
  shorten: { readonly start: number; readonly end: number },
  direction: Direction,
): string {
  const line = shortened(points, shorten);
  const [first] = line;
  if (!first) return "";
  const parts = [`M${text(first)}`];
  for (let at = 1; at < line.length; at += 1) {
    const [from, to, next] = [line[at - 1] as Point, line[at] as Point, line[at + 1]];
    if (isSlanted(from, to)) {
      const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      const handles: readonly Point[] =
        direction === "right"
          ? [
              [middle[0], from[1]],
              [middle[0], to[1]],
            ]
          : [
              [from[0], middle[1]],
              [to[0], middle[1]],
            ];
      parts.push(`C${[...handles, to].map(text).join(" ")}`);
    } else if (next && !isSlanted(to, next)) {
      const radius = Math.min(RADIUS, length(from, to) / 2, length(to, next) / 2);
      parts.push(`L${text(towards(to, from, radius))}`, `Q${text(to)} ${text(towards(to, next, radius))}`);
    } else parts.push(`L${text(to)}`);
  }
  return parts.join(" ");
}

/** The direction in which a line arrives at its last point, as a vector of length 1. */
export function arrival(points: readonly Point[]): Point {
  const to: Point = points.at(-1) ?? [0, 0];
  const from: Point = points.at(-2) ?? [-1, 0];
  const distance = length(from, to) || 1;
  return [(to[0] - from[0]) / distance, (to[1] - from[1]) / distance];
}

function shortened(
  points: readonly Point[],
  { start, end }: { readonly start: number; readonly end: number },
): Point[] {
  const line = [...points];
  const [a, b] = [line[0], line[1]];
  if (start > 0 && a && b) line[0] = towards(a, b, Math.min(start, length(a, b)));
  const [y, z] = [line.at(-2), line.at(-1)];
  if (end > 0 && y && z) line[line.length - 1] = towards(z, y, Math.min(end, length(y, z)));
  return line;
}

function isSlanted(a: Point, b: Point): boolean {
  return Math.abs(a[0] - b[0]) > 0.1 && Math.abs(a[1] - b[1]) > 0.1;
}

function towards(from: Point, to: Point, distance: number): Point {
  const all = length(from, to) || 1;
  return [from[0] + ((to[0] - from[0]) * distance) / all, from[1] + ((to[1] - from[1]) * distance) / all];
}

function length(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function text([x, y]: Point): string {
  return `${coordinate(x)},${coordinate(y)}`;
}
