import type { BoxView, NodeView } from "#protocol";
import type { DrawnEdge } from "../collapse/drawn-edge.ts";
import { type Block, type BlockContent, type BlockEnd, type Drawing, endKey } from "./block.ts";
import { placedBoxTitle, TITLE_HEIGHT } from "./box-title.ts";
import { clusterBlock } from "./cluster-block.ts";
import { type ColumnLink, type ColumnPicture, type ColumnRoute, columnPicture } from "./columns.ts";
import { placedLabel } from "./label-box.ts";
import { nodeBlock } from "./node-block.ts";
import { backwardLinks } from "./orientation.ts";
import type { Direction, Point } from "./placed-picture.ts";
import { withoutNeedless } from "./points.ts";
import type { Spacing } from "./spacing.ts";
import { turned, turnedPoint } from "./turned.ts";
import { uprightBlock } from "./upright-block.ts";

/** What is drawn: nodes in boxes, boxes in boxes. */
export interface Part {
  /** null: the whole picture. */
  readonly box: BoxView | null;
  readonly nodes: readonly NodeView[];
  readonly parts: readonly Part[];
}

const PADDING = 14;
/** Rows of blocks that no line touches. */
const ROW_GAP = 18;
const ROW_WIDTH = 900;

/**
 * A part of the picture as a block: what stands in it in columns from left to right, callers before what they call, and what no line
 * touches in rows below or beside them. `edges` are those whose both ends are in the part, `ends` those of lines that leave it.
 */
