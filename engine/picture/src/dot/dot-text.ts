import type { BoxView, GraphView, NodeView } from "#protocol";
import type { DrawnView } from "../collapse/drawn-edge.ts";
import { mergedEdges } from "../collapse/merged-edges.ts";
import { edgeLines } from "../mermaid/edge-lines.ts";
import { shortened } from "../mermaid/label.ts";
import { nodeLines } from "../mermaid/mermaid-text.ts";
import { edgeStyle, verdictSign } from "../style/edge-style.ts";
import { nodeStyle } from "../style/node-style.ts";

/** The view as Graphviz DOT, one cluster per box, flows of one look between the same two nodes as one edge. Any names are safe in it. */
export function dotText(view: DrawnView): string {
  const ids = new Map(view.nodes.map((node, index) => [node.id, `n${index}`]));
  const lines = [
    "digraph traffic {",
    "  rankdir=LR;",
    '  node [fontname="sans-serif"];',
    '  edge [fontname="sans-serif"];',
  ];
  const boxes = new Map(view.boxes.map((box) => [box.id, box]));
  const seen = new Set<string>();
  for (const box of view.boxes)
    if (box.parent === null || !boxes.has(box.parent))
      for (const each of boxLines(view, box, ids, seen, "  ")) lines.push(each);
  for (const box of view.boxes) for (const each of boxLines(view, box, ids, seen, "  ")) lines.push(each);
  for (const node of view.nodes) if (!boxes.has(node.box)) lines.push(`  ${nodeLine(node, ids)}`);
  for (const edge of mergedEdges(view.edges, "parallel")) {
    const [source, target] = [ids.get(edge.source), ids.get(edge.target)];
    if (source === undefined || target === undefined) continue;
    const { dotStyle, dotHead, width } = edgeStyle(edge.kind);
    const head = verdictSign(edge) === "denied" ? "tee" : dotHead;
    const label = edgeLines(edge).map(dotLabel).join("\\n");
    lines.push(
      `  ${source} -> ${target} [label="${label}", style=${dotStyle}, arrowhead=${head}, penwidth=${width}${edge.twoWay ? ", dir=both" : ""}];`,
    );
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

function boxLines(
  view: GraphView,
  box: BoxView,
  ids: ReadonlyMap<string, string>,
  seen: Set<string>,
  indent: string,
): string[] {
  if (seen.has(box.id)) return [];
  seen.add(box.id);
  const content = [
    ...view.nodes.filter((node) => node.box === box.id).map((node) => `${indent}  ${nodeLine(node, ids)}`),
    ...view.boxes
      .filter((child) => child.parent === box.id)
      .flatMap((child) => boxLines(view, child, ids, seen, `${indent}  `)),
  ];
  if (content.length === 0) return [];
  const name = `cluster_${view.boxes.indexOf(box)}`;
  return [
    `${indent}subgraph ${name} {`,
    `${indent}  label="${dotLabel(`${box.kind} ${box.label}`)}";`,
    ...content,
    `${indent}}`,
  ];
}

function nodeLine(node: NodeView, ids: ReadonlyMap<string, string>): string {
  const label = nodeLines(node).map(dotLabel).join("\\n");
  return `${ids.get(node.id)} [label="${label}", shape=${nodeStyle(node.kind).dotShape}];`;
}

/** A text inside DOT's quotation marks: backslashes and quotation marks escaped, control characters as blanks. */
function dotLabel(text: string): string {
  return shortened(text, 60)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    .replaceAll(/[\p{Cf}\p{Cs}]/gu, "")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"');
}
