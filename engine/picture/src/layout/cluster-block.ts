import type { BoxView, NodeView } from "#protocol";
import type { DrawnEdge } from "../collapse/drawn-edge.ts";
import {
  type Block,
  type BlockContent,
  type BlockEnd,
  type Drawing,
  endKey,
  PORT_GAP,
  sideHeight,
  sidePorts,
} from "./block.ts";
import { placedBoxTitle, TITLE_HEIGHT } from "./box-title.ts";
import { STUB } from "./columns.ts";
import { placedLabel } from "./label-box.ts";
import { LOOP_ROOM, loopPoints } from "./loops.ts";
import { type NodeBox, nodeBox, placedNode } from "./node-box.ts";
import type { PlacedPort, Point, Rectangle } from "./placed-picture.ts";
import { proxyText, reachesProxy } from "./proxy.ts";
import { TEXT_STYLES } from "./text-styles.ts";
import { type Trunk, trunksOf } from "./trunks.ts";

/*
 * A cluster as one block: the coordinator above, as wide as the whole, its telemetry proxy along its lower edge, and the workers below
 * one another. So every node has both its sides free for lines from outside. Lines between the coordinator and its workers run
 * in trunks beside the workers: telemetry to the proxy on the left, all others on the right. Their labels stand below the coordinator.
 */

const PADDING = 12;
const LABEL_GAP = 6;
/** Between a trunk and the outer end of its label, where the label is turned inwards. */
const LABEL_OVERHANG = 10;
/** Between the coordinator and the labels of trunks, with room for arrow heads; and below the labels. */
const BELOW_COORDINATOR = { arrows: 16, labels: 8 } as const;
const ROW_GAP = 14;
const PROXY_HEIGHT = 22;

interface Row {
  readonly worker: NodeView;
  readonly box: NodeBox;
  readonly loops: readonly string[];
  readonly outside: Readonly<Record<"left" | "right", readonly BlockEnd[]>>;
  readonly trunks: Readonly<Record<"left" | "right", readonly Trunk[]>>;
  readonly height: number;
}

/** What a cluster is made of. */
export interface Cluster {
  readonly box: BoxView;
  readonly coordinator: NodeView;
  readonly workers: readonly NodeView[];
  /** The edges between its nodes, those from a node to itself included. */
  readonly edges: readonly DrawnEdge[];
  /** The ends of edges that come from outside. */
  readonly ends: readonly BlockEnd[];
}

