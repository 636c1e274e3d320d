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

/** The direction that was found for a graph in a pane of one form. */
export interface FoundDirection {
  readonly direction: "LR" | "TB";
  readonly aspect: number;
  readonly nodes: ReadonlySet<string>;
}

/** Of a graph's nodes this share is enough to take it for the one from before. */
const KINDRED = 1 / 2;

/**
 * The direction to draw in: one that was found stays for as long as the pane has its form and most of the graph is still the same.
 * A picture does not turn over because somebody types, and the other direction is not tried at each letter.
 */
export function steadyDirection(
  graph: GraphView,
  { direction, aspect }: Pick<DrawingOptions, "direction" | "aspect">,
  found: FoundDirection | null,
): DrawingOptions["direction"] {
  if (direction !== "auto" || !found || found.aspect !== aspect) return direction;
  const known = graph.nodes.filter(({ id }) => found.nodes.has(id)).length;
  return known >= KINDRED * Math.max(graph.nodes.length, found.nodes.size) ? found.direction : direction;
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
  let found: FoundDirection | null = null;
  const set = (next: Partial<DrawingState>) => {
    state = { ...state, ...next };
    changed();
  };
  const run = async (graph: GraphView, options: DrawingOptions) => {
    turn += 1;
    const mine = turn;
    if (!state.drawing) set({ drawing: true });
    const direction = steadyDirection(graph, options, found);
    const result = await drawnScene(graph, { ...options, direction }, desk);
    if (mine !== turn || result.kind === "outdated") return;
    if (result.kind === "error") {
      set({ drawing: false, error: result.message });
      return;
    }
    const { direction: kept } = result;
    const nodes = new Set(graph.nodes.map(({ id }) => id));
    found = options.direction === "auto" ? { direction: kept, aspect: options.aspect, nodes } : null;
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
      found = null;
      state = { drawing: false, error: null, flat: false };
    },
    state: () => state,
  };
}
