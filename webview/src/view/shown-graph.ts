import { collapsedView, foundIn, type ParsedFilter, parseFilter, viewWithout } from "#picture";
import type { EdgeView, GraphView } from "#protocol";
import type { PanelView } from "./panel-view.ts";

/** Ids of nodes and edges. */
export interface Marks {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** What is to be seen of a graph. */
export interface ShownGraph {
  /** All that is not hidden, one node per application: what the table shows. */
  readonly visible: GraphView;
  /** The same with groups closed: what the picture shows. */
  readonly drawn: GraphView;
  /** What the find expression matches in `visible`; null: nothing is sought. */
  readonly found: Marks | null;
  readonly find: ParsedFilter;
  readonly hide: ParsedFilter;
  readonly hiddenNodes: number;
  readonly hiddenEdges: number;
  /** Who stands in a group, be it open or closed. */
  membersOf(group: string): readonly string[];
}

type Inputs = Pick<PanelView, "find" | "hide" | "hiddenKinds" | "grouping" | "expanded" | "boxes">;

/** What a person sees of a graph with this view. An expression that can't be read hides and finds nothing. */
export function shownGraph(graph: GraphView, view: Inputs): ShownGraph {
  const hide = parseFilter(view.hide);
  const find = parseFilter(view.find);
  const kinds = new Set(view.hiddenKinds);
  const withKinds = kinds.size === 0 ? graph : { ...graph, edges: graph.edges.filter((edge) => !kinds.has(edge.kind)) };
  const visible = hide.ok && !hide.empty ? viewWithout(withKinds, hide.filter) : withKinds;
  const collapsed = collapsedView(visible, { when: view.grouping, expanded: new Set(view.expanded) });
  let closed: GraphView | null = null;
  return {
    visible,
    drawn: view.boxes ? collapsed : { ...collapsed, boxes: [] },
    found: find.ok && !find.empty ? foundIn(visible, find.filter) : null,
    find,
    hide,
    hiddenNodes: graph.nodes.length - visible.nodes.length,
    hiddenEdges: graph.edges.length - visible.edges.length,
    membersOf: (group) => {
      closed ??= collapsedView(visible, { when: view.grouping });
      return closed.nodes.find((node) => node.id === group)?.members ?? [];
    },
  };
}

/** Marks of the uncollapsed graph as marks of the drawn one: a group is marked when one of its members is, a merged edge likewise. */
export function drawnMarks(shown: Pick<ShownGraph, "visible" | "drawn">, marks: Marks): Marks {
  const { visible, drawn } = shown;
  if (visible.nodes === drawn.nodes && visible.edges === drawn.edges) return marks;
  const groupOf = new Map<string, string>();
  for (const node of drawn.nodes) for (const member of node.members) groupOf.set(member, node.id);
  const place = (id: string) => groupOf.get(id) ?? id;
  const key = (edge: EdgeView) =>
    JSON.stringify([
      edge.kind,
      place(edge.source),
      place(edge.target),
      edge.verdict,
      edge.layer,
      edge.interface,
      edge.change,
    ]);
  const keys = new Set(visible.edges.filter((edge) => marks.edges.has(edge.id)).map(key));
  return {
    nodes: new Set([...marks.nodes].map(place)),
    edges: new Set(
      drawn.edges
        .filter((edge) => marks.edges.has(edge.id) || (edge.id.startsWith("merged:") && keys.has(key(edge))))
        .map((edge) => edge.id),
    ),
  };
}

/** The same for a list of ids, edges first: what stands for them in the picture. */
export function drawnIds(shown: Pick<ShownGraph, "visible" | "drawn">, ids: readonly string[]): readonly string[] {
  const marks = drawnMarks(shown, { nodes: new Set(ids), edges: new Set(ids) });
  return [...marks.edges, ...marks.nodes];
}
