import type { EdgeView } from "#protocol";
import { runsInside } from "./grouping.ts";

/** Reasons kept on a merged edge; the rest stand on the single edges of the opened group. */
const MAX_REASONS = 50;

/**
 * The edges of a view whose nodes were put into groups: those of one kind, verdict, layer and interface between the same two nodes
 * become one, with the union of ports, methods and paths and a count in the label. Edges inside a group are left out.
 */
export function mergedEdges(edges: readonly EdgeView[], groups: ReadonlySet<string>): EdgeView[] {
  const together = new Map<string, EdgeView[]>();
  const order: EdgeView[][] = [];
  for (const edge of edges) {
    if (runsInside(edge, groups)) continue;
    const touched = groups.has(edge.source) || groups.has(edge.target);
    const key = touched
      ? JSON.stringify([edge.kind, edge.source, edge.target, edge.verdict, edge.layer, edge.interface, edge.change])
      : edge.id;
    const part = together.get(key);
    if (part) part.push(edge);
    else {
      const fresh = [edge];
      together.set(key, fresh);
      order.push(fresh);
    }
  }
  return order.map((part) => (part.length === 1 ? (part[0] as EdgeView) : merged(part)));
}

function merged(part: readonly EdgeView[]): EdgeView {
  const first = part[0] as EdgeView;
  const labels = new Set(part.map((edge) => edge.label));
  return {
    ...first,
    id: `merged:${first.id}`,
    label: `${labels.size === 1 ? first.label : (first.interface ?? first.kind)} ×${part.length}`.trim(),
    relation: same(part.map((edge) => edge.relation)),
    ports: union(part.map((edge) => edge.ports))?.sort((a, b) => a - b) ?? null,
    methods: union(part.map((edge) => edge.methods))?.sort() ?? null,
    paths: union(part.map((edge) => edge.paths))?.sort() ?? null,
    scheme: same(part.map((edge) => edge.scheme)),
    telemetry: same(part.map((edge) => edge.telemetry)),
    crossModel: part.some((edge) => edge.crossModel),
    policies: [...new Set(part.flatMap((edge) => edge.policies))],
    because: part.flatMap((edge) => edge.because).slice(0, MAX_REASONS),
  };
}

/** null stands for "all", which swallows the rest. */
function union<T>(lists: readonly (readonly T[] | null)[]): T[] | null {
  if (lists.some((list) => list === null)) return null;
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

function same<T>(values: readonly (T | null)[]): T | null {
  const first = values[0] ?? null;
  return values.every((value) => value === first) ? first : null;
}
