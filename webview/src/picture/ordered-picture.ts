import { type MermaidPicture, mermaidPicture } from "#picture";
import type { GraphView } from "#protocol";

/** Longest line in the picture; all of a name stands in the details pane. */
const LABEL_LIMIT = 30;

/** Curves of a picture from top to bottom; see drawing/mermaid-config.ts. */
const DOWNWARD = '%%{init: {"flowchart": {"curve": "monotoneY"}}}%%';

/** The text that the drawing script is to draw of a graph, with the ids that the graph's parts have in it. */
export function orderedPicture(graph: GraphView, direction: "LR" | "TB", edgeLabels: boolean): MermaidPicture {
  return mermaidPicture(graph, {
    direction,
    edgeLabels: edgeLabels ? "short" : "none",
    // What is one line and what is several was decided before; edges of a node to itself are drawn by the scene, in less room.
    parallel: "single",
    selfLoops: false,
    styles: false,
    labelLimit: LABEL_LIMIT,
    ...(direction === "TB" ? { preamble: DOWNWARD } : {}),
  });
}
