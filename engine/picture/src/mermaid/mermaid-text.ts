import type { BoxView, EdgeView, GraphView, NodeView } from "#protocol";
import type { DrawnEdge, DrawnView } from "../collapse/drawn-edge.ts";
import { mergedEdges } from "../collapse/merged-edges.ts";
import { edgeStyle, verdictSign } from "../style/edge-style.ts";
import { nodeStyle } from "../style/node-style.ts";
import { edgeLines, type LabelLength } from "./edge-lines.ts";
import { mermaidLabel } from "./label.ts";
import { modelDistances } from "./model-distance.ts";

export interface MermaidOptions {
  /** Default `LR`, as a wide editor panel likes it. */
  readonly direction?: "LR" | "TB";
  /** Longest line of a label, in characters; default 48. */
  readonly labelLimit?: number;
  /** The labels of edges: the labels of all their flows (default), only what distinguishes the edges, or nothing. */
  readonly edgeLabels?: LabelLength | "none";
  /** `merged` (default): flows of one look between the same two nodes are one edge; `single`: edges are drawn as they come. */
  readonly parallel?: "merged" | "single";
  /** Whether edges from a node to itself are drawn (default), or left to who draws the rest. */
  readonly selfLoops?: boolean;
  /** Whether line widths, dashes and classes are said (default), or left to the style sheet of who shows the picture. */
  readonly styles?: boolean;
  /** Gives each edge an id (`e7@-->`), so that it can be found in the drawn picture. Needs Mermaid 11.6 or later; default true. */
  readonly edgeIds?: boolean;
  /** A first line such as `%%{init: …}%%`; written as it is. */
  readonly preamble?: string;
}

/** A picture's text, and which of its ids stands for what. */
export interface MermaidPicture {
  readonly text: string;
  /** Mermaid's id → id in the view. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: ReadonlyMap<string, string>;
  readonly boxes: ReadonlyMap<string, string>;
}

/** The Mermaid flowchart of a view. Any names are safe in it; see `mermaidLabel`. Edges of nodes that are not there are left out. */
export function mermaidText(view: DrawnView, options: MermaidOptions = {}): string {
  return mermaidPicture(view, options).text;
}

/** The Mermaid flowchart of a view with the meaning of its ids: `n3`, `e7` and `b1` count the view's nodes, edges and boxes. */
export function mermaidPicture(view: DrawnView, options: MermaidOptions = {}): MermaidPicture {
  const limit = options.labelLimit ?? 48;
  const nodeIds = new Map(view.nodes.map((node, index) => [node.id, `n${index}`]));
  const boxIds = new Map(view.boxes.map((box, index) => [box.id, `b${index}`]));
  const lines = options.preamble ? [options.preamble] : [];
  lines.push(`flowchart ${options.direction ?? "LR"}`);
  for (const each of boxLines(view, nodeIds, boxIds, limit, options.direction ?? "LR")) lines.push(each);
  const edges = options.parallel === "single" ? view.edges : mergedEdges(view.edges, "parallel");
  const drawn = edges.filter(
    (edge) =>
      nodeIds.has(edge.source) &&
      nodeIds.has(edge.target) &&
      (edge.source !== edge.target || options.selfLoops !== false),
  );
  const edgeIds = new Map(drawn.map((edge, index) => [`e${index}`, edge.id]));
  const distances = modelDistances(view, drawn);
  for (const [index, edge] of drawn.entries())
    lines.push(edgeLine(edge, index, nodeIds, options, limit, distances.get(edge.id) ?? 1));
  if (options.styles !== false)
    lines.push(
      ...linkStyles(drawn),
      ...changeStyles(drawn),
      ...classLines(view, nodeIds),
      ...changedEnds(drawn, nodeIds),
    );
  return {
    text: `${lines.join("\n")}\n`,
    nodes: inverted(nodeIds),
    edges: edgeIds,
    boxes: inverted(boxIds),
  };
}

function inverted(map: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...map].map(([from, to]) => [to, from]));
}

/** Boxes with their nodes, clusters inside their models; then the nodes of no known box. A box without content is not drawn. */
function boxLines(
  view: GraphView,
  nodeIds: ReadonlyMap<string, string>,
  boxIds: ReadonlyMap<string, string>,
  limit: number,
  direction: "LR" | "TB",
): string[] {
  const children = new Map<string, BoxView[]>();
  const roots: BoxView[] = [];
  for (const box of view.boxes) {
    if (box.parent !== null && box.parent !== box.id && boxIds.has(box.parent))
      children.set(box.parent, [...(children.get(box.parent) ?? []), box]);
    else roots.push(box);
  }
  const inside = new Map<string, NodeView[]>();
  const outside: NodeView[] = [];
  for (const node of view.nodes) {
    if (boxIds.has(node.box)) inside.set(node.box, [...(inside.get(node.box) ?? []), node]);
    else outside.push(node);
  }
  const seen = new Set<string>();
  const drawBox = (box: BoxView, indent: string): string[] => {
    if (seen.has(box.id)) return [];
    seen.add(box.id);
    const content = [
      ...(inside.get(box.id) ?? []).map((node) => `${indent}  ${nodeText(node, nodeIds, limit)}`),
      ...(children.get(box.id) ?? []).flatMap((child) => drawBox(child, `${indent}  `)),
    ];
    if (content.length === 0) return [];
    const title = box.kind === "model" ? `model ${box.label}` : `cluster ${box.label}`;
    // Without a direction of its own, Mermaid lays a box that no edge crosses out across the direction of the whole.
    const head = [
      `${indent}subgraph ${boxIds.get(box.id)}["${mermaidLabel(title, limit)}"]`,
      `${indent}  direction ${direction}`,
    ];
    return [...head, ...content, `${indent}end`];
  };
  return [
    // Boxes that contain each other have no root; whatever was not reached is drawn from where it is met.
    ...[...roots, ...view.boxes].flatMap((box) => drawBox(box, "  ")),
    ...outside.map((node) => `  ${nodeText(node, nodeIds, limit)}`),
  ];
}

