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
  open(node: string): void;
  reveal(place: Place): void;
} {
  const reveal = (place: Place) => {
    if (state().message?.abilities.reveal) send({ type: "reveal", place });
  };
  return {
    reveal,
    choose: (selection, go) => {
      const { view } = state();
      change(selection === null ? { selection } : { selection, tab: view.sidebar ? "details" : view.tab });
      const now = shown();
      if (!selection || !now) return;
      const graph = [now.drawn, now.visible].find((one) => has(selection, one));
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
      if (!now || !node) return;
      const { expanded } = state().view;
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
