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

/** Curves of a picture from top to bottom; see drawing/mermaid-config.ts. */
const DOWNWARD = '%%{init: {"flowchart": {"curve": "monotoneY"}}}%%';

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
    edgeLabels: options.edgeLabels ? "short" : "none",
    // What is one line and what is several was decided before; edges of a node to itself are drawn by the scene, in less room.
    parallel: "single",
    selfLoops: false,
    labelLimit: LABEL_LIMIT,
    ...(options.direction === "TB" ? { preamble: DOWNWARD } : {}),
  };
  const picture = mermaidPicture(graph, mermaidOptions);
  const drawing = await desk.drawing(picture.text, options.fontFamily);
  if (drawing === null) return { kind: "outdated" };
  if ("error" in drawing) return { kind: "error", message: drawing.error };
  const made = scene(adoptedPicture(drawing.picture), picture, graph);
  // A picture that leaves something out would be a lie.
  const lost = [...graph.nodes, ...drawable(graph)].filter((one) => !made.items.has(one.id));
  if (lost.length > 0) return { kind: "error", message: `${lost.length} of the graph's elements were not drawn.` };
  return { kind: "scene", scene: made, flat: false, milliseconds: drawing.milliseconds };
}

/** Edges whose both ends are in the graph: what a hidden or unknown end leaves over can't be drawn. */
function drawable(graph: GraphView): GraphView["edges"] {
  const nodes = new Set(graph.nodes.map((node) => node.id));
  return graph.edges.filter((edge) => nodes.has(edge.source) && nodes.has(edge.target));
}

/** The direction that makes the most of a pane. */
export function bestDirection(wanted: "auto" | "LR" | "TB", pane: { width: number; height: number }): "LR" | "TB" {
  if (wanted !== "auto") return wanted;
  return pane.width >= pane.height * 1.05 ? "LR" : "TB";
}
