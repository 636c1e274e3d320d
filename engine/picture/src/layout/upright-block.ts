import { type Block, type BlockContent, type BlockEnd, endKey } from "./block.ts";
import type { Point } from "./placed-picture.ts";
import { turned, turnedPoint } from "./turned.ts";

/** Between two lanes, and between the block and its first lane. */
const LANE_GAP = 10;
const FIRST_LANE = 16;

/**
 * A block that is always drawn from left to right, for a picture from top to bottom: lines from above come down in lanes on its left and
 * turn to its left side; lines that leave its right side turn into lanes there and go down. `ends` are those that `block` was made for.
 */
export function uprightBlock(block: Block, ends: readonly BlockEnd[]): Block {
  const sides = { left: ends.filter((end) => end.side === "left"), right: ends.filter((end) => end.side === "right") };
  const room = (side: "left" | "right") =>
    sides[side].length === 0 ? 0 : FIRST_LANE + (sides[side].length - 1) * LANE_GAP;
  const size = { width: room("left") + block.width + room("right"), height: block.height };
  return {
    id: block.id,
    ...turned("down", size),
    draw: (at, towards, into) => {
      const [x, y] = turnedPoint("down", at);
      const left = x + room("left");
      const right = left + block.width;
      const own: BlockContent = { nodes: into.nodes, edges: [], boxes: into.boxes };
      // The line from the far left takes the outermost lane and so the lowest port; so does, mirrored, the line to the far right.
      const order = new Map([...towards].map(([key, from]) => [key, -from]));
      const inwards = block.draw([left, y], order, own);
      for (const edge of own.edges)
        into.edges.push({ ...edge, points: edge.points.map((point) => turnedPoint("down", point)) });
      const found = new Map<string, readonly Point[]>();
      for (const side of ["left", "right"] as const) {
        const keys = sides[side].map(({ edge, role }) => endKey(edge, role));
        const height = (key: string) => inwards.get(key)?.[0]?.[1] ?? y;
        // On the left the highest port is reached from the nearest lane, on the right the lowest one.
        const byLane = [...keys].sort((a, b) => (side === "left" ? height(a) - height(b) : height(b) - height(a)));
        for (const [index, key] of byLane.entries()) {
          const out = FIRST_LANE + index * LANE_GAP;
          const lane = side === "left" ? left - out : right + out;
          const rim = side === "left" ? y : y + block.height;
          const points: readonly Point[] = [[lane, rim], [lane, height(key)], ...(inwards.get(key) ?? [])];
          found.set(
            key,
            points.map((point) => turnedPoint("down", point)),
          );
        }
      }
      return found;
    },
  };
}