export function partBlock(part: Part, edges: readonly DrawnEdge[], ends: readonly BlockEnd[], drawing: Drawing): Block {
  const child = childrenOf(part);
  const links = edges.filter((edge) => child.get(edge.source) !== child.get(edge.target));
  const clusters = new Set(part.parts.flatMap(({ box }) => (box?.kind === "cluster" ? [box.id] : [])));
  const backward = backwardLinks(
    links.map(({ id, source, target }) => {
      const [from, to] = [child.get(source) ?? "", child.get(target) ?? ""];
      return { id, source: from, target: to, priority: clusters.has(to) ? 0 : clusters.has(from) ? 1 : 2 };
    }),
  );
  const inner = [
    ...ends,
    ...links.flatMap(({ id, source, target }): BlockEnd[] => {
      const forward = !backward.has(id);
      return [
        { edge: id, node: source, side: forward ? "right" : "left", role: "source" },
        { edge: id, node: target, side: forward ? "left" : "right", role: "target" },
      ];
    }),
  ];
  const within = (id: string) => edges.filter((edge) => child.get(edge.source) === id && child.get(edge.target) === id);
  const endsIn = (id: string) => inner.filter((end) => child.get(end.node) === id);
  const blocks = [
    ...part.parts.map((one) => {
      const id = one.box?.id ?? "";
      const coordinators = one.nodes.filter((node) => node.kind === "coordinator");
      const [coordinator] = coordinators;
      if (one.box?.kind === "cluster" && coordinator && coordinators.length === 1 && one.parts.length === 0) {
        const workers = one.nodes.filter((node) => node !== coordinator);
        const cluster = { box: one.box, coordinator, workers, edges: within(id), ends: endsIn(id) };
        const block = clusterBlock(cluster, drawing);
        return drawing.spacing.direction === "down" ? uprightBlock(block, cluster.ends) : block;
      }
      return partBlock(one, within(id), endsIn(id), drawing);
    }),
    ...part.nodes.map((node) => {
      const loops = within(node.id).map((edge) => edge.id);
      return nodeBlock(node, endsIn(node.id), loops, drawing);
    }),
  ];
  const linked = new Set(inner.map((end) => child.get(end.node)));
  const inColumns = blocks.filter((block) => linked.has(block.id));
  const alone = blocks.filter((block) => !linked.has(block.id));
  const { direction } = drawing.spacing;
  const labels = new Map(links.map((edge) => [edge.id, drawing.labelOf(edge)]));
  const columnLinks = links.map(({ id, source, target }): ColumnLink => {
    const [from, to] = [child.get(source) ?? "", child.get(target) ?? ""];
    const [left, right] = backward.has(id) ? [to, from] : [from, to];
    const label = labels.get(id);
    const room = label ? turned(direction, { width: label.width, height: label.height }) : null;
    return { id: `line ${id}`, left, right, label: room, span: 1 };
  });
  const columns = withEnds(inColumns, columnLinks, ends, (end) => child.get(end.node) ?? "", drawing.spacing);
  const drawnColumns = turned(direction, { width: columns.width, height: columns.height });
  // In a picture from top to bottom height is short, and lines that leave the part would run through rows below.
  const isAside = direction === "down" && inColumns.length > 0;
  const rows = isAside
    ? rowsBeside(alone, drawnColumns.height)
    : rowsOf(alone, Math.max(drawnColumns.width, ROW_WIDTH), direction);
  const inset = part.box ? PADDING : 0;
  const above = part.box ? TITLE_HEIGHT : 0;
  const between = columns.height > 0 && rows.height > 0 ? 2 * ROW_GAP : 0;
  const [beside, below] = isAside ? [between + rows.width, 0] : [0, between + rows.height];
  const innerWidth = Math.max(drawnColumns.width + beside, rows.width);
  const drawnWidth = innerWidth + 2 * inset;
  const drawnHeight = above + Math.max(drawnColumns.height + below, rows.height) + inset;
  const { width, height } = turned(direction, { width: drawnWidth, height: drawnHeight });
  /** Where the columns begin in the block, and where the rows do. */
  const columnsAt = turnedPoint(direction, [inset + (innerWidth - beside - drawnColumns.width) / 2, above]);
  const rowsAt = turnedPoint(
    direction,
    isAside ? [inset + drawnColumns.width + between, above] : [inset, above + drawnColumns.height + between],
  );

  const draw = ([x, y]: Point, towards: ReadonlyMap<string, number>, into: BlockContent) => {
    if (part.box) {
      const box = turned(direction, { x, y, width, height });
      into.boxes.push({
        id: part.box.id,
        ...box,
        title: placedBoxTitle(part.box, box.x, box.y, box.width, drawing.textWidth),
      });
    }
    const [left, top] = [x + columnsAt[0], y + columnsAt[1]];
    const route = (id: string): ColumnRoute => shifted(columns.links.get(id), left, top);
    const comesFrom = new Map(towards);
    for (const end of inner) {
      const key = endKey(end.edge, end.role);
      const isOuter = ends.includes(end);
      const { crossings } = route(isOuter ? key : `line ${end.edge}`);
      const beside = end.side === "right" ? crossings[0] : crossings.at(-1);
      if (beside) comesFrom.set(key, beside.y);
    }
    const inwards = new Map<string, readonly Point[]>();
    for (const block of inColumns) {
      const [bx = 0, by = 0] = columns.blocks.get(block.id) ?? [];
      for (const [key, points] of block.draw([left + bx, top + by], comesFrom, into)) inwards.set(key, points);
    }
    for (const { block, at } of rows.places)
      block.draw([x + rowsAt[0] + at[0], y + rowsAt[1] + at[1]], comesFrom, into);
    for (const edge of links) {
      const { crossings, start, end, label } = route(`line ${edge.id}`);
      const isBackward = backward.has(edge.id);
      const [leftEnd, rightEnd] = isBackward ? (["target", "source"] as const) : (["source", "target"] as const);
      const from = [...(inwards.get(endKey(edge.id, leftEnd)) ?? [])].reverse();
      const to = inwards.get(endKey(edge.id, rightEnd)) ?? [];
      const points = withoutNeedless([
        ...from,
        [start, from.at(-1)?.[1] ?? 0],
        ...crossings.flatMap((one): Point[] => [
          [one.from, one.y],
          [one.to, one.y],
        ]),
        [end, to[0]?.[1] ?? 0],
        ...to,
      ]);
      const box = labels.get(edge.id);
      into.edges.push({
        id: edge.id,
        points: isBackward ? points.reverse() : points,
        label: box && label ? placedLabel(box, ...turnedPoint(direction, label)) : null,
      });
    }
    const found = new Map<string, readonly Point[]>();
    for (const end of ends) {
      const key = endKey(end.edge, end.role);
      const { crossings, start, end: stop } = route(key);
      const [, gate = 0] = columns.blocks.get(key) ?? [];
      const outer: Point = [end.side === "left" ? x : x + width, top + gate];
      const inside = inwards.get(key) ?? [];
      const way: Point[] = crossings.flatMap((one): Point[] => [
        [one.from, one.y],
        [one.to, one.y],
      ]);
      const heightInside = inside[0]?.[1] ?? 0;
      const middle: Point[] =
        end.side === "left"
          ? [[start, outer[1]], ...way, [stop, heightInside]]
          : [[stop, outer[1]], ...way.reverse(), [start, heightInside]];
      found.set(key, withoutNeedless([outer, ...middle, ...inside]));
    }
    return found;
  };
  return { id: part.box?.id ?? "", width, height, draw };
}

