import type { FullState } from "../states/full-state.tsx";
import type { ShownGraph } from "../view/shown-graph.ts";
import type { PanelState } from "./panel-state.ts";
import type { DrawingState } from "./redraw.ts";

/** What fills the place of the picture; null: the picture itself. */
export function fullStateOf(
  state: PanelState,
  shown: ShownGraph | null,
  drawing: DrawingState,
  hasPicture: boolean,
  actions: { restart(): void; reset(): void; again(): void; table(): void },
): FullState | null {
  const { message } = state;
  if (!message) return { kind: "loading", text: state.busy ?? "Loading… Reading the charms of this workspace." };
  if (!message.graph || !shown || message.graph.nodes.length === 0)
    return {
      kind: "empty",
      text: message.empty ?? "There is no charm in this workspace.",
      restart: message.abilities.options ? actions.restart : null,
    };
  if (shown.drawn.nodes.length === 0) return { kind: "nothing-left", reset: actions.reset };
  if (hasPicture) return null;
  if (drawing.error !== null) return { kind: "error", text: drawing.error, again: actions.again, table: actions.table };
  return { kind: "loading", text: "Drawing…" };
}
