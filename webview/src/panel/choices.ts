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
  /** Whether there is room for the sidebar beside the picture. */
  hasRoom(): boolean;
  change(view: Partial<PanelView>): void;
  send(message: PanelMessage): void;
  announce: Announce;
}

/** What selecting, opening and expanding do. */
export interface Choices {
  /** Shows the details of an element; null: of the deployment. */
  select(selection: Selection | null): void;
  /** Selects an element and opens its source line; a group opens instead. */
  go(selection: Selection): void;
  /** Opens a group or a line, or closes the one that a node or flow came out of. */
  expand(id: string): void;
  reveal(place: Place): void;
}

/** The choices of one panel. */
export function choices({ state, shown, hasRoom, change, send, announce }: ChoicePorts): Choices {
  const reveal = (place: Place) => {
    if (state().message?.abilities.reveal) send({ type: "reveal", place });
  };
  /** A line of several flows is drawn flow by flow; any of those closes it again. */
  const expandLine = (edge: DrawnEdge, now: ShownGraph, expanded: readonly string[]) => {
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
  const select = (selection: Selection | null) => {
    const { view } = state();
    if (selection === null) {
      change({ selection });
      return;
    }
    const opens = view.sidebar === null && !hasRoom();
    change({ selection, tab: "details", ...(opens ? { sidebar: true } : {}) });
    const now = shown();
    const graph = now ? [now.visible, now.drawn].find((one) => has(selection, one)) : undefined;
    if (!graph) return;
    const index = graphIndex(graph);
    const node = selection.kind === "node" ? index.nodes.get(selection.id) : undefined;
    const edge = selection.kind === "edge" ? index.edges.get(selection.id) : undefined;
    if (node) announce(`${nodeName(node, index)}. Shown in Details.`);
    if (edge) announce(`${edgeName(edge, index)}. Shown in Details.`);
  };
  const expand = (id: string) => {
    const now = shown();
    const node = now?.drawn.nodes.find((one) => one.id === id);
    const { expanded } = state().view;
    const edge = now?.drawn.edges.find((one) => one.id === id);
    if (now && edge) expandLine(edge, now, expanded);
    if (!now || !node) return;
    if (node.kind === "group") {
      change({ expanded: [...expanded, id] });
      announce(`Group opened: ${node.members.length} applications.`);
      return;
    }
    // A member of an open group closes it again.
    const closed = expanded.find((group) => now.membersOf(group).includes(id));
    if (closed !== undefined) {
      change({ expanded: expanded.filter((group) => group !== closed) });
      announce("Group closed.");
    }
  };
  return {
    select,
    expand,
    reveal,
    go: (selection) => {
      const now = shown();
      const graph = now ? [now.visible, now.drawn].find((one) => has(selection, one)) : undefined;
      if (!graph) return;
      const index = graphIndex(graph);
      const node = selection.kind === "node" ? index.nodes.get(selection.id) : undefined;
      if (node?.kind === "group") {
        expand(node.id);
        return;
      }
      select(selection);
      const element = node ?? (selection.kind === "edge" ? index.edges.get(selection.id) : undefined);
      const place = element ? placeOf(element, index) : null;
      if (place) reveal(place);
    },
  };
}

function has(selection: Selection, graph: ShownGraph["drawn"]): boolean {
  const index = graphIndex(graph);
  return (selection.kind === "node" ? index.nodes : selection.kind === "edge" ? index.edges : index.boxes).has(
    selection.id,
  );
}
