import type { NodeView } from "#protocol";
import { type Block, type BlockEnd, type Drawing, endKey, sideHeight, sidePorts } from "./block.ts";
import { LOOP_ROOM, loopPoints } from "./loops.ts";
import { nodeBox, placedNode } from "./node-box.ts";
import type { Point } from "./placed-picture.ts";
import { turned } from "./turned.ts";

/** One node as a block. `loops` are the edges from it to itself: they go round its lower edge. */
export function nodeBlock(
  node: NodeView,
  ends: readonly BlockEnd[],
  loops: readonly string[],
  { spacing: { direction, name }, textWidth }: Pick<Drawing, "spacing" | "textWidth">,
): Block {
  const box = nodeBox(node, name, textWidth);
  const { width, height } = turned(direction, { width: box.width, height: box.height });
  const left = ends.filter((end) => end.side === "left");
  const right = ends.filter((end) => end.side === "right");
  const inner = Math.max(height, sideHeight(left.length), sideHeight(right.length));
  return {
    id: node.id,
    width,
    height: inner + (loops.length > 0 ? LOOP_ROOM : 0),
    draw: ([x, y], towards, into) => {
      const at = { x, y, width, height: inner };
      into.nodes.push(placedNode(node, box, turned(direction, at)));
      for (const [index, id] of loops.entries()) into.edges.push({ id, points: loopPoints(at, index), label: null });
      const found = new Map<string, readonly Point[]>();
      for (const [side, list] of [
        [x, left],
        [x + width, right],
      ] as const) {
        const ports = sidePorts(list, towards, y, y + inner);
        for (const { edge, role } of list) {
          const key = endKey(edge, role);
          found.set(key, [[side, ports.get(key) ?? y]]);
        }
      }
      return found;
    },
  };
}
