import type { GraphView } from "#protocol";
import { adoptedPicture } from "./adopted.ts";
import type { DrawingDesk } from "./drawing-desk.ts";
import { orderedPicture } from "./ordered-picture.ts";
import { type Scene, scene } from "./scene.ts";

/** How a graph is to be drawn. */
export interface DrawingOptions {
  /** `auto`: from left to right, unless the other way makes much more of the pane. */
  readonly direction: "auto" | "LR" | "TB";
  /** The pane's width for each pixel of its height. */
  readonly aspect: number;
  readonly edgeLabels: boolean;
  readonly fontFamily: string;
}

/** What came of drawing a graph. */
export type DrawnScene =
  | {
      readonly kind: "scene";
      readonly scene: Scene;
      readonly direction: "LR" | "TB";
      readonly flat: boolean;
      readonly milliseconds: number;
    }
  | { readonly kind: "error"; readonly message: string }
  /** A newer picture was asked for before this one was done. */
  | { readonly kind: "outdated" };

/** A picture this many times as wide as its pane, for its height, is worth a try from top to bottom. */
const MUCH_TOO_WIDE = 2;

/**
 * The scene of a graph. Which direction makes more of a pane can't be told from a graph: siblings and labels make a picture from top to
 * bottom wide, long chains one from left to right; so the other is drawn too where the usual one wastes most of the pane. Never rejects.
 */
export async function drawnScene(graph: GraphView, options: DrawingOptions, desk: DrawingDesk): Promise<DrawnScene> {
  const { direction, aspect } = options;
  if (direction !== "auto") return directedScene(graph, direction, options, desk);
  const usual = await directedScene(graph, "LR", options, desk);
  if (usual.kind !== "scene" || usual.scene.width / usual.scene.height < MUCH_TOO_WIDE * aspect) return usual;
  const other = await directedScene(graph, "TB", options, desk);
  if (other.kind === "outdated") return other;
  const milliseconds = usual.milliseconds + (other.kind === "scene" ? other.milliseconds : 0);
  const best = other.kind === "scene" && largest(other.scene, aspect) > largest(usual.scene, aspect) ? other : usual;
  return { ...best, milliseconds };
}

/** How large a scene can be shown in a pane of this form and of height 1. */
function largest(scene: Pick<Scene, "width" | "height">, aspect: number): number {
  return Math.min(aspect / scene.width, 1 / scene.height);
}

/**
 * The scene of a graph drawn in one direction. dagre can't lay out some graphs with boxes in boxes; such a graph is drawn again without them, which
 * `flat` says. Never rejects.
 */
async function directedScene(
  graph: GraphView,
  direction: "LR" | "TB",
  options: DrawingOptions,
  desk: DrawingDesk,
): Promise<DrawnScene> {
  const first = await attempt(graph, direction, options, desk);
  if (first.kind !== "error" || graph.boxes.length === 0) return first;
  const second = await attempt({ ...graph, boxes: [] }, direction, options, desk);
  return second.kind === "scene" ? { ...second, flat: true } : second.kind === "outdated" ? second : first;
}

async function attempt(
  graph: GraphView,
  direction: "LR" | "TB",
  options: DrawingOptions,
  desk: DrawingDesk,
): Promise<DrawnScene> {
  const picture = orderedPicture(graph, direction, options.edgeLabels);
  const drawing = await desk.drawing(picture.text, options.fontFamily);
  if (drawing === null) return { kind: "outdated" };
  if ("error" in drawing) return { kind: "error", message: drawing.error };
  const made = scene(adoptedPicture(drawing.picture), picture, graph);
  // A picture that leaves something out would be a lie.
  const lost = [...graph.nodes, ...drawable(graph)].filter((one) => !made.items.has(one.id));
  if (lost.length > 0) return { kind: "error", message: `${lost.length} of the graph's elements were not drawn.` };
  return { kind: "scene", scene: made, direction, flat: false, milliseconds: drawing.milliseconds };
}

/** Edges whose both ends are in the graph: what a hidden or unknown end leaves over can't be drawn. */
function drawable(graph: GraphView): GraphView["edges"] {
  const nodes = new Set(graph.nodes.map((node) => node.id));
  return graph.edges.filter((edge) => nodes.has(edge.source) && nodes.has(edge.target));
}

/** The form of a pane in steps, so that moving its edge a little draws nothing anew. */
export function paneAspect(pane: { readonly width: number; readonly height: number }): number {
  if (pane.width <= 0 || pane.height <= 0) return 1;
  return 2 ** (Math.round(2 * Math.log2(pane.width / pane.height)) / 2);
}
