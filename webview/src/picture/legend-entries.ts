import { type DrawnView, EDGE_STYLES, type EdgeStyle, flowsOf, NODE_STYLES, verdictSign } from "#picture";
import type { EdgeView, GraphView } from "#protocol";
import { CHANGE_NAMES } from "../view/wording.ts";

interface LegendLine {
  readonly style: EdgeStyle;
  /** The number of flows, several of which may be one line. */
  readonly count: number;
  readonly hidden: boolean;
}

/** What the legend lists: exactly the kinds that are drawn, and the hidden kinds that could be drawn. */
export interface LegendEntries {
  readonly nodes: readonly (typeof NODE_STYLES)[number][];
  /** Kinds of traffic. Their counts add up to the number of flows. */
  readonly flows: readonly LegendLine[];
  /** The mesh's own relations, which are no traffic. */
  readonly relations: readonly LegendLine[];
  readonly changes: readonly NonNullable<EdgeView["change"]>[];
  /** Verdicts that labels show and the look of a line does not. */
  readonly signs: readonly ("denied" | "unknown")[];
  readonly onMesh: boolean;
  readonly placeholders: boolean;
}

/** The legend's entries for what is drawn; `whole` is the graph before anything was hidden. */
export function legendEntries(drawn: DrawnView, whole: GraphView, hiddenKinds: readonly string[]): LegendEntries {
  const nodeKinds = new Set(drawn.nodes.map((node) => node.kind));
  const counts = new Map<string, number>();
  for (const edge of drawn.edges) counts.set(edge.kind, (counts.get(edge.kind) ?? 0) + flowsOf(edge).length);
  const inWhole = new Set(whole.edges.map((edge) => edge.kind));
  const changes = new Set(drawn.edges.map((edge) => edge.change));
  const lines = EDGE_STYLES.filter(
    (style) => counts.has(style.kind) || (inWhole.has(style.kind) && hiddenKinds.includes(style.kind)),
  ).map((style) => ({ style, count: counts.get(style.kind) ?? 0, hidden: hiddenKinds.includes(style.kind) }));
  return {
    nodes: NODE_STYLES.filter((style) => nodeKinds.has(style.kind)),
    flows: lines.filter(({ style }) => style.kind !== "mesh"),
    relations: lines.filter(({ style }) => style.kind === "mesh"),
    changes: (Object.keys(CHANGE_NAMES) as (keyof typeof CHANGE_NAMES)[]).filter((change) => changes.has(change)),
    signs: (["denied", "unknown"] as const).filter((sign) => drawn.edges.some((edge) => verdictSign(edge) === sign)),
    onMesh: drawn.nodes.some((node) => node.onMesh && node.kind !== "beacon"),
    placeholders: drawn.nodes.some((node) => node.placeholder),
  };
}
