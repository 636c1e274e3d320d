/** Something with a place in the picture. */
export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export type Direction = "left" | "right" | "up" | "down";

/** How much worse it is to lie aside than ahead. */
const ASIDE = 2.5;

/**
 * The nearest one in a direction, as a person would expect from an arrow key: what lies ahead counts by its distance, and by how
 * far it is off the straight line. null: there is nothing that way.
 */
export function neighbour<T extends Placed>(all: readonly T[], from: Placed, direction: Direction): T | null {
  let best: T | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const one of all) {
    if (one.id === from.id) continue;
    const dx = one.x - from.x;
    const dy = one.y - from.y;
    const horizontal = direction === "left" || direction === "right";
    const ahead = horizontal ? (direction === "right" ? dx : -dx) : direction === "down" ? dy : -dy;
    const aside = Math.abs(horizontal ? dy : dx);
    if (ahead <= 1 || aside > ahead * 4) continue;
    const cost = ahead + aside * ASIDE;
    if (cost < least) {
      best = one;
      least = cost;
    }
  }
  return best;
}

/** What a picture is about: its first coordinator, else its first application; undefined where it is empty. */
export function subjectOf<T extends Placed & { readonly element: Element }>(nodes: readonly T[]): T | undefined {
  const ordered = readingOrder(nodes);
  return ordered.find((node) => node.element.classList.contains("node-coordinator")) ?? ordered[0];
}

/** In the order in which a page is read: rows from the top, each from the left. */
export function readingOrder<T extends Placed>(all: readonly T[], rowHeight = 24): T[] {
  return [...all].sort((a, b) => {
    const rows = Math.round(a.y / rowHeight) - Math.round(b.y / rowHeight);
    return rows === 0 ? a.x - b.x : rows;
  });
}
