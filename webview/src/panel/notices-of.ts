import type { GraphOptions, GraphView } from "#protocol";
import type { Notice } from "../states/notices.tsx";
import type { PanelView, Selection } from "../view/panel-view.ts";
import type { ShownGraph } from "../view/shown-graph.ts";
import { CHANGE_NAMES, shortName } from "../view/wording.ts";
import type { PanelState } from "./panel-state.ts";

/** What the buttons of notices do. */
export interface NoticeActions {
  change(view: Partial<PanelView>): void;
  options(options: GraphOptions): void;
  dismiss(): void;
  retry(): void;
}

/** How the last drawing went. */
export interface DrawingNews {
  /** Why the graph is not drawn, so that the table is shown in the picture's place. */
  readonly error: string | null;
}

/** The lines above the picture, most urgent first. */
export function noticesOf(
  state: PanelState,
  shown: ShownGraph | null,
  news: DrawingNews,
  actions: NoticeActions,
): Notice[] {
  const notices: Notice[] = [];
  const { message, view } = state;
  if (state.notice)
    notices.push({ key: "host", ...state.notice, actions: [{ title: "Dismiss", run: actions.dismiss }] });
  if (message && message.stale !== null && message.graph)
    notices.push({
      key: "stale",
      severity: "warning",
      text: `This is the last good picture. ${message.stale}`,
      actions: [],
    });
  if (news.error !== null)
    notices.push({
      key: "drawing",
      severity: "error",
      text: `${news.error} The table shows it.`,
      actions: [{ title: "Try again", run: actions.retry }],
    });
  if (!message?.graph || !shown) return notices;
  const { options } = message;
  const changes = changeCounts(message.graph);
  if (options.compare !== null || changes !== "")
    notices.push({
      key: "compare",
      severity: "info",
      text: `Compared with ${options.compare ?? "another state"}: ${changes === "" ? "the same flows" : changes}.`,
      actions:
        options.compare !== null && message.abilities.options
          ? [{ title: "Stop comparing", run: () => actions.options({ ...options, compare: null }) }]
          : [],
    });
  const { only } = view;
  if (
    only !== null &&
    [...message.graph.nodes, ...message.graph.edges, ...message.graph.boxes].some(({ id }) => id === only.id)
  )
    notices.push({
      key: "only",
      severity: "info",
      text: `Only ${onlyName(only, message.graph)} and its neighbours are shown.`,
      actions: [{ title: "Show everything", run: () => actions.change({ only: null }) }],
    });
  const openGroups = view.expanded.filter((id) => !id.startsWith("merged:"));
  const openLines = view.expanded.filter((id) => id.startsWith("merged:"));
  const groups = shown.drawn.nodes.filter((node) => node.kind === "group");
  if (view.mode === "graph" && groups.length > 0)
    notices.push({
      key: "groups",
      severity: "info",
      text: `Similar applications are grouped (${shown.visible.nodes.length} shown as ${shown.drawn.nodes.length}). Open a group with a double click or Enter.`,
      actions:
        openGroups.length > 0
          ? [{ title: "Close all groups", run: () => actions.change({ expanded: openLines }) }]
          : [],
    });
  else if (view.mode === "graph" && openGroups.length > 0)
    notices.push({
      key: "groups",
      severity: "info",
      text: "All groups are open.",
      actions: [{ title: "Close all groups", run: () => actions.change({ expanded: openLines }) }],
    });
  return notices;
}

/** The name of the element whose neighbours are shown. */
function onlyName({ id }: Selection, graph: GraphView): string {
  const label = (one: string) => shortName(graph.nodes.find((node) => node.id === one)?.label ?? one);
  const edge = graph.edges.find((one) => one.id === id);
  const box = graph.boxes.find((one) => one.id === id);
  return edge ? `${label(edge.source)} → ${label(edge.target)}` : box ? shortName(box.label) : label(id);
}

/** What a reviewer asks first stands first: what opens. */
function changeCounts(graph: GraphView): string {
  return (["opened", "widened", "closed", "narrowed", "changed"] as const)
    .filter((change) => graph.changes?.[change])
    .map((change) => `${graph.changes?.[change]} ${CHANGE_NAMES[change].toLowerCase()}`)
    .join(", ");
}
