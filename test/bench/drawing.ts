import { collapsedView, mermaidText } from "#picture";
import type { GraphView } from "#protocol";
import { savedOf } from "../../webview/src/panel/saved-of.ts";
import { DEFAULT_VIEW } from "../../webview/src/view/panel-view.ts";
import { CHROMIUM, HAS_CHROMIUM } from "../webview/support/chromium.ts";
import { deployment } from "../webview/support/deployments.ts";
import { stateMessage } from "../webview/support/state-message.ts";
import { toldByPage } from "./bare-browser.ts";
import { mermaidFiles, PAGE, type PageTimes, pageTimesSchema, panelFiles } from "./drawing-pages.ts";

/** Times of one size of graph in the panel, medians in milliseconds. */
export interface DrawingTiming {
  readonly applications: number;
  readonly flows: number;
  /** Nodes that are drawn: fewer than applications where some stand in groups. */
  readonly drawn: number;
  /** From the start of the panel's script, with its graph at hand at once, to the picture on the page. */
  readonly firstMs: number;
  /** From another state's arrival to its picture on the page. */
  readonly redrawMs: number;
  /** The longest time in which the page could do nothing else while it drew anew. */
  readonly longestBlockMs: number;
  /** The same text drawn by mermaid itself in a page, in the same run: first picture, its script being loaded, and redraw. */
  readonly mermaidFirstMs: number;
  readonly mermaidRedrawMs: number;
  /** The largest share of mermaid's own time that is wanted; null: none is set. */
  readonly targetFirst: number | null;
  readonly targetRedraw: number | null;
}

const ROUNDS = 5;

/** Redraws in each round, after the first picture. */
const REDRAWS = 3;

/** The sizes and their targets as shares of the time that mermaid takes as published, which hold on any machine. */
const SIZES: readonly (readonly [applications: number, first: number | null, redraw: number | null])[] = [
  [10, 0.6, 0.3],
  [20, null, null],
  [50, 0.4, 0.3],
  [500, null, null],
];

/**
 * Times first pictures and redraws in Chromium, each round in a browser of its own, in turns with mermaid itself; null where there is
 * no Chromium. Times depend on what else the machine does; the ratio to mermaid's own does not.
 */
export async function drawingTimings(): Promise<readonly DrawingTiming[] | null> {
  if (!HAS_CHROMIUM) return null;
  const timings: DrawingTiming[] = [];
  for (const [applications, first, redraw] of SIZES) timings.push(await timing(applications, first, redraw));
  return timings;
}

/** The timings as a table for a terminal, with what misses its target marked. */
export function drawingTimingTable(timings: readonly DrawingTiming[] | null): string {
  if (!timings) return `Chromium is not at ${CHROMIUM}: nothing was drawn.`;
  const head = [
    "applications",
    "flows",
    "drawn",
    "first",
    "redraw",
    "longest block",
    "mermaid first",
    "mermaid redraw",
    "first ÷ mermaid's",
    "redraw ÷ mermaid's",
  ];
  const verdict = (value: number, limit: number, digits: number) =>
    ` (${value <= limit ? "≤" : "MISSED"} ${limit.toFixed(digits)})`;
  const ratio = (ms: number, mermaidMs: number, target: number | null) =>
    `${(ms / mermaidMs).toFixed(2)}${target === null ? "" : verdict(ms / mermaidMs, target, 2)}`;
  const rows = timings.map((one) => [
    String(one.applications),
    String(one.flows),
    String(one.drawn),
    `${one.firstMs.toFixed(0)} ms`,
    `${one.redrawMs.toFixed(0)} ms`,
    `${one.longestBlockMs.toFixed(0)} ms`,
    `${one.mermaidFirstMs.toFixed(0)} ms`,
    `${one.mermaidRedrawMs.toFixed(0)} ms`,
    ratio(one.firstMs, one.mermaidFirstMs, one.targetFirst),
    ratio(one.redrawMs, one.mermaidRedrawMs, one.targetRedraw),
  ]);
  const table = [head, ...rows];
  const widths = head.map((_, index) => Math.max(...table.map((row) => (row[index] ?? "").length)));
  return table.map((row) => row.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("  ")).join("\n");
}

async function timing(
  applications: number,
  targetFirst: number | null,
  targetRedraw: number | null,
): Promise<DrawingTiming> {
  const graph = deployment(applications);
  // One by one as far as that goes: what does the same would else be drawn as one from 30 applications on, and be faster for it.
  const saved = savedOf(null, { ...DEFAULT_VIEW, grouping: "needed" });
  const text = mermaidText(collapsedView(graph, { parallel: "merged" }), { edgeIds: false });
  const own = mermaidFiles(text, { startOnLoad: false, maxEdges: 5000, maxTextSize: 1_000_000 }, REDRAWS);
  const ours: PageTimes[] = [];
  const mermaids: PageTimes[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Another graph of the same size each time, so that nothing of the last one helps.
    const states = Array.from({ length: REDRAWS + 1 }, (_, turn) => stateMessage(renamed(graph, `r${round}${turn}`)));
    ours.push(await times(await panelFiles(saved, states)));
    mermaids.push(await times(own));
  }
  return {
    applications,
    flows: graph.edges.length,
    drawn: ours[0]?.nodes ?? 0,
    firstMs: median(ours.map(({ first }) => first)),
    redrawMs: median(ours.flatMap(({ redraws }) => redraws)),
    longestBlockMs: median(ours.flatMap(({ blocks }) => blocks)),
    mermaidFirstMs: median(mermaids.map(({ first }) => first)),
    mermaidRedrawMs: median(mermaids.flatMap(({ redraws }) => redraws)),
    targetFirst,
    targetRedraw,
  };
}

async function times(files: Parameters<typeof toldByPage>[0]): Promise<PageTimes> {
  return pageTimesSchema.parse(await toldByPage(files, PAGE));
}

function renamed(graph: GraphView, mark: string): GraphView {
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, label: `${node.label}-${mark}` })) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