/** A cluster with one coordinator as a block. */
export function clusterBlock(cluster: Cluster, { edgeOf, labelOf, textWidth, spacing }: Drawing): Block {
  const { coordinator, workers, edges, ends } = cluster;
  const loopsOf = (id: string) =>
    edges.filter(({ source, target }) => source === id && target === id).map((edge) => edge.id);
  const trunks = trunksOf(coordinator.id, edges, labelOf);
  const rows = workers.map((worker): Row => {
    const box = nodeBox(worker, spacing.name, textWidth);
    const outside = (side: "left" | "right") => ends.filter((end) => end.node === worker.id && end.side === side);
    const own = (side: "left" | "right") =>
      trunks.filter((trunk) => trunk.side === side && trunk.workers.has(worker.id));
    const row = {
      outside: { left: outside("left"), right: outside("right") },
      trunks: { left: own("left"), right: own("right") },
    };
    const ports = (side: "left" | "right") => row.outside[side].length + row.trunks[side].length;
    const height = Math.max(box.height, Math.max(ports("left"), ports("right")) * PORT_GAP + 8);
    return { worker, box, loops: loopsOf(worker.id), height, ...row };
  });
  const workerWidth = Math.max(0, ...rows.map((row) => row.box.width));
  const lanes = trunkLanes(trunks, workerWidth);
  const labelHeight = Math.max(0, ...trunks.map(({ label }) => label?.height ?? 0));

  const mainBox = nodeBox(coordinator, spacing.name, textWidth);
  const mainEnds = ends.filter((end) => end.node === coordinator.id);
  const isProxied = ({ edge: id, role }: BlockEnd) => {
    const edge = edgeOf(id);
    return edge !== undefined && reachesProxy(edge, role);
  };
  const proxied = [...edges, ...mainEnds.flatMap((end) => edgeOf(end.edge) ?? [])].filter(
    (edge) => reachesProxy(edge, "source") || reachesProxy(edge, "target"),
  );
  const proxyLabel = proxied.length === 0 ? null : proxyText(proxied);
  const innerWidth = Math.max(
    lanes.left + lanes.right,
    mainBox.width,
    proxyLabel === null ? 0 : textWidth(proxyLabel, TEXT_STYLES.detail) + 60,
  );
  /** The middle of the workers, from the inner left. */
  const axis = lanes.left + (innerWidth - lanes.left - lanes.right) / 2;
  const proxyWidth = Math.min(innerWidth, axis + lanes.proxyEnd);
  const sideEnds = (side: "left" | "right", proxy: boolean) =>
    mainEnds.filter((end) => end.side === side && isProxied(end) === proxy);
  const highest = (least: number, proxy: boolean) =>
    Math.max(least, sideHeight(sideEnds("left", proxy).length), sideHeight(sideEnds("right", proxy).length));
  const mainHeight = highest(mainBox.height, false);
  const proxyHeight = proxyLabel === null ? 0 : highest(PROXY_HEIGHT, true);
  const mainLoops = loopsOf(coordinator.id);
  const above = TITLE_HEIGHT + (mainLoops.length > 0 ? LOOP_ROOM : 0);
  const below = trunks.length === 0 ? ROW_GAP : BELOW_COORDINATOR.arrows + labelHeight + BELOW_COORDINATOR.labels;
  const roomOf = (row: Row) => row.height + ROW_GAP + (row.loops.length > 0 ? LOOP_ROOM : 0);
  const rowsHeight = rows.length === 0 ? 0 : below + rows.reduce((sum, row) => sum + roomOf(row), 0) - ROW_GAP;
  const width = innerWidth + 2 * PADDING;
  const height = above + mainHeight + proxyHeight + rowsHeight + PADDING;

  const draw = ([x, y]: Point, towards: ReadonlyMap<string, number>, into: BlockContent) => {
    const main: Rectangle = { x: x + PADDING, y: y + above, width: innerWidth, height: mainHeight + proxyHeight };
    const bottom = main.y + main.height;
    const proxy: PlacedPort | null =
      proxyLabel === null
        ? null
        : {
            x: main.x,
            y: main.y + mainHeight,
            width: proxyWidth,
            height: proxyHeight,
            text: {
              text: proxyLabel,
              x: main.x + proxyWidth / 2,
              y: main.y + mainHeight + proxyHeight / 2 + 4,
              style: TEXT_STYLES.detail,
            },
          };
    into.boxes.push({
      id: cluster.box.id,
      x,
      y,
      width,
      height,
      title: placedBoxTitle(cluster.box, x, y, width, textWidth),
    });
    const place = placedNode(coordinator, mainBox, { ...main, height: mainHeight });
    into.nodes.push({ ...place, height: main.height, proxy });
    for (const [index, id] of mainLoops.entries()) {
      const points = loopPoints({ ...main, y: 0, height: 0 }, index).map(([px, py]): Point => [px, main.y - py]);
      into.edges.push({ id, points, label: null });
    }
    const found = new Map<string, readonly Point[]>();
    const rim = { left: x, right: x + width };
    const enter = (list: readonly BlockEnd[], at: number, from: number, to: number) => {
      const ports = sidePorts(list, towards, from, to);
      for (const { edge, role, side } of list) {
        const key = endKey(edge, role);
        const port = ports.get(key) ?? from;
        found.set(key, [
          [rim[side], port],
          [at, port],
        ]);
      }
    };
    enter(sideEnds("left", false), main.x, main.y, main.y + mainHeight);
    enter(sideEnds("right", false), main.x + innerWidth, main.y, main.y + mainHeight);
    if (proxy) {
      enter(sideEnds("left", true), proxy.x, proxy.y, proxy.y + proxyHeight);
      enter(sideEnds("right", true), proxy.x + proxy.width, proxy.y, proxy.y + proxyHeight);
    }

    const middle = main.x + axis;
    const sides = { left: middle - workerWidth / 2, right: middle + workerWidth / 2 };
    /** Where each trunk ends at each worker. */
    const ports = new Map<Trunk, Map<string, Point>>(trunks.map((trunk) => [trunk, new Map()]));
    let top = bottom + below;
    for (const row of rows) {
      const at: Rectangle = { x: sides.left, y: top, width: workerWidth, height: row.height };
      into.nodes.push(placedNode(row.worker, row.box, at));
      for (const [index, id] of row.loops.entries())
        into.edges.push({ id, points: loopPoints(at, index), label: null });
      for (const side of ["left", "right"] as const) {
        const outside = row.outside[side].length * PORT_GAP;
        const first = top + (row.height - outside - row.trunks[side].length * PORT_GAP) / 2;
        enter(row.outside[side], sides[side], first, first + outside);
        for (const [index, trunk] of row.trunks[side].entries())
          ports.get(trunk)?.set(row.worker.id, [sides[side], first + outside + (index + 0.5) * PORT_GAP]);
      }
      top += roomOf(row);
    }
    for (const trunk of trunks) {
      const lane = middle + (lanes.at.get(trunk)?.x ?? 0);
      const stop = (id: string): readonly Point[] => {
        const port = ports.get(trunk)?.get(id);
        return port ? [port, [lane, port[1]]] : [[lane, bottom]];
      };
      for (const edge of trunk.edges) {
        const label = edge === trunk.named ? trunk.label : null;
        const start = middle + (lanes.at.get(trunk)?.label ?? 0);
        into.edges.push({
          id: edge.id,
          points: [...stop(edge.source), ...[...stop(edge.target)].reverse()],
          label:
            label && placedLabel(label, start, bottom + BELOW_COORDINATOR.arrows + (labelHeight - label.height) / 2),
        });
      }
    }
    return found;
  };
  return { id: cluster.box.id, width, height, draw };
}

