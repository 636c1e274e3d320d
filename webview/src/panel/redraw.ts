import type { DrawnView } from "#picture";
import { drawnScene, type Scene } from "../picture/scene.ts";
import { measuredTextWidth } from "../picture/text-width.ts";

/** Why the latest graph is not drawn; null: it is. */
export interface DrawingState {
  readonly error: string | null;
}

/** How a graph is to be drawn. */
export interface DrawingOptions {
  readonly edgeLabels: boolean;
  readonly fontFamily: string;
}

export interface Redraw {
  /** Draws a graph, if it or the way to draw it is another than last time. */
  want(graph: DrawnView, options: DrawingOptions): void;
  /** Draws the latest graph again. */
  again(): void;
  /** Nothing is to be drawn any more. */
  forget(): void;
  state(): DrawingState;
}

/**
 * Draws graphs, each in a task of its own, so that of several that come at once only the last is drawn. `drawn` gets each scene, and null
 * for a graph that the layout refuses.
 */
export function redraw(drawn: (scene: Scene | null) => void): Redraw {
  let wanted: { readonly graph: DrawnView; readonly options: DrawingOptions } | null = null;
  let state: DrawingState = { error: null };
  let due: ReturnType<typeof setTimeout> | undefined;
  let width = { fontFamily: "", measure: measuredTextWidth("") };
  const run = (graph: DrawnView, { fontFamily, edgeLabels }: DrawingOptions) => {
    if (width.fontFamily !== fontFamily) width = { fontFamily, measure: measuredTextWidth(fontFamily) };
    const result = drawnScene(graph, width.measure, edgeLabels);
    state = { error: "refused" in result ? result.refused : null };
    drawn("refused" in result ? null : result);
  };
  return {
    want: (graph, options) => {
      const isSame =
        wanted?.graph === graph &&
        wanted.options.edgeLabels === options.edgeLabels &&
        wanted.options.fontFamily === options.fontFamily;
      if (isSame) return;
      wanted = { graph, options };
      clearTimeout(due);
      due = setTimeout(() => run(graph, options));
    },
    again: () => {
      if (wanted) run(wanted.graph, wanted.options);
    },
    forget: () => {
      clearTimeout(due);
      wanted = null;
      state = { error: null };
    },
    state: () => state,
  };
}
