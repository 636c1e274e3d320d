import type { DrawnEdge } from "../collapse/drawn-edge.ts";
import type { LabelBox } from "./label-box.ts";
import { reachesProxy } from "./proxy.ts";

type LabelOf = (edge: DrawnEdge) => LabelBox | null;

/** A line inside a cluster that several edges share: what they say and how they look is the same. */
export interface Trunk {
  readonly side: "left" | "right";
  readonly edges: readonly DrawnEdge[];
  readonly workers: ReadonlySet<string>;
  readonly reachesCoordinator: boolean;
  /** It begins or ends at the coordinator's proxy. */
  readonly onProxy: boolean;
  /** The edge that carries the label. */
  readonly named: DrawnEdge;
  readonly label: LabelBox | null;
}

/**
 * The trunks of a cluster, on each side from the workers outwards: what passes the proxy, then what reaches the coordinator beside it,
 * then what runs between workers only. Internal edges that are all allowed are one trunk, because everything in a cluster may then talk
 * to everything. Edges from a node to itself are in none.
 */
export function trunksOf(coordinator: string, edges: readonly DrawnEdge[], labelOf: LabelOf): readonly Trunk[] {
  const groups = new Map<string, DrawnEdge[]>();
  for (const edge of edges) {
    if (edge.source === edge.target) continue;
    const key = trunkKey(edge, coordinator, labelOf);
    const group = groups.get(key);
    if (group) group.push(edge);
    else groups.set(key, [edge]);
  }
  return [...groups.values()].map((group) => trunkOf(group, coordinator, labelOf)).sort((a, b) => order(a) - order(b));
}

function order({ onProxy, reachesCoordinator }: Trunk): number {
  return onProxy ? 0 : reachesCoordinator ? 1 : 2;
}

function trunkKey(edge: DrawnEdge, coordinator: string, labelOf: LabelOf): string {
  if (edge.kind === "internal" && edge.verdict === "allowed" && edge.change === null) return "internal";
  if (edge.source !== coordinator && edge.target !== coordinator) return edge.id;
  const { kind, verdict, change, hop, twoWay = false } = edge;
  const lines = labelOf(edge)?.lines ?? [];
  return JSON.stringify([edge.source === coordinator, kind, verdict, change, hop, twoWay, lines]);
}

function trunkOf(edges: readonly DrawnEdge[], coordinator: string, labelOf: LabelOf): Trunk {
  const atCoordinator = edges.filter((edge) => edge.source === coordinator || edge.target === coordinator);
  const named = (atCoordinator[0] ?? edges[0]) as DrawnEdge;
  const toProxy = atCoordinator.length > 0 && named.target === coordinator && reachesProxy(named, "target");
  const fromProxy = atCoordinator.length > 0 && named.source === coordinator && reachesProxy(named, "source");
  const ends = edges.flatMap((edge) => [edge.source, edge.target]);
  return {
    side: toProxy ? "left" : "right",
    edges,
    workers: new Set(ends.filter((id) => id !== coordinator)),
    reachesCoordinator: atCoordinator.length > 0,
    onProxy: toProxy || fromProxy,
    named,
    label: labelOf(named),
  };
}