/** The child in which each node of a part stands: the node itself, or the box around it. */
function childrenOf(part: Part): ReadonlyMap<string, string> {
  const found = new Map(part.nodes.map((node) => [node.id, node.id]));
  const enter = (one: Part, id: string): void => {
    for (const node of one.nodes) found.set(node.id, id);
    for (const inner of one.parts) enter(inner, id);
  };
  for (const one of part.parts) enter(one, one.box?.id ?? "");
  return found;
}

/** The columns of a part, with a gate of no size at its rim for each line that leaves it. */
function withEnds(
  blocks: readonly Block[],
  links: readonly ColumnLink[],
  ends: readonly BlockEnd[],
  childOf: (end: BlockEnd) => string,
  spacing: Spacing,
): ColumnPicture {
  const inside = columnPicture(blocks, links, spacing);
  if (ends.length === 0) return inside;
  const middles = new Map(blocks.map((block) => [block.id, (inside.blocks.get(block.id)?.[0] ?? 0) + block.width / 2]));
  const distinct = [...new Set([...middles.values()].map(Math.round))].sort((a, b) => a - b);
  const columnOf = (id: string) => distinct.indexOf(Math.round(middles.get(id) ?? 0));
  const gates = ends.map((end) => ({ id: endKey(end.edge, end.role), width: 0, height: 0 }));
  const ways = ends.map((end): ColumnLink => {
    const id = endKey(end.edge, end.role);
    const block = childOf(end);
    return end.side === "left"
      ? { id, left: id, right: block, label: null, span: columnOf(block) + 1 }
      : { id, left: block, right: id, label: null, span: distinct.length - columnOf(block) };
  });
  return columnPicture([...blocks, ...gates], [...links, ...ways], spacing);
}

interface Rows {
  readonly places: readonly { readonly block: Block; readonly at: Point }[];
  readonly width: number;
  readonly height: number;
}

/** Blocks in rows as they are drawn, none wider than `limit` if it can be helped. `at` is turned back to the blocks' own directions. */
function rowsOf(blocks: readonly Block[], limit: number, direction: Direction): Rows {
  const places: { block: Block; at: Point }[] = [];
  let [x, y, tallest, width] = [0, 0, 0, 0];
  for (const block of blocks) {
    const size = turned(direction, { width: block.width, height: block.height });
    if (x > 0 && x + size.width > limit) {
      x = 0;
      y += tallest + ROW_GAP;
      tallest = 0;
    }
    places.push({ block, at: turnedPoint(direction, [x, y]) });
    x += size.width + ROW_GAP;
    width = Math.max(width, x - ROW_GAP);
    tallest = Math.max(tallest, size.height);
  }
  return { places, width, height: y + tallest };
}

/** Rows for a place beside the columns of a picture from top to bottom: as narrow as they can be without being higher than `height`. */
function rowsBeside(blocks: readonly Block[], height: number): Rows {
  for (let limit = 0; limit < ROW_WIDTH; limit += ROW_WIDTH / 6) {
    const rows = rowsOf(blocks, limit, "down");
    if (rows.height <= height) return rows;
  }
  return rowsOf(blocks, ROW_WIDTH, "down");
}

const NOWHERE: ColumnRoute = { crossings: [], start: 0, end: 0, label: null };

function shifted(route: ColumnRoute | undefined, dx: number, dy: number): ColumnRoute {
  if (!route) return NOWHERE;
  return {
    crossings: route.crossings.map(({ from, to, y }) => ({ from: from + dx, to: to + dx, y: y + dy })),
    start: route.start + dx,
    end: route.end + dx,
    label: route.label && [route.label[0] + dx, route.label[1] + dy],
  };
}
