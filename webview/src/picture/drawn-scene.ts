import { type MermaidOptions, mermaidPicture } from "#picture";
import type { GraphView } from "#protocol";
import { adoptedPicture } from "./adopted.ts";
import type { DrawingDesk } from "./drawing-desk.ts";
import { type Scene, scene } from "./scene.ts";

/** How a graph is to be drawn. */
export interface DrawingOptions {
  readonly direction: "LR" | "TB";
  readonly edgeLabels: boolean;
  readonly fontFamily: string;
}

/** What came of drawing a graph. */
export type DrawnScene =
  | { readonly kind: "scene"; readonly scene: Scene; readonly flat: boolean; readonly milliseconds: number }
  | { readonly kind: "error"; readonly message: string }
  /** A newer picture was asked for before this one was done. */
  | { readonly kind: "outdated" };

/** Longest line in the picture; all of a name stands in the details pane. */
const LABEL_LIMIT = 30;

/**
 * The scene of a graph. dagre can't lay out some graphs with boxes in boxes; such a graph is drawn again without them, which
 * `flat` says. Never rejects.
 */
export async function drawnScene(graph: GraphView, options: DrawingOptions, desk: DrawingDesk): Promise<DrawnScene> {
  const first = await attempt(graph, options, desk);
  if (first.kind !== "error" || graph.boxes.length === 0) return first;
  const second = await attempt({ ...graph, boxes: [] }, options, desk);
  return second.kind === "scene" ? { ...second, flat: true } : second.kind === "outdated" ? second : first;
}

async function attempt(graph: GraphView, options: DrawingOptions, desk: DrawingDesk): Promise<DrawnScene> {
  const mermaidOptions: MermaidOptions = {
    direction: options.direction,
    edgeLabels: options.edgeLabels,
    labelLimit: LABEL_LIMIT,
  };
  const picture = mermaidPicture(graph, mermaidOptions);
  const drawing = await desk.drawing(picture.text, options.fontFamily);
  if (drawing === null) return { kind: "outdated" };
  if ("error" in drawing) return { kind: "error", message: drawing.error };
  const made = scene(adoptedPicture(drawing.picture), picture, graph);
  if (made.nodes.length < graph.nodes.length) return { kind: "error", message: "Some applications were not drawn." };
  return { kind: "scene", scene: made, flat: false, milliseconds: drawing.milliseconds };
}

/** The direction that makes the most of a pane. */
export function bestDirection(wanted: "auto" | "LR" | "TB", pane: { width: number; height: number }): "LR" | "TB" {
  if (wanted !== "auto") return wanted;
  return pane.width >= pane.height * 1.05 ? "LR" : "TB";
}
