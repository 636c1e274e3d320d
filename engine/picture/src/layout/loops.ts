import type { Point, Rectangle } from "./placed-picture.ts";

/** Room that lines from a node to itself take below it. */
export const LOOP_ROOM = 12;
const WIDTH = 18;
const GAP = 10;

/** The way of a line from a node to itself: a step below its lower edge, the first one near the right corner. */
export function loopPoints({ x, y, width, height }: Rectangle, index: number): readonly Point[] {
  const room = Math.max(1, Math.floor((width - 2 * GAP) / (WIDTH + GAP)));
  const right = x + width - GAP - (index % room) * (WIDTH + GAP);
  const bottom = y + height;
  const below = bottom + LOOP_ROOM - 2;
  return [
    [right, bottom],
    [right, below],
    [right - WIDTH, below],
    [right - WIDTH, bottom],
  ];
}
