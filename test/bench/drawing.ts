import { collapsedView, mermaidPicture } from "#picture";
import type { GraphView } from "#protocol";
import { MERMAID_CONFIG } from "../../webview/src/drawing/mermaid-config.ts";
import { savedOf } from "../../webview/src/panel/saved-of.ts";
import { DEFAULT_VIEW } from "../../webview/src/view/panel-view.ts";
import { CHROMIUM, HAS_CHROMIUM } from "../webview/support/chromium.ts";
import { deployment } from "../webview/support/deployments.ts";
import { type Harness, harness, type PanelPage, stateMessage } from "../webview/support/harness.ts";

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
  /** The same text drawn by mermaid itself in a page, in the same run: first picture and redraw. */
  readonly mermaidFirstMs: number;
  readonly mermaidRedrawMs: number;
  readonly targetFirstMs: number | null;
  readonly targetRedrawMs: number | null;
}

const ROUNDS = 5;

/** The sizes and their targets (design/performance.md, "Drawing"). */
const SIZES: readonly (readonly [applications: number, first: number | null, redraw: number | null])[] = [
  [10, 300, 100],
  [50, null, 250],
  [40, null, null],
  [500, null, null],
];

/**
 * Times first pictures and redraws in Chromium, in turns with mermaid itself; null where there is no Chromium. Times depend on what
 * else the machine does; the ratio to mermaid's own does not.
 */
export async function drawingTimings(): Promise<readonly DrawingTiming[] | null> {
  if (!HAS_CHROMIUM) return null;
  const browser = await harness();
  try {
    const timings: DrawingTiming[] = [];
    for (const [applications, first, redraw] of SIZES) timings.push(await timing(browser, applications, first, redraw));
    return timings;
  } finally {
    await browser.close();
  }
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
  const beside = (ms: number, target: number | null) =>
    `${ms.toFixed(0)} ms${target === null ? "" : ms <= target ? ` (≤ ${target})` : ` (MISSED ${target})`}`;
  const rows = timings.map((one) => [
    String(one.applications),
    String(one.flows),
    String(one.drawn),
    beside(one.firstMs, one.targetFirstMs),
    beside(one.redrawMs, one.targetRedrawMs),
    `${one.longestBlockMs.toFixed(0)} ms`,
    `${one.mermaidFirstMs.toFixed(0)} ms`,
    `${one.mermaidRedrawMs.toFixed(0)} ms`,
    (one.firstMs / one.mermaidFirstMs).toFixed(2),
    (one.redrawMs / one.mermaidRedrawMs).toFixed(2),
  ]);
  const table = [head, ...rows];
  const widths = head.map((_, index) => Math.max(...table.map((row) => (row[index] ?? "").length)));
  return table.map((row) => row.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("  ")).join("\n");
}

async function timing(
  browser: Harness,
  applications: number,
  targetFirstMs: number | null,
  targetRedrawMs: number | null,
): Promise<DrawingTiming> {
  const graph = deployment(applications);
  const firsts: number[] = [];
  const redraws: number[] = [];
  const blocks: number[] = [];
  const mermaidFirsts: number[] = [];
  const mermaidRedraws: number[] = [];
  let drawn = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const panel = await browser.open();
    // One by one as far as that goes: what does the same would else be drawn as one from 30 applications on, and be faster for it.
    const each = savedOf(null, { ...DEFAULT_VIEW, grouping: "needed" });
    await panel.page.evaluate((saved) => sessionStorage.setItem("state", JSON.stringify(saved)), each);
    firsts.push(await firstPicture(panel, graph));
    // Another graph of the same size each time, so that nothing of the last one helps.
    for (let turn = 0; turn < 3; turn++) {
      const redraw = await redrawn(panel, renamed(graph, `r${round}${turn}`));
      redraws.push(redraw.milliseconds);
      blocks.push(redraw.block);
    }
    const own = await mermaidItself(browser, graph);
    mermaidFirsts.push(own.first);
    mermaidRedraws.push(own.redraw);
    drawn = await panel.page.locator("svg.picture .node").count();
    await panel.close();
  }
  return {
    applications,
    flows: graph.edges.length,
    drawn,
    firstMs: median(firsts),
    redrawMs: median(redraws),
    longestBlockMs: median(blocks),
    mermaidFirstMs: median(mermaidFirsts),
    mermaidRedrawMs: median(mermaidRedraws),
    targetFirstMs,
    targetRedrawMs,
  };
}

/** Loads the page anew with the graph waiting for the panel's `ready`, and gives the time from the script's start to the picture. */
async function firstPicture(panel: PanelPage, graph: GraphView): Promise<number> {
  await panel.page.evaluate((state) => sessionStorage.setItem("first", JSON.stringify(state)), stateMessage(graph));
  // The page tells by itself: whatever Playwright would ask it meanwhile costs it as much as a part of the picture.
  const telling = panel.page.waitForEvent("console", {
    predicate: (message) => message.text().startsWith("first picture after"),
    timeout: 60_000,
  });
  await panel.page.reload({ waitUntil: "commit" });
  return Number.parseFloat((await telling).text().slice("first picture after".length));
}

/** Posts a state, and gives the time to its picture on the page and the longest block of the page meanwhile. */
async function redrawn(panel: PanelPage, graph: GraphView): Promise<{ milliseconds: number; block: number }> {
  return panel.page.evaluate(async (state) => {
    const drawings = () => document.querySelector("svg.picture")?.getAttribute("data-drawings");
    const before = drawings();
    const start = performance.now();
    let last = start;
    let block = 0;
    window.postMessage(state, "*");
    while (drawings() === before) {
      await new Promise<void>((resolve) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(null);
      });
      const now = performance.now();
      block = Math.max(block, now - last);
      last = now;
    }
    await new Promise(requestAnimationFrame);
    const end = performance.now();
    return { milliseconds: end - start, block: Math.max(block, end - last) };
  }, stateMessage(graph));
}

/** Draws the picture's text with mermaid as it is published, on a page with nothing else. */
async function mermaidItself(browser: Harness, graph: GraphView): Promise<{ first: number; redraw: number }> {
  browser.serve(
    "/mermaid.html",
    "<!DOCTYPE html><html lang=en><title>mermaid</title><link rel=icon href=data:,><body></body></html>",
  );
  const panel = await browser.open({ path: "/mermaid.html" });
  const { text } = mermaidPicture(collapsedView(graph, { parallel: "merged" }), {
    labelLimit: 30,
    edgeLabels: "short",
    parallel: "single",
    selfLoops: false,
  });
  const times = await panel.page.evaluate(
    async ({ flowchart, config }) => {
      const start = performance.now();
      await new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = "/mermaid.js";
        script.onload = resolve;
        document.head.append(script);
      });
      const { mermaid } = window as unknown as {
        mermaid: { initialize(config: object): void; render(id: string, text: string): Promise<{ svg: string }> };
      };
      mermaid.initialize(config);
      const draw = async (id: string) => {
        const { svg } = await mermaid.render(id, flowchart);
        document.body.innerHTML = svg;
        await new Promise(requestAnimationFrame);
      };
      await draw("a");
      const first = performance.now() - start;
      await draw("b");
      const again = performance.now();
      await draw("c");
      return { first, redraw: performance.now() - again };
    },
    { flowchart: text, config: MERMAID_CONFIG },
  );
  await panel.close();
  return times;
}

function renamed(graph: GraphView, mark: string): GraphView {
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, label: `${node.label}-${mark}` })) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
