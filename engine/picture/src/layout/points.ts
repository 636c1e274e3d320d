import type { Point } from "./placed-picture.ts";

/** Less than this is the same place. */
const NEAR = 0.05;

/** A way without points that repeat the one before or lie on the straight line between their neighbours, where that is level or upright. */
export function withoutNeedless(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && same(last[0], point[0]) && same(last[1], point[1])) continue;
    const before = kept.at(-2);
    if (last && before && (isLine(before, last, point, 0) || isLine(before, last, point, 1))) kept.pop();
    kept.push(point);
  }
  return kept;
}

function isLine(a: Point, b: Point, c: Point, axis: 0 | 1): boolean {
  return same(a[axis], b[axis]) && same(b[axis], c[axis]);
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) < NEAR;
}
