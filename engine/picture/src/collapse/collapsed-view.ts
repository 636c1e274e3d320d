import type { GraphView, NodeView } from "#protocol";
import { boxesOf } from "../view/boxes-of.ts";
import type { DrawnEdge, DrawnView } from "./drawn-edge.ts";
import { type Grouping, groupings } from "./grouping.ts";
import { mergedEdges } from "./merged-edges.ts";
import { withOpenedUnits } from "./opened-units.ts";

export interface CollapseOptions {
  /** `auto` (default): only above `limit` nodes; `always`: similar nodes even in a small picture; `never`. */
  readonly when?: "auto" | "always" | "never";
  /** Most nodes to draw; default 60 (dagre with subgraphs gets slow and fragile beyond: design/performance.md). */
  readonly limit?: number;
  /** Ids of groups that stay open, of applications to draw unit by unit, and of lines to draw flow by flow, at the cost of the limit. */
  readonly expanded?: ReadonlySet<string>;
  /** `merged`: flows of one look between the same two nodes are one line, a cluster's own in both directions; `single` (default): each is a line of its own. */
  readonly parallel?: "merged" | "single";
}

export const DEFAULT_NODE_LIMIT = 60;

/**
 * The view with similar nodes drawn as one group with a count. Similar is taken more and more loosely until the picture has at
 * most `limit` nodes: first applications that do exactly the same, in the end whole boxes. Open groups (`expanded`) are left as they are,
 * and applications in `expanded` are drawn unit by unit. Group ids are deterministic, and stay when the group gains or loses members
 * other than its first. Says in `notes` what it did.
 */
export function collapsedView(view: GraphView, options: CollapseOptions = {}): DrawnView {
  const limit = Math.max(1, options.limit ?? DEFAULT_NODE_LIMIT);
  const when = options.when ?? "auto";
  const expanded = options.expanded ?? new Set<string>();
  const whole = when === "never" || (when === "auto" && view.nodes.length <= limit);
  const drawn = withOpenedUnits(whole ? view : groupedView(view, limit, expanded), expanded);
  if (options.parallel !== "merged") return drawn;
  return { ...drawn, edges: mergedEdges(drawn.edges, "two-way", new Set(), expanded) };
}

function groupedView(view: GraphView, limit: number, expanded: ReadonlySet<string>): DrawnView {
  // The grouping is chosen as if nothing were open, so that opening one group leaves the others alone.
  let chosen: Grouping = { groups: [] };
  for (const grouping of groupings(view)) {
    chosen = grouping;
    if (nodeCount(view, grouping) <= limit) break;
  }
  const best = grouped(view, chosen, expanded);
  if (best.nodes.length === view.nodes.length) return view;
  const note = `${view.nodes.length} applications are drawn as ${best.nodes.length} nodes: similar ones stand in groups, which can be opened.`;
  return { ...best, notes: [...best.notes, note] };
}

function nodeCount(view: GraphView, grouping: Grouping): number {
  return grouping.groups.reduce((count, group) => count - group.members.length + 1, view.nodes.length);
}

function grouped(view: GraphView, grouping: Grouping, expanded: ReadonlySet<string>): DrawnView {
  const groupOf = new Map<string, string>();
  const groups = new Map<string, NodeView>();
  for (const group of grouping.groups) {
    if (expanded.has(group.id)) continue;
    groups.set(group.id, group);
    for (const member of group.members) groupOf.set(member, group.id);
  }
  const placed = new Set<string>();
  const nodes = view.nodes.flatMap((node): NodeView[] => {
    const id = groupOf.get(node.id);
    const group = id === undefined ? undefined : groups.get(id);
    if (!group) return [node];
    if (placed.has(group.id)) return [];
    placed.add(group.id);
    return [group];
  });
  const moved = view.edges.map((edge): DrawnEdge => {
    const source = groupOf.get(edge.source) ?? edge.source;
    const target = groupOf.get(edge.target) ?? edge.target;
    return source === edge.source && target === edge.target ? edge : { ...edge, source, target, flows: [edge] };
  });
  return {
    ...view,
    nodes,
    edges: mergedEdges(moved, "groups", new Set(groups.keys())),
    boxes: boxesOf(view.boxes, nodes),
  };
}
