import { type DrawnEdge, flowsOf } from "#picture";
import type { PanelMessage, Place } from "#protocol";
import type { Announce } from "../page/announcer.ts";
import { graphIndex, placeOf } from "../view/graph-index.ts";
import type { PanelView, Selection } from "../view/panel-view.ts";
import type { ShownGraph } from "../view/shown-graph.ts";
import { edgeName, nodeName } from "../view/wording.ts";
import type { PanelState } from "./panel-state.ts";

interface ChoicePorts {
  state(): PanelState;
  shown(): ShownGraph | null;
  change(view: Partial<PanelView>): void;
  send(message: PanelMessage): void;
  announce: Announce;
}

/** What happens when something is chosen, opened, or its source line is wanted. */
export function choices({ state, shown, change, send, announce }: ChoicePorts): {
  choose(selection: Selection | null, go: boolean): void;
  /** Opens a group or a line, or closes the one that a node or flow came out of. */
  open(id: string): void;
  reveal(place: Place): void;
} {
  const reveal = (place: Place) => {
    if (state().message?.abilities.reveal) send({ type: "reveal", place });
  };
  /** A line of several flows is drawn flow by flow; any of those closes it again. */
  const openLine = (edge: DrawnEdge, now: ShownGraph, expanded: readonly string[]) => {
    const flows = flowsOf(edge);
    if (flows.length > 1) {
      change({ expanded: [...expanded, edge.id] });
      announce(`Line opened: ${flows.length} flows.`);
      return;
    }
    const line = now.lineOf(flows[0]?.id ?? edge.id);
    if (line === null || !expanded.includes(line)) return;
    change({ expanded: expanded.filter((one) => one !== line), selection: { kind: "edge", id: line } });
    announce("Line closed.");
  };
  return {
    reveal,
    choose: (selection, go) => {
      const { view } = state();
      change(selection === null ? { selection } : { selection, tab: view.sidebar ? "details" : view.tab });
      const now = shown();
      if (!selection || !now) return;
      const graph = [now.visible, now.drawn].find((one) => has(selection, one));
      if (!graph || selection.kind === "box") return;
      const index = graphIndex(graph);
      const node = selection.kind === "node" ? index.nodes.get(selection.id) : undefined;
      const edge = selection.kind === "edge" ? index.edges.get(selection.id) : undefined;
      if (node) announce(`${nodeName(node, index)}. Shown in Details.`);
      if (edge) announce(`${edgeName(edge, index)}. Shown in Details.`);
      const element = node ?? edge;
      const place = element && go ? placeOf(element, index) : null;
      if (place) reveal(place);
    },
    open: (id) => {
      const now = shown();
      const node = now?.drawn.nodes.find((one) => one.id === id);
      const { expanded } = state().view;
      const edge = now?.drawn.edges.find((one) => one.id === id);
      if (now && edge) openLine(edge, now, expanded);
      if (!now || !node) return;
      if (node.kind === "group") {
        change({ expanded: [...expanded, id] });
        announce(`Group opened: ${node.members.length} applications.`);
        return;
      }
      // A member of an open group closes it again: the groups that are open now are those that a closed picture would have.
      const closed = closedGroupOf(id, now, expanded);
      if (closed !== null) {
        change({ expanded: expanded.filter((group) => group !== closed) });
        announce("Group closed.");
      }
    },
  };
}

function has(selection: Selection, graph: ShownGraph["drawn"]): boolean {
  const index = graphIndex(graph);
  return (selection.kind === "node" ? index.nodes : selection.kind === "edge" ? index.edges : index.boxes).has(
    selection.id,
  );
}

/** The open group that a node came out of; null: none. */
function closedGroupOf(node: string, shown: ShownGraph, expanded: readonly string[]): string | null {
  for (const group of expanded) if (shown.membersOf(group).includes(node)) return group;
  return null;
}
