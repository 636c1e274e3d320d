import type { Span } from "../../text/span.ts";

type Plain = { readonly [key: string]: unknown };

/** The same node, every span in it moved by `by`. */
export function shifted<T>(node: T, by: number): T {
  return by === 0 ? node : movedBy(node, ({ start, end }) => ({ start: start + by, end: end + by }));
}

/** The same node, every span in it put where `place` says. */
export function movedBy<T>(node: T, place: (span: Span) => Span): T {
  return copied(node, place) as T;
}

/** The same node with one place for everything in it: nodes of an older text have none of their own in this one. */
export function placedAt<T>(node: T, span: Span): T {
  return movedBy(node, () => span);
}

/** Nodes are plain data, and a span is the only thing in them that has a `start` and nothing else but an `end`. */
function copied(value: unknown, place: (span: Span) => Span): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = new Array<unknown>(value.length);
    for (let i = 0; i < value.length; i++) items[i] = copied(value[i], place);
    return items;
  }
  const node = value as Plain;
  if (node["start"] !== undefined) return place(node as unknown as Span);
  const result: Record<string, unknown> = {};
  for (const key in node) {
    const inside = node[key];
    result[key] = typeof inside === "object" && inside !== null ? copied(inside, place) : inside;
  }
  return result;
}
