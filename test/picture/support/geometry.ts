import type { Direction, PlacedPicture, Point, Rectangle } from "../../../engine/picture/src/layout/placed-picture.ts";

/* What must never be in a picture, found by looking at its coordinates. */

/** How far something must lie inside a rectangle to count, in pixels. */
const TOLERANCE = 0.5;

function inside([x, y]: Point, at: Rectangle): boolean {
  return (
    x > at.x + TOLERANCE && x < at.x + at.width - TOLERANCE && y > at.y + TOLERANCE && y < at.y + at.height - TOLERANCE
  );
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return (
    Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > TOLERANCE &&
    Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > TOLERANCE
  );
}

/** Points along a line: straight, and as the curves that slanted pieces are drawn as. */
function along(points: readonly Point[], direction: Direction): Point[] {
  const found: Point[] = [];
  for (let at = 1; at < points.length; at += 1) {
    const [[x1, y1], [x2, y2]] = [points[at - 1] as Point, points[at] as Point];
    for (let step = 0; step <= 24; step += 1) {
      const t = step / 24;
      found.push([x1 + (x2 - x1) * t, y1 + (y2 - y1) * t]);
      // A cubic whose handles point in the picture's direction and meet half-way.
      const s = 1 - t;
      const forward = (a: number, b: number) =>
        s * s * s * a + (3 * s * s * t + 3 * s * t * t) * ((a + b) / 2) + t * t * t * b;
      const aside = (a: number, b: number) => (s * s * s + 3 * s * s * t) * a + (3 * s * t * t + t * t * t) * b;
      found.push(direction === "right" ? [forward(x1, x2), aside(y1, y2)] : [aside(x1, x2), forward(y1, y2)]);
    }
  }
  return found;
}

/** Everything that is wrong with a picture, as sentences. `ends` has the source and target of each edge. */
export function faults(
  picture: PlacedPicture,
  ends: ReadonlyMap<string, { readonly source: string; readonly target: string }>,
): string[] {
  const found: string[] = [];
  const labels = picture.edges.flatMap(({ id, label }) => (label ? [{ id, ...label }] : []));
  for (const [index, node] of picture.nodes.entries())
    for (const other of picture.nodes.slice(index + 1))
      if (overlap(node, other)) found.push(`${node.id} covers ${other.id}`);
  for (const { id, points } of picture.edges) {
    const { source, target } = ends.get(id) ?? { source: "", target: "" };
    const way = along(points, picture.direction);
    for (const node of picture.nodes)
      if (node.id !== source && node.id !== target && way.some((point) => inside(point, node)))
        found.push(`${id} runs through ${node.id}`);
    for (const end of [source, target]) {
      const node = picture.nodes.find((one) => one.id === end);
      const tip = end === source ? points[0] : points.at(-1);
      if (node && tip && !touches(tip, node)) found.push(`${id} does not end at ${end}`);
    }
    const [before, tip] = [points.at(-2), points.at(-1)];
    if (before && tip) {
      const isStraight = Math.abs(before[0] - tip[0]) < 0.2 || Math.abs(before[1] - tip[1]) < 0.2;
      if (!isStraight) found.push(`${id} arrives aslant`);
      if (Math.hypot(before[0] - tip[0], before[1] - tip[1]) < 9) found.push(`${id} has no room for its head`);
    }
  }
  for (const [index, label] of labels.entries()) {
    for (const other of labels.slice(index + 1))
      if (overlap(label, other)) found.push(`the label of ${label.id} covers that of ${other.id}`);
    for (const node of picture.nodes)
      if (overlap(label, node)) found.push(`the label of ${label.id} covers ${node.id}`);
  }
  for (const part of [...picture.nodes, ...labels, ...picture.boxes])
    if (part.x < 0 || part.y < 0 || part.x + part.width > picture.width || part.y + part.height > picture.height)
      found.push(`${part.id} sticks out of the picture`);
  return found;
}

/** A line's end lies on its node's outline, or at the proxy inside it. */
function touches([x, y]: Point, node: PlacedPicture["nodes"][number]): boolean {
  const isOn = (at: Rectangle) =>
    x >= at.x - 1 && x <= at.x + at.width + 1 && y >= at.y - 1 && y <= at.y + at.height + 1 && !inside([x, y], at);
  return isOn(node) || (node.proxy !== null && isOn(node.proxy));
}
