import type { NodeView } from "#protocol";
import type { DrawnEdge, DrawnView } from "../collapse/drawn-edge.ts";
import type {
  Direction,
  PlacedBox,
  PlacedEdge,
  PlacedNode,
  PlacedPicture,
  PlacedText,
  Point,
  Rectangle,
} from "../layout/placed-picture.ts";
import { type EdgeKind, edgeStyle, verdictSign } from "../style/edge-style.ts";
import { nodeStyle } from "../style/node-style.ts";
import { HEAD_LENGTH, type Head, headShape } from "./heads.ts";
import { linePath } from "./line-path.ts";
import { MESH_BADGE, NODE_GLYPHS } from "./node-glyphs.ts";
import { coordinate, type Shape, shapeOf } from "./shape.ts";

/** One node, edge or box of the picture with all that is drawn of it. `label` lies above all lines. */
export interface SceneItem {
  readonly kind: "node" | "edge" | "box";
  readonly id: string;
  readonly shape: Shape;
  readonly label: Shape | null;
}

/** A picture as shapes, in the order in which they are drawn: boxes, lines, labels of lines, nodes. Looks come from `sceneStyle`. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly SceneItem[];
  readonly edges: readonly SceneItem[];
  readonly nodes: readonly SceneItem[];
}

/** Width of the invisible line that a pointer hits. */
const HIT_WIDTH = 12;

/** The picture of a view that was laid out. Nodes and edges that have no place are left out. */
export function pictureScene(placed: PlacedPicture, view: DrawnView): Scene {
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  const edges = new Map(view.edges.map((edge) => [edge.id, edge]));
  const kinds = new Map(view.boxes.map((box) => [box.id, box.kind]));
  const clusters = placed.boxes.filter((box) => kinds.get(box.id) === "cluster");
  const isInCluster = ({ label }: PlacedEdge) => label !== null && clusters.some((box) => contains(box, label));
  return {
    width: placed.width,
    height: placed.height,
    boxes: placed.boxes.map((box) => boxItem(box, kinds.get(box.id) ?? "model")),
    edges: placed.edges.flatMap((place) => {
      const edge = edges.get(place.id);
      return edge ? [edgeItem(place, edge, placed.direction, isInCluster(place))] : [];
    }),
    nodes: placed.nodes.flatMap((place) => {
      const node = nodes.get(place.id);
      return node ? [nodeItem(place, node, proxyLeads(place, placed.edges, edges))] : [];
    }),
  };
}

/** The classes by which an edge and its label are styled: kind, verdict, what has to be said of it, change. */
function edgeClasses(edge: Pick<DrawnEdge, "kind" | "verdict" | "change">): string {
  const sign = verdictSign(edge);
  return [
    edgeStyle(edge.kind).className,
    `verdict-${edge.verdict}`,
    ...(sign === null ? [] : [`sign-${sign}`]),
    ...(edge.change === null ? [] : [`change-${edge.change}`]),
  ].join(" ");
}

/** The head of an edge: a cross where it is refused, else that of its kind. */
function edgeHead(edge: Pick<DrawnEdge, "kind" | "verdict">): Head {
  if (verdictSign(edge) === "denied") return "cross";
  const heads = { normal: "arrow", tee: "cross", odot: "circle", none: "none", box: "box" } as const;
  return heads[edgeStyle(edge.kind).dotHead];
}

/** A line of a kind by itself, as the legend shows it: 36 pixels from left to right, 12 high. */
export function edgeSample(kind: EdgeKind): Shape {
  const points: readonly Point[] = [
    [1, 6],
    [38, 6],
  ];
  const head = edgeHead({ kind, verdict: "allowed" });
  const shape = headShape(head, points);
  const line = shapeOf("path", { class: "line", d: linePath(points, { start: 0, end: HEAD_LENGTH[head] }, "right") });
  return shapeOf("g", { class: `edge ${edgeStyle(kind).className}` }, shape ? [line, shape] : [line]);
}

function boxItem(box: PlacedBox, kind: "model" | "cluster"): SceneItem {
  const { x, y, width, height } = box;
  const frame = shapeOf("rect", { class: "frame", ...rectangle(x, y, width, height), rx: 8 });
  return {
    kind: "box",
    id: box.id,
    shape: shapeOf("g", { class: `box box-${kind}` }, [frame, textShape(box.title)]),
    label: null,
  };
}

