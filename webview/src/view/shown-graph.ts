import {
  collapsedView,
  type DrawnView,
  flowsOf,
  foundIn,
  type ParsedFilter,
  parseFilter,
  viewWithout,
  withoutBeaconLines,
} from "#picture";
import type { GraphView } from "#protocol";
import { neighbourhood } from "./neighbourhood.ts";
import type { PanelView } from "./panel-view.ts";

/** Ids of nodes and edges. */
export interface Marks {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

export const NO_MARKS: Marks = { nodes: new Set(), edges: new Set() };

/** The visible part of a graph. */
export interface ShownGraph {
  /** All that is not hidden, one node per application: what the table shows. */
  readonly visible: GraphView;
  /** The same with groups closed and parallel flows as one line: what the picture shows. */
  readonly drawn: DrawnView;
  /** What the find expression matches in `visible`; null: there is no expression. */
  readonly found: Marks | null;
  readonly find: ParsedFilter;
  readonly hide: ParsedFilter;
  readonly hiddenNodes: number;
  readonly hiddenEdges: number;
  /** The members of a group, open or closed. */
  membersOf(group: string): readonly string[];
  /** The line that a flow is part of while all lines are closed; null: the flow has a line to itself. */
  lineOf(flow: string): string | null;
}

/** The parts of the view that decide what is shown. */
export type ShownInputs = Pick<
  PanelView,
  "find" | "hide" | "hiddenKinds" | "only" | "grouping" | "expanded" | "boxes" | "mergeFlows" | "beaconLines"
>;

/** From this number of applications on, those with the same flows are grouped. */
const MANY = 30;

/** How similar applications are to be drawn: together (`always`), or one by one as long as the picture can hold them (`auto`). */
export function groupingOf(graph: Pick<GraphView, "nodes">, wanted: PanelView["grouping"]): "auto" | "always" {
  return wanted === "always" || (wanted === "auto" && graph.nodes.length > MANY) ? "always" : "auto";
}

/** What a person sees of a graph with this view. An expression that can't be read hides and finds nothing. */
export function shownGraph(graph: GraphView, view: ShownInputs): ShownGraph {
  const hide = parseFilter(view.hide);
  const find = parseFilter(view.find);
  const kinds = new Set(view.hiddenKinds);
  const withKinds = kinds.size === 0 ? graph : { ...graph, edges: graph.edges.filter((edge) => !kinds.has(edge.kind)) };
  const unhidden = hide.ok && !hide.empty ? viewWithout(withKinds, hide.filter) : withKinds;
  const visible = neighbourhood(unhidden, view.only);
  const when = groupingOf(visible, view.grouping);
  const collapsed = collapsedView(view.beaconLines ? visible : withoutBeaconLines(visible), {
    when,
    expanded: new Set(view.expanded),
    parallel: view.mergeFlows ? "merged" : "single",
  });
  let closed: DrawnView | null = null;
  let lines: DrawnView | null = null;
  return {
    visible,
    drawn: view.boxes ? collapsed : { ...collapsed, boxes: [] },
    found: find.ok && !find.empty ? foundIn(visible, find.filter) : null,
    find,
    hide,
    hiddenNodes: graph.nodes.length - visible.nodes.length,
    hiddenEdges: graph.edges.length - visible.edges.length,
    membersOf: (group) => {
      closed ??= collapsedView(visible, { when });
      return closed.nodes.find((node) => node.id === group)?.members ?? [];
    },
    lineOf: (flow) => {
      const groups = view.expanded.filter((id) => !id.startsWith("merged:"));
      lines ??= collapsedView(visible, { when, expanded: new Set(groups), parallel: "merged" });
      const line = lines.edges.find((edge) => flowsOf(edge).some((one) => one.id === flow));
      return line && flowsOf(line).length > 1 ? line.id : null;
    },
  };
}

/** Marks of the whole view as marks of the drawn one: a group is marked when one of its members is, a line when one of its flows is. */
export function drawnMarks(shown: Pick<ShownGraph, "visible" | "drawn">, marks: Marks): Marks {
  const { visible, drawn } = shown;
  if (visible.nodes === drawn.nodes && visible.edges === drawn.edges) return marks;
  const standIns = new Map<string, string[]>();
  // A group replaces its members, a unit its application.
  for (const node of drawn.nodes)
    for (const id of node.members) standIns.set(id, [...(standIns.get(id) ?? []), node.id]);
  return {
    nodes: new Set([...marks.nodes].flatMap((id) => standIns.get(id) ?? [id])),
    edges: new Set(
      drawn.edges
        .filter((edge) => marks.edges.has(edge.id) || flowsOf(edge).some((flow) => marks.edges.has(flow.id)))
        .map((edge) => edge.id),
    ),
  };
}

/** The same for a list of ids: the ids in the picture that replace them, edges first. */
export function drawnIds(shown: Pick<ShownGraph, "visible" | "drawn">, ids: readonly string[]): readonly string[] {
  const marks = drawnMarks(shown, { nodes: new Set(ids), edges: new Set(ids) });
  return [...marks.edges, ...marks.nodes];
}

/** The selected ids in the whole view: for a line of several flows, its flows. */
export function selectedIds(selection: PanelView["selection"], shown: Pick<ShownGraph, "drawn">): ReadonlySet<string> {
  if (selection === null) return new Set();
  const line = selection.kind === "edge" ? shown.drawn.edges.find((edge) => edge.id === selection.id) : undefined;
  return new Set(line ? flowsOf(line).map((flow) => flow.id) : [selection.id]);
}
