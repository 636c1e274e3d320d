import {
  type DrawnEdge,
  type DrawnView,
  edgeStyle,
  flowsOf,
  type MermaidPicture,
  nodeStyle,
  verdictSign,
} from "#picture";
import type { NodeView } from "#protocol";
import { NODE_ROWS } from "../drawing/dom/text-width.ts";
import { shape } from "../page/element.ts";
import { iconPaths, NODE_ICONS } from "../page/icon.tsx";
import { graphIndex } from "../view/graph-index.ts";
import { boxName, edgeName, nodeSurroundings } from "../view/wording.ts";
import type { AdoptedPicture } from "./adopted.ts";

/** One thing of the picture that can be reached, chosen and asked about. */
export interface SceneItem {
  readonly kind: "node" | "edge";
  readonly id: string;
  /** Takes the focus, and carries role and name. */
  readonly element: SVGGElement;
  /** All that is drawn of it; classes for its state go here. */
  readonly parts: readonly SVGElement[];
  /** Middle of it in the picture's own coordinates. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The picture with meaning: every node and edge of the graph has its elements, names and classes. */
export interface Scene {
  readonly root: SVGGElement;
  readonly graph: DrawnView;
  readonly items: ReadonlyMap<string, SceneItem>;
  readonly nodes: readonly SceneItem[];
  readonly edges: readonly SceneItem[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Width of the line that a pointer can hit, in the picture's pixels. */
const HIT_WIDTH = 14;

/** Joins what mermaid drew with the graph that it was drawn from. */
export function scene(adopted: AdoptedPicture, ids: MermaidPicture, graph: DrawnView): Scene {
  const index = graphIndex(graph);
  const items = new Map<string, SceneItem>();
  const boxLayer = shape("g", { class: "boxes" });
  const lineLayer = shape("g", { class: "lines" });
  const nodeLayer = shape("g", { class: "nodes" });
  const labelLayer = shape("g", { class: "labels", "aria-hidden": "true" });
  for (const [mermaidId, group] of adopted.boxes) {
    const box = index.boxes.get(ids.boxes.get(mermaidId) ?? "");
    if (!box) continue;
    group.setAttribute("class", `cluster box-${box.kind}`);
    group.setAttribute("role", "img");
    group.setAttribute("aria-label", boxName(box));
    group.setAttribute("data-box", box.id);
    dressFrame(group, box.kind === "model" ? MODEL_INSET : 0);
    boxLayer.append(group);
  }
  for (const [mermaidId, group] of adopted.nodes) {
    const node = index.nodes.get(ids.nodes.get(mermaidId) ?? "");
    if (!node) continue;
    const item = nodeItem(node, group);
    items.set(node.id, item);
    // The name begins with the words that are seen, so that who speaks to the computer can say them.
    const words = [...group.querySelectorAll("text > tspan")].map((row) => row.textContent?.trim() ?? "");
    item.element.setAttribute("aria-label", `${words.join(" ")}, ${nodeSurroundings(node, index)}`);
    nodeLayer.append(group);
  }
  for (const [mermaidId, path] of adopted.paths) {
    const edge = index.edges.get(ids.edges.get(mermaidId) ?? "");
    if (!edge) continue;
    const label = adopted.labels.get(mermaidId);
    const item = edgeItem(edge, path, label ?? null);
    items.set(edge.id, item);
    item.element.setAttribute("aria-label", edgeName(edge, index));
    lineLayer.append(item.element);
    if (label) labelLayer.append(label);
  }
  const loops = new Map<string, number>();
  for (const edge of graph.edges) {
    const at = items.get(edge.source);
    if (items.has(edge.id) || edge.source !== edge.target || !at) continue;
    const turn = loops.get(edge.source) ?? 0;
    loops.set(edge.source, turn + 1);
    const item = edgeItem(edge, shape("path", { d: loopPath(at, turn) }), null);
    items.set(edge.id, item);
    item.element.setAttribute("aria-label", edgeName(edge, index));
    lineLayer.append(item.element);
  }
  const all = [...items.values()];
  const { x, y, width, height } = adopted;
  return {
    root: shape("g", { class: "scene" }, boxLayer, lineLayer, labelLayer, nodeLayer),
    graph,
    items,
    nodes: all.filter((item) => item.kind === "node"),
    edges: all.filter((item) => item.kind === "edge"),
    x,
    y,
    width,
    height,
  };
}

/** An edge from a node to itself goes round its upper right corner, each farther out; mermaid would give it as much room as two nodes. */
function loopPath(at: Pick<SceneItem, "x" | "y" | "width" | "height">, turn: number): string {
  const out = 14 + 8 * turn;
  const right = at.x + at.width / 2;
  const top = at.y - at.height / 2;
  return `M${right - 24},${top} C${right - 24},${top - out} ${right + out},${top - out} ${right + out},${at.y} C${right + out},${at.y + 6} ${right + 8},${at.y + 4} ${right},${at.y + 2}`;
}

/** dagre lays the frames of models edge to edge; a little less of each makes them two. */
const MODEL_INSET = 5;

/** A box's title stands in its upper left corner, where titles of frames are looked for, and in the way of no line. */
function dressFrame(group: SVGGElement, inset: number): void {
  const frame = group.querySelector(":scope > rect");
  if (!frame) return;
  const [x = 0, y = 0, width = 0, height = 0] = ["x", "y", "width", "height"].map((name) =>
    Number(frame.getAttribute(name)),
  );
  const within = { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset };
  for (const [name, value] of Object.entries(within)) frame.setAttribute(name, String(value));
  group.querySelector(".cluster-label")?.setAttribute("transform", `translate(${x + inset + 8}, ${y + inset + 4})`);
}

function middleOf(transform: string | null): readonly [number, number] {
  const match = /translate\(\s*(-?[\d.e+-]+)[\s,]+(-?[\d.e+-]+)/.exec(transform ?? "");
  return [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
}

function nodeItem(node: NodeView, group: SVGGElement): SceneItem {
  const style = nodeStyle(node.kind);
  const off = node.onMesh || node.kind === "beacon" ? "" : " off-mesh";
  group.setAttribute("class", `node ${style.className}${off}`);
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("data-node", node.id);
  if (node.kind === "group") group.setAttribute("aria-expanded", "false");
  const [x, y] = middleOf(group.getAttribute("transform"));
  group.querySelectorAll("text > tspan").forEach((row, at) => {
    row.removeAttribute("dy");
    row.setAttribute("y", String(NODE_ROWS.first + NODE_ROWS.step * at));
    if (at === 0) row.classList.add("title-row");
    // A blank that takes no room: read as text, the lines must not run into each other.
    row.append(shape("tspan", { "font-size": 0 }, " "));
  });
  const outline = group.firstElementChild;
  if (outline instanceof SVGElement) outline.classList.add("outline");
  const bounds = outlineBounds(outline);
  if (node.kind === "group") {
    outline?.replaceWith(stack(bounds.width, bounds.height));
    // In the middle of the front card.
    const label = group.querySelector(".label");
    const [, top] = middleOf(label?.getAttribute("transform") ?? null);
    label?.setAttribute("transform", `translate(${-PILE / 2}, ${top})`);
  }
  group.append(badge(node, bounds.width, bounds.height));
  return { kind: "node", id: node.id, element: group, parts: [group], x, y, ...bounds };
}

/** How far the last card of a pile is behind the first. */
const PILE = 8;

/** A group looks like a pile of cards, whatever outline mermaid gave it. */
function stack(width: number, height: number): SVGGElement {
  const card = (offset: number) =>
    shape("rect", { x: -width / 2 + offset, y: -height / 2 - offset, width: width - PILE, height, rx: 3 });
  return shape("g", { class: "outline" }, card(PILE), card(PILE / 2), card(0));
}

/** The kind's icon on the node's upper edge, in the way of Kiali's badges: kinds are told apart at a glance and at small sizes. */
function badge(node: NodeView, width: number, height: number): SVGGElement {
  const paths = iconPaths(NODE_ICONS[node.kind]).map((d) =>
    shape("path", { d, "clip-rule": "evenodd", "fill-rule": "evenodd" }),
  );
  return shape(
    "g",
    { class: "badge", transform: `translate(${-width / 2 + 5}, ${-height / 2 - 13})` },
    shape("rect", { x: -3, y: -3, width: 20, height: 20, rx: 10, class: "badge-ground" }),
    shape("g", { transform: "scale(0.875)" }, ...paths),
  );
}

/** Size of a node from its outline: what mermaid wrote there, without asking the page to lay anything out. */
function outlineBounds(outline: Element | null): { width: number; height: number } {
  const number = (name: string) => Number(outline?.getAttribute(name) ?? Number.NaN);
  if (Number.isFinite(number("width"))) return { width: number("width"), height: number("height") };
  const numbers: number[] = [];
  const points = outline?.getAttribute("points");
  if (points)
    numbers.push(
      ...points
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(Number),
    );
  else {
    // A cylinder's path begins with its half height and its radii: M0,ry a rx,ry … l0,height …
    const d = outline?.getAttribute("d") ?? outline?.querySelector("path")?.getAttribute("d") ?? "";
    const cylinder = /^M0,([\d.]+) a([\d.]+),[\d.]+ .*? l0,([\d.]+)/.exec(d);
    if (cylinder) return { width: 2 * Number(cylinder[2]), height: Number(cylinder[3]) + 2 * Number(cylinder[1]) };
    for (const match of d.matchAll(/(-?[\d.]+(?:e-?\d+)?)[\s,]+(-?[\d.]+(?:e-?\d+)?)/g))
      numbers.push(Number(match[1]), Number(match[2]));
  }
  const xs = numbers.filter((_, at) => at % 2 === 0);
  const ys = numbers.filter((_, at) => at % 2 === 1);
  if (xs.length === 0) return { width: 80, height: 40 };
  return { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
}

function edgeItem(edge: DrawnEdge, path: SVGPathElement, label: SVGGElement | null): SceneItem {
  const style = edgeStyle(edge.kind);
  const change = edge.change === null ? "" : ` change-${edge.change}`;
  const sign = verdictSign(edge);
  const classes = `${style.className} verdict-${edge.verdict}${sign === null ? "" : ` sign-${sign}`}${change}`;
  const d = path.getAttribute("d") ?? "";
  path.setAttribute("class", "line");
  const head = sign === "denied" ? "cross" : HEADS[style.dotHead];
  path.setAttribute("marker-end", `url(#head-${head})`);
  if (edge.twoWay) path.setAttribute("marker-start", `url(#head-${head})`);
  const halo = shape("path", { class: "halo", d });
  const hit = shape("path", { class: "hit", d, "stroke-width": HIT_WIDTH });
  const group = shape(
    "g",
    {
      class: `edge ${classes}`,
      role: "button",
      tabindex: "-1",
      "data-edge": edge.id,
      "data-flows": flowsOf(edge)
        .map((flow) => flow.id)
        .join("\n"),
    },
    halo,
    path,
    hit,
  );
  if (label) {
    label.setAttribute("class", `edge-label ${classes}`);
    label.setAttribute("data-edge", edge.id);
  }
  const [x, y] = label ? middleOf(label.getAttribute("transform")) : middleOfPath(d);
  const parts: SVGElement[] = label ? [group, label] : [group];
  return { kind: "edge", id: edge.id, element: group, parts, x, y, width: 0, height: 0 };
}

/** Arrow heads by the names that Graphviz has for them. */
const HEADS: Readonly<Record<string, string>> = {
  normal: "arrow",
  tee: "cross",
  odot: "circle",
  none: "none",
  box: "box",
};

function middleOfPath(d: string): readonly [number, number] {
  const pairs = [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)];
  const middle = pairs[Math.floor(pairs.length / 2)];
  return [Number(middle?.[1] ?? 0), Number(middle?.[2] ?? 0)];
}