interface TrunkLanes {
  /** For each trunk its place and the left end of its label, both from the middle of the workers. */
  readonly at: ReadonlyMap<Trunk, { readonly x: number; readonly label: number }>;
  /** How far trunks and labels reach from that middle. */
  readonly left: number;
  readonly right: number;
  /** Where the proxy's lower edge ends: right of what comes out of it, left of what passes it. */
  readonly proxyEnd: number;
}

/** Places the trunks beside the workers, and their labels so that none covers another or its trunk. */
function trunkLanes(trunks: readonly Trunk[], workerWidth: number): TrunkLanes {
  const labelWidth = (trunk: Trunk | undefined) => trunk?.label?.width ?? 0;
  const left = trunks.filter((trunk) => trunk.side === "left");
  const right = trunks.filter((trunk) => trunk.side === "right");
  const inner = labelWidth(left[0]) + labelWidth(right[0]) - 2 * LABEL_OVERHANG + LABEL_GAP;
  const half = Math.max(workerWidth + 2 * STUB + 4, left[0] && right[0] ? inner : 0) / 2;
  const at = new Map<Trunk, { x: number; label: number }>();
  const spread = (list: readonly Trunk[], sign: 1 | -1): number => {
    let reach = list.length === 0 ? workerWidth / 2 : 0;
    for (const [index, trunk] of list.entries()) {
      const width = labelWidth(trunk);
      const out = index === 0 ? half : reach + LABEL_GAP + Math.max(width / 2, 4);
      const x = sign * out;
      // The first label is turned inwards, over the workers; the others are about their trunks.
      const label = index > 0 ? x - width / 2 : sign > 0 ? x + LABEL_OVERHANG - width : x - LABEL_OVERHANG;
      at.set(trunk, { x, label });
      reach = out + (index === 0 ? LABEL_OVERHANG : width / 2);
    }
    return reach;
  };
  const own = { left: spread(left, -1), right: spread(right, 1) };
  // A long label that is turned inwards may reach past the workers, to the other side.
  const labels = [...at].filter(([trunk]) => trunk.label);
  const reach = {
    left: Math.max(own.left, ...labels.map(([, { label }]) => -label)),
    right: Math.max(own.right, ...labels.map(([trunk, { label }]) => label + labelWidth(trunk))),
  };
  const fromProxy = right.filter((trunk) => trunk.onProxy).map((trunk) => at.get(trunk)?.x ?? 0);
  const beside = right
    .filter((trunk) => !trunk.onProxy && trunk.reachesCoordinator)
    .map((trunk) => at.get(trunk)?.x ?? 0);
  const first = Math.min(...beside);
  const proxyEnd =
    beside.length === 0 ? Infinity : fromProxy.length === 0 ? first - 12 : (Math.max(...fromProxy) + first) / 2;
  return { at, ...reach, proxyEnd };
}
