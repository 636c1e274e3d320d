import type { EdgeView } from "#protocol";
import { type DrawnEdge, flowsOf } from "./drawn-edge.ts";
import { runsInside } from "./grouping.ts";
import { mergedLabel } from "./merged-label.ts";

/** Reasons kept on a merged edge; the rest stand on its flows. */
const MAX_REASONS = 50;

/**
 * What becomes one line: `parallel`, all of one look from one node to another; `two-way`, inside a cluster those of both directions too;
 * `groups`, only what groups had to bring together.
 */
export type Merging = "parallel" | "two-way" | "groups";

/**
 * Edges of one look between the same two nodes as one, with the union of ports, methods and paths, a count in the label, and all
 * flows behind it. One look: of one kind, verdict, part of telemetry's way and change, so that nothing denied hides behind something
 * allowed. With `groups` only edges of a group are merged, and only where layer and interface are the same too. Merged edges in
 * `apart` stay as they are, edges inside a group are left out. Ids follow from what is merged, not from the order or number of edges.
 */
export function mergedEdges(
  edges: readonly DrawnEdge[],
  merging: Merging,
  groups: ReadonlySet<string> = new Set(),
  apart: ReadonlySet<string> = new Set(),
): DrawnEdge[] {
  const together = new Map<string, DrawnEdge[]>();
  for (const edge of edges) {
    if (runsInside(edge, groups)) continue;
    const touched = groups.has(edge.source) || groups.has(edge.target);
    const key = merging !== "groups" || touched ? mergedId(edge, merging) : edge.id;
    const part = together.get(key);
    if (part) part.push(edge);
    else together.set(key, [edge]);
  }
  return [...together].flatMap(([id, part]) => (part.length === 1 || apart.has(id) ? part : [merged(id, part)]));
}

/** The id of the line that an edge would be part of. */
export function mergedId(edge: EdgeView, merging: Merging): string {
  const ends = [edge.source, edge.target];
  if (merging === "two-way" && edge.kind === "internal") ends.sort();
  const look = [edge.kind, ...ends, edge.verdict, edge.hop, edge.change];
  return `merged:${(merging === "groups" ? [...look, edge.layer, edge.interface] : look).map(idPart).join("|")}`;
}

/** A part of an id in which nothing ends it: two different edges never get the same id, whatever they are called. */
function idPart(part: string | null): string {
  return part === null ? "" : part.replaceAll(/[%|"\n]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function merged(id: string, part: readonly DrawnEdge[]): DrawnEdge {
  // What each flow grants stands on the flows.
  const { grants: _, ...first } = part[0] as DrawnEdge;
  const flows = [...new Set(part.flatMap(flowsOf))];
  return {
    ...first,
    id,
    flows,
    twoWay: part.some((edge) => edge.twoWay || edge.source !== first.source),
    label: mergedLabel(flows),
    layer: same(part.map((edge) => edge.layer)),
    relation: same(part.map((edge) => edge.relation)),
    interface: same(part.map((edge) => edge.interface)),
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