function edgeItem(place: PlacedEdge, edge: DrawnEdge, direction: Direction, inCluster: boolean): SceneItem {
  const classes = edgeClasses(edge);
  const head = edgeHead(edge);
  const length = HEAD_LENGTH[head];
  const d = linePath(place.points, { start: edge.twoWay ? length : 0, end: length }, direction);
  const whole = linePath(place.points, { start: 0, end: 0 }, direction);
  const heads = [
    headShape(head, place.points),
    ...(edge.twoWay ? [headShape(head, [...place.points].reverse())] : []),
  ].filter((one) => one !== null);
  const { label } = place;
  return {
    kind: "edge",
    id: edge.id,
    shape: shapeOf("g", { class: `edge ${classes}` }, [
      shapeOf("path", { class: "halo", d }),
      shapeOf("path", { class: "line", d }),
      ...heads,
      shapeOf("path", { class: "hit", d: whole, "stroke-width": HIT_WIDTH }),
    ]),
    label:
      label &&
      shapeOf("g", { class: `edge-label ${classes}${inCluster ? " in-cluster" : ""}` }, [
        shapeOf("rect", { class: "ground", ...rectangle(label.x, label.y, label.width, label.height), rx: 3 }),
        ...label.lines.map(textShape),
      ]),
  };
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** How far the last card of a group lies behind the first. */
const PILE = 6;

/**
 * The pieces of telemetry lines between the proxy and the outline of its coordinator. The node lies above all lines and would cover
 * them: the telemetry would seem to leave from the coordinator's side.
 */
function proxyLeads(
  { x, width, proxy }: PlacedNode,
  places: readonly PlacedEdge[],
  edges: ReadonlyMap<string, DrawnEdge>,
): Shape[] {
  if (!proxy) return [];
  const [from, outline] = [proxy.x + proxy.width, x + width];
  const isAt = ([px, py]: Point) => Math.abs(px - from) < 1 && py > proxy.y && py < proxy.y + proxy.height;
  if (outline - from < 1) return [];
  return places.flatMap(({ id, points }) => {
    const [edge, first, last] = [edges.get(id), points[0], points.at(-1)];
    const end = first && isAt(first) ? first : last && isAt(last) ? last : null;
    if (!edge || !end) return [];
    const head = end === first ? null : headShape(edgeHead(edge), points);
    const start = coordinate(from + (head ? HEAD_LENGTH[edgeHead(edge)] : 0));
    const line = shapeOf("path", { class: "line", d: `M${start} ${coordinate(end[1])} H${coordinate(outline)}` });
    return [shapeOf("g", { class: edgeClasses(edge) }, head ? [line, head] : [line])];
  });
}

function nodeItem(place: PlacedNode, node: NodeView, leads: readonly Shape[]): SceneItem {
  const { x, y, width, height } = place;
  const classes = [
    "node",
    nodeStyle(node.kind).className,
    ...(node.placeholder ? ["placeholder"] : []),
    ...(node.onMesh || node.kind === "beacon" ? [] : ["off-mesh"]),
  ];
  const card = (offset: number) =>
    shapeOf("rect", {
      class: "outline",
      ...rectangle(x + offset, y + offset, width - PILE, height - PILE),
      rx: 5,
    });
  const outline =
    node.kind === "group"
      ? [card(PILE), card(PILE / 2), card(0)]
      : [shapeOf("rect", { class: "outline", ...rectangle(x, y, width, height), rx: 5 })];
  const proxy = place.proxy && [
    shapeOf("rect", {
      class: "proxy",
      ...rectangle(place.proxy.x, place.proxy.y, place.proxy.width, place.proxy.height),
      rx: 4,
    }),
    textShape(place.proxy.text),
  ];
  return {
    kind: "node",
    id: node.id,
    shape: shapeOf("g", { class: classes.join(" ") }, [
      ...outline,
      glyph("icon", NODE_GLYPHS[node.kind], place.icon),
      ...(place.badge ? [glyph("mesh-badge", MESH_BADGE, place.badge)] : []),
      ...place.lines.map(textShape),
      // Behind the name, so that the words in their order begin with it.
      ...(proxy ?? []),
      ...leads,
    ]),
    label: null,
  };
}

function glyph(name: string, d: string, [x, y]: Point): Shape {
  return shapeOf("path", { class: name, d, transform: `translate(${coordinate(x)} ${coordinate(y)})` });
}

function rectangle(x: number, y: number, width: number, height: number) {
  return { x: coordinate(x), y: coordinate(y), width: coordinate(width), height: coordinate(height) };
}

function textShape({ text, x, y, style }: PlacedText): Shape {
  const look = [`size-${style.size}`, ...(style.bold ? ["bold"] : []), ...(style.italic ? ["italic"] : [])];
  return { tag: "text", attributes: { class: look.join(" "), x: coordinate(x), y: coordinate(y) }, children: [], text };
}
