import { DEFAULT_GRAPH_OPTIONS, type GraphView, type StateMessage } from "#protocol";

/** A state message as the client sends it. */
export function stateMessage(graph: GraphView | null, more: Partial<StateMessage> = {}): StateMessage {
  return {
    type: "state",
    graph,
    empty: null,
    stale: null,
    options: DEFAULT_GRAPH_OPTIONS,
    choices: { topologies: [], layers: [], canCompare: true },
    abilities: { reveal: true, options: true, reach: true, explain: true, save: true },
    theme: null,
    ...more,
  };
}
