import type { GraphView, HostMessage, StateMessage } from "#protocol";
import type { ReachQuestion } from "../reach/reach-list.tsx";
import type { ReachEnds } from "../reach/reach-pane.tsx";
import type { PanelView, Selection } from "../view/panel-view.ts";
import { type Marks, NO_MARKS } from "../view/shown-graph.ts";

/** All that the panel knows. What a person has set is in `view`. */
export interface PanelState {
  /** The last state of the host; null: none yet. Its graph is the last good one while it is stale. */
  readonly message: StateMessage | null;
  /** What the host is working on; null: nothing. */
  readonly busy: string | null;
  readonly notice: { readonly severity: "info" | "warning" | "error"; readonly text: string } | null;
  /** What is under the editor's cursor. */
  readonly pointed: Marks;
  /** The element under the cursor whose details are shown; null: those of the selection. */
  readonly atCursor: Selection | null;
  /** The application whose reachable applications are listed and lit; null: none. */
  readonly reach: ReachQuestion | null;
  /** What the form was last filled with. */
  readonly ends: ReachEnds | null;
  /** The open context menu, in pixels of the window. */
  readonly menu: { readonly item: Selection; readonly x: number; readonly y: number } | null;
  readonly view: PanelView;
}

/** The panel before the first message of the host. */
export function firstState(view: PanelView): PanelState {
  return {
    message: null,
    busy: null,
    notice: null,
    pointed: NO_MARKS,
    atCursor: null,
    reach: null,
    ends: null,
    menu: null,
    view,
  };
}

/**
 * The state after a message of the host. Messages may come in any order and at any time, before the first graph too. A message that
 * is a request (an export, a menu entry, an answer to a question) leaves the state as it is.
 */
export function afterMessage(state: PanelState, message: HostMessage): PanelState {
  switch (message.type) {
    case "state":
      return { ...state, message: withLastGraph(message, state.message?.graph ?? null), busy: null, notice: null };
    case "highlight":
      return {
        ...state,
        pointed: { nodes: new Set(message.nodes), edges: new Set(message.edges) },
        atCursor: foremost(message.nodes, message.edges, "node"),
      };
    case "busy":
      return { ...state, busy: message.text };
    case "notice":
      return { ...state, busy: null, notice: { severity: message.severity, text: message.text } };
    case "select": {
      const selection = foremost(message.nodes, message.edges, "edge");
      return { ...state, atCursor: null, view: { ...state.view, selection, sidebar: true, tab: "details" } };
    }
    case "askReach":
      return {
        ...state,
        ends: { from: null, to: null, turn: (state.ends?.turn ?? 0) + 1 },
        view: { ...state.view, sidebar: true, tab: "reach" },
      };
    case "reach":
    case "exportRequest":
    case "menu":
      return state;
  }
}

/** The first of several elements, applications or flows first. */
function foremost(
  [node]: readonly string[],
  [edge]: readonly string[],
  preferred: "node" | "edge",
): PanelState["atCursor"] {
  const asNode = node === undefined ? null : ({ kind: "node", id: node } as const);
  const asEdge = edge === undefined ? null : ({ kind: "edge", id: edge } as const);
  return preferred === "node" ? (asNode ?? asEdge) : (asEdge ?? asNode);
}

/** While a charm is half-typed there may be no new graph; the last one stays, and `stale` says why. */
function withLastGraph(message: StateMessage, last: GraphView | null): StateMessage {
  return message.graph === null && message.stale !== null && last !== null
    ? { ...message, graph: last, empty: null }
    : message;
}