function nodeText(node: NodeView, nodeIds: ReadonlyMap<string, string>, limit: number): string {
  const { open, close } = nodeStyle(node.kind);
  return `${nodeIds.get(node.id)}${open}"${nodeLines(node)
    .map((line) => mermaidLabel(line, limit))
    .join("<br/>")}"${close}`;
}

/** What stands in a node: its name, then its kind, number of units and roles, then that it is off the mesh, or open. */
export function nodeLines(node: NodeView): readonly string[] {
  const kind = nodeStyle(node.kind).title.toLowerCase();
  const facts = [kind];
  // A group's label counts its applications; their units and roles would only be a crowd.
  if (node.units !== 1 && node.kind !== "group") facts.push(`×${node.units}`);
  if (node.roles.length > 0 && node.kind !== "group") facts.push(node.roles.join(", "));
  const offMesh = node.onMesh || node.kind === "beacon" ? [] : ["not on the mesh"];
  return [node.label, facts.join(" · "), ...offMesh, ...(node.openToAll ? ["open to everybody"] : [])];
}

function edgeLine(
  edge: DrawnEdge,
  index: number,
  nodeIds: ReadonlyMap<string, string>,
  options: MermaidOptions,
  limit: number,
  distance: number,
): string {
  const usual = longer(edgeStyle(edge.kind).link, distance);
  // What is refused ends at a cross, whatever its line.
  const link = verdictSign(edge) === "denied" ? usual.replace(/[>o-]$/, "x") : usual;
  const id = options.edgeIds === false ? "" : `e${index}@`;
  const length = options.edgeLabels ?? "full";
  const lines = length === "none" ? [] : edgeLines(edge, length);
  const label = lines.length === 0 ? "" : `|"${lines.map((line) => mermaidLabel(line, limit)).join("<br/>")}"|`;
  return `  ${nodeIds.get(edge.source)} ${id}${edge.twoWay ? twoWay(link) : link}${label} ${nodeIds.get(edge.target)}`;
}

/** A link that spans so many ranks: `--->`, `===>` and `-..->` span two. */
function longer(link: string, ranks: number): string {
  return link.replace(/^-?[-=.]/, (start) => start + start.slice(-1).repeat(ranks - 1));
}

/** A link with a head at both ends; Mermaid has them for the heads `>`, `x` and `o`. */
function twoWay(link: string): string {
  const head = link.at(-1) ?? "";
  return head === ">" ? `<${link}` : head === "-" ? link : `${head}${link}`;
}

/** Line width and dashes, one statement per kind. Colours are the theme's. */
function linkStyles(edges: readonly EdgeView[]): string[] {
  const indexes = new Map<EdgeView["kind"], number[]>();
  for (const [index, edge] of edges.entries()) indexes.set(edge.kind, [...(indexes.get(edge.kind) ?? []), index]);
  return [...indexes].map(([kind, at]) => {
    const { width, dash } = edgeStyle(kind);
    return `  linkStyle ${at.join(",")} stroke-width:${width}px${dash === null ? "" : `,stroke-dasharray:${dash}`}`;
  });
}

/** What a change does to a flow, as colours that keep their contrast on light and dark pages. */
const CHANGE_COLOURS: Readonly<Record<NonNullable<EdgeView["change"]>, string>> = {
  opened: "#2da44e",
  widened: "#d4820a",
  closed: "#e5534b",
  narrowed: "#4a8fe7",
  changed: "#8c959f",
};

/** Colours for edges that differ between two states; the label says the same in words. */
function changeStyles(edges: readonly EdgeView[]): string[] {
  return edges.flatMap(({ change }, index) =>
    change === null ? [] : `  linkStyle ${index} stroke:${CHANGE_COLOURS[change]},stroke-width:4px`,
  );
}

/** The ends of flows that open or widen, as a class with an outline of that colour. */
function changedEnds(edges: readonly EdgeView[], nodeIds: ReadonlyMap<string, string>): string[] {
  return (["opened", "widened"] as const).flatMap((change) => {
    const ids = new Set(edges.filter((edge) => edge.change === change).map((edge) => nodeIds.get(edge.target) ?? ""));
    if (ids.size === 0) return [];
    return [
      `  classDef change-${change} stroke:${CHANGE_COLOURS[change]},stroke-width:3px`,
      `  class ${[...ids].join(",")} change-${change}`,
    ];
  });
}

/** `class n1,n2 node-worker`, for the host's style sheet; `off-mesh` beside it. */
function classLines(view: GraphView, nodeIds: ReadonlyMap<string, string>): string[] {
  const byClass = new Map<string, string[]>();
  for (const node of view.nodes) {
    const classes = [nodeStyle(node.kind).className, ...(node.onMesh ? [] : ["off-mesh"])];
    for (const name of classes) byClass.set(name, [...(byClass.get(name) ?? []), nodeIds.get(node.id) ?? ""]);
  }
  return [...byClass].map(([name, ids]) => `  class ${ids.join(",")} ${name}`);
}
