import type { GraphView, HostMessage, StateMessage } from "#protocol";
import type { PanelView } from "../view/panel-view.ts";
import type { Marks } from "../view/shown-graph.ts";

/** All that the panel knows. What a person has set is in `view`. */
export interface PanelState {
  /** The last state of the host; null: none yet. Its graph is the last good one while it is stale. */
  readonly message: StateMessage | null;
  /** What the host works at; null: nothing. */
  readonly busy: string | null;
  readonly notice: { readonly severity: "info" | "warning" | "error"; readonly text: string } | null;
  /** What stands under the editor's cursor. */
  readonly pointed: Marks;
  readonly view: PanelView;
}

export const NO_MARKS: Marks = { nodes: new Set(), edges: new Set() };

/** The panel before anything was heard from the host. */
export function firstState(view: PanelView): PanelState {
  return { message: null, busy: null, notice: null, pointed: NO_MARKS, view };
}

/**
 * The state after a message of the host. Messages may come in any order and at any time, before the first graph too; those that
 * are no state but a request (an export, an answer to a question) leave it as it is.
 */
export function afterMessage(state: PanelState, message: HostMessage): PanelState {
  switch (message.type) {
    case "state":
      return { ...state, message: withLastGraph(message, state.message?.graph ?? null), busy: null, notice: null };
    case "highlight":
      return { ...state, pointed: { nodes: new Set(message.nodes), edges: new Set(message.edges) } };
    case "busy":
      return { ...state, busy: message.text };
    case "notice":
      return { ...state, busy: null, notice: { severity: message.severity, text: message.text } };
    case "select": {
      const [node] = message.nodes;
      const [edge] = message.edges;
      const selection =
        edge !== undefined
          ? ({ kind: "edge", id: edge } as const)
          : node !== undefined
            ? ({ kind: "node", id: node } as const)
            : null;
      return { ...state, view: { ...state.view, selection, sidebar: true, tab: "details" } };
    }
    case "askReach":
      return { ...state, view: { ...state.view, sidebar: true, tab: "reach" } };
    case "reach":
    case "exportRequest":
      return state;
  }
}

/** While a charm is half-typed there may be no new graph; the last one stays, and `stale` says why. */
function withLastGraph(message: StateMessage, last: GraphView | null): StateMessage {
  return message.graph === null && message.stale !== null && last !== null
    ? { ...message, graph: last, empty: null }
    : message;
}
