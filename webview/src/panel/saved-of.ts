import { DEFAULT_GRAPH_OPTIONS, type SavedPanel, type StateMessage, savedPanelSchema } from "#protocol";
import type { PanelView } from "../view/panel-view.ts";

/** What is kept over a reload of the window: the options of the graph for the host, the view for the panel. */
export function savedOf(message: StateMessage | null, view: PanelView): SavedPanel {
  return { version: 1, options: message?.options ?? DEFAULT_GRAPH_OPTIONS, view: { ...view } };
}

/** The view part of what was kept; null where it is nothing that the panel wrote. */
export function keptView(saved: unknown): unknown {
  const parsed = savedPanelSchema.safeParse(saved);
  return parsed.success ? parsed.data.view : null;
}
