import type { BoxView, NodeView } from "#protocol";

/** The boxes in which something stands, and the boxes around those; in the order given. */
export function boxesOf(boxes: readonly BoxView[], nodes: readonly NodeView[]): BoxView[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const used = new Set<string>();
  for (const node of nodes) {
    let box = byId.get(node.box);
    while (box && !used.has(box.id)) {
      used.add(box.id);
      box = box.parent === null ? undefined : byId.get(box.parent);
    }
  }
  return boxes.filter((box) => used.has(box.id));
}
