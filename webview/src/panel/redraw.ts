import type { GraphView } from "#protocol";
import type { DrawingDesk } from "../picture/drawing-desk.ts";
import { type DrawingOptions, drawnScene, paneAspect } from "../picture/drawn-scene.ts";
import type { Scene } from "../picture/scene.ts";
import type { Size } from "../picture/viewport.ts";
import type { PanelView } from "../view/panel-view.ts";

/** What is drawn last, and what hinders. */
export interface DrawingState {
  readonly drawing: boolean;
  readonly error: string | null;
  readonly flat: boolean;
}

export interface Redraw {
  /** Has a graph drawn, if it or the way to draw it is another than last time. */
  want(graph: GraphView, options: DrawingOptions): void;
  /** Draws again what failed. */
  again(): void;
  /** Nothing is to be drawn any more. */
  forget(): void;
  state(): DrawingState;
}

/** How a view is to be drawn in a pane. */
export function drawingOptions(view: PanelView, pane: Size, fontFamily: string): DrawingOptions {
  return { direction: view.direction, aspect: paneAspect(pane), edgeLabels: view.edgeLabels, fontFamily };
}

/** Draws graphs one after another; `drawn` gets each finished scene that is still wanted, `changed` is called whenever the state is another. */
export function redraw(
  desk: DrawingDesk,
  drawn: (scene: Scene, milliseconds: number) => void,
  changed: () => void,
): Redraw {
  let wanted: { readonly graph: GraphView; readonly options: DrawingOptions } | null = null;
  let state: DrawingState = { drawing: false, error: null, flat: false };
  let turn = 0;
  const set = (next: Partial<DrawingState>) => {
    state = { ...state, ...next };
    changed();
  };
  const run = async (graph: GraphView, options: DrawingOptions) => {
    turn += 1;
    const mine = turn;
    if (!state.drawing) set({ drawing: true });
    const result = await drawnScene(graph, options, desk);
    if (mine !== turn || result.kind === "outdated") return;
    if (result.kind === "error") {
      set({ drawing: false, error: result.message });
      return;
    }
    state = { drawing: false, error: null, flat: result.flat };
    drawn(result.scene, result.milliseconds);
    changed();
  };
  return {
    want: (graph, options) => {
      const same =
        wanted !== null &&
        wanted.graph === graph &&
        wanted.options.direction === options.direction &&
        (wanted.options.aspect === options.aspect || options.direction !== "auto") &&
        wanted.options.edgeLabels === options.edgeLabels &&
        wanted.options.fontFamily === options.fontFamily;
      if (same) return;
      wanted = { graph, options };
      void run(graph, options);
    },
    again: () => {
      if (wanted) void run(wanted.graph, wanted.options);
    },
    forget: () => {
      turn += 1;
      wanted = null;
      state = { drawing: false, error: null, flat: false };
    },
    state: () => state,
  };
}
