import {
  type DrawnEdge,
  type DrawnView,
  flowsOf,
  layout,
  type PlacedPicture,
  type SceneItem as PureItem,
  type Scene as PureScene,
  pictureScene,
  type Shape,
  type TextWidth,
} from "#picture";
import { shape } from "../page/element.ts";
import { type GraphIndex, graphIndex } from "../view/graph-index.ts";
import { boxName, edgeName, nodeSurroundings } from "../view/wording.ts";

/** One element of the picture that can be reached, selected and asked about. */
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

/** The picture as elements of the page: every node and edge of the graph has its elements, names and classes. */
export interface Scene {
  readonly root: SVGGElement;
  readonly graph: DrawnView;
  /** The same as plain data, for files. */
  readonly shapes: PureScene;
  readonly items: ReadonlyMap<string, SceneItem>;
  readonly nodes: readonly SceneItem[];
  readonly edges: readonly SceneItem[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The scene of a graph, or the reason why it is not drawn. */
export function drawnScene(
  graph: DrawnView,
  textWidth: TextWidth,
  edgeLabels: boolean,
): Scene | { readonly refused: string } {
  const placed = layout(graph, textWidth, { edgeLabels });
  return placed.kind === "refused" ? { refused: placed.reason } : sceneOf(placed, graph);
}

function sceneOf(placed: PlacedPicture, graph: DrawnView): Scene {
  const shapes = pictureScene(placed, graph);
  const index = graphIndex(graph);
  const places = new Map(placed.nodes.map((node) => [node.id, node]));
  const edgePlaces = new Map(placed.edges.map((edge) => [edge.id, edge]));
  const nodes = shapes.nodes.map((item): SceneItem => {
    const element = nodeElement(item, index);
    const { x = 0, y = 0, width = 0, height = 0 } = places.get(item.id) ?? {};
    return { kind: "node", id: item.id, element, parts: [element], x: x + width / 2, y: y + height / 2, width, height };
  });
  const edges = shapes.edges.map((item): SceneItem => {
    const element = elementOf(item.shape);
    const label = item.label && elementOf(item.label);
    const edge = index.edges.get(item.id);
    if (edge) nameEdge(element, label, edge, index);
    const place = edgePlaces.get(item.id);
    const [x, y] = place?.label
      ? [place.label.x + place.label.width / 2, place.label.y + place.label.height / 2]
      : (place?.points[Math.floor(place.points.length / 2)] ?? [0, 0]);
    return {
      kind: "edge",
      id: item.id,
      element,
      parts: label ? [element, label] : [element],
      x,
      y,
      width: 0,
      height: 0,
    };
  });
  const boxes = shapes.boxes.map((item) => {
    const element = elementOf(item.shape);
    const box = index.boxes.get(item.id);
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", box ? boxName(box) : item.id);
    element.setAttribute("data-box", item.id);
    return element;
  });
  const labels = edges.flatMap((item) => item.parts.slice(1));
  const { width, height } = shapes;
  return {
    root: shape(
      "g",
      { class: "scene" },
      shape("g", {}, ...boxes),
      shape("g", {}, ...edges.map((item) => item.element)),
      shape("g", { "aria-hidden": "true" }, ...labels),
      shape("g", {}, ...nodes.map((item) => item.element)),
    ),
    graph,
    shapes,
    items: new Map([...nodes, ...edges].map((item) => [item.id, item])),
    nodes,
    edges,
    x: 0,
    y: 0,
    width,
    height,
  };
}

function nodeElement(item: PureItem, index: GraphIndex): SVGGElement {
  const element = elementOf(item.shape);
  const node = index.nodes.get(item.id);
  // The name begins with the visible words, so that speech control finds them.
  const words = item.shape.children.flatMap(({ text }) => text ?? []);
  element.setAttribute("role", "button");
  element.setAttribute("tabindex", "-1");
  element.setAttribute("data-node", item.id);
  element.setAttribute("aria-label", `${words.join(" ")}, ${node ? nodeSurroundings(node, index) : ""}`);
  if (node?.kind === "group") element.setAttribute("aria-expanded", "false");
  return element;
}

function nameEdge(element: SVGGElement, label: SVGGElement | null, edge: DrawnEdge, index: GraphIndex): void {
  element.setAttribute("role", "button");
  element.setAttribute("tabindex", "-1");
  element.setAttribute("data-edge", edge.id);
  element.setAttribute(
    "data-flows",
    flowsOf(edge)
      .map((flow) => flow.id)
      .join("\n"),
  );
  element.setAttribute("aria-label", edgeName(edge, index));
  label?.setAttribute("data-edge", edge.id);
}

/** A shape as an element of the page. */
export function elementOf(from: Shape): SVGGElement {
  // A blank that is not drawn: read as text, the lines of a node must not run into each other.
  const made = shape(from.tag, from.attributes, ...from.children.flatMap((child) => [elementOf(child), " "]));
  if (from.text !== null) made.textContent = from.text;
  return made as SVGGElement;
}
