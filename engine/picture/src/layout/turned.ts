import type { Direction, Point, Rectangle } from "./placed-picture.ts";

/*
 * A picture from top to bottom is placed as one from left to right whose nodes and labels lie on their side: x and y are exchanged.
 * Each function exchanges them for the direction "down" only.
 */

/** A size or rectangle. */
export function turned<T extends Partial<Rectangle> & { readonly width: number; readonly height: number }>(
  direction: Direction,
  at: T,
): T {
  if (direction === "right") return at;
  const place = at.x === undefined || at.y === undefined ? {} : { x: at.y, y: at.x };
  return { ...at, ...place, width: at.height, height: at.width };
}

/** A point. */
export function turnedPoint(direction: Direction, [x, y]: Point): Point {
  return direction === "right" ? [x, y] : [y, x];
}
