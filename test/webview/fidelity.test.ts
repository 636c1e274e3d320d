import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collapsedView, mermaidPicture } from "#picture";
import type { GraphView } from "#protocol";
import { MERMAID_CONFIG } from "../../webview/src/drawing/mermaid-config.ts";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { deployment, everyKind, smallStack } from "./support/deployments.ts";
import { type Harness, harness } from "./support/harness.ts";

const TIMEOUT = 60_000;
const LABEL_LIMIT = 30;

/** The looks that the drawing script reckons with (drawing/dom/text-width.ts), for a page in which mermaid measures for itself. */
const STYLE = `
  svg { font-family: sans-serif }
  .node text { text-anchor: middle }
  .node text, .edgeLabel text { font-size: 11px }
  .node text > tspan:first-child { font-size: 13px; font-weight: 600 }
  .cluster text { font-size: 12px; font-weight: 600 }`;

type Places = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** Where mermaid itself, all of it and in a real page, puts each node. */
async function mermaidPlaces(browser: Harness, graph: GraphView): Promise<Places> {
  browser.serve(
    "/real.html",
    `<!DOCTYPE html><html lang="en"><title>mermaid</title><style>${STYLE}</style><body><script src="/mermaid.js"></script></body></html>`,
  );
  // The text that the panel has drawn (picture/drawn-scene.ts), with the styles that it leaves out: they move nothing.
  const { text } = mermaidPicture(collapsedView(graph, { parallel: "merged" }), {
    labelLimit: LABEL_LIMIT,
    edgeLabels: "short",
    parallel: "single",
    selfLoops: false,
  });
  const panel = await browser.open({ path: "/real.html" });
  const places = await panel.page.evaluate(
    async ({ flowchart, config }) => {
      const { mermaid } = window as unknown as {
        mermaid: { initialize(config: object): void; render(id: string, text: string): Promise<{ svg: string }> };
      };
      mermaid.initialize({
        ...config,
        fontFamily: "sans-serif",
        themeVariables: { fontFamily: "sans-serif", fontSize: "11px" },
      });
      const { svg } = await mermaid.render("picture", flowchart);
      document.body.innerHTML = svg;
      const found: Record<string, { x: number; y: number }> = {};
      for (const node of document.querySelectorAll(".node")) {
        const match = /translate\((-?[\d.]+),\s*(-?[\d.]+)\)/.exec(node.getAttribute("transform") ?? "");
        found[/flowchart-(n\d+)-/.exec(node.id)?.[1] ?? ""] = { x: Number(match?.[1]), y: Number(match?.[2]) };
      }
      return found;
    },
    { flowchart: text, config: MERMAID_CONFIG },
  );
  await panel.close();
  return places;
}

/** Where the panel shows each node, in the picture's own coordinates. */
async function panelPlaces(browser: Harness, graph: GraphView): Promise<Places> {
  const panel = await browser.open();
  await panel.page.evaluate(() => document.documentElement.style.setProperty("--vscode-font-family", "sans-serif"));
  // The direction that a wide pane gives.
  await panel.draw(graph);
  const found = await panel.page.evaluate(() => {
    const places: Record<string, { x: number; y: number }> = {};
    for (const node of document.querySelectorAll("svg.picture .node")) {
      const match = /translate\((-?[\d.]+),\s*(-?[\d.]+)\)/.exec(node.getAttribute("transform") ?? "");
      places[node.getAttribute("data-node") ?? ""] = { x: Number(match?.[1]), y: Number(match?.[2]) };
    }
    return places;
  });
  await panel.close();
  const { nodes } = mermaidPicture(graph);
  return Object.fromEntries([...nodes].map(([short, id]) => [short, found[id] ?? { x: Number.NaN, y: Number.NaN }]));
}

describe.skipIf(!HAS_CHROMIUM)("the picture drawn on a plain DOM, beside mermaid's own in a real page", () => {
  let browser: Harness;
  beforeAll(async () => {
    browser = await harness();
  }, TIMEOUT);
  afterAll(() => browser?.close());

  test.each([
    ["5 applications", smallStack()],
    ["every kind", everyKind()],
    ["20 applications", deployment(20)],
  ])("%s stand in the same places", { timeout: TIMEOUT }, async (_name, graph) => {
    const [ours, theirs] = [await panelPlaces(browser, graph), await mermaidPlaces(browser, graph)];
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    const spread = (places: Places, axis: "x" | "y") => {
      const values = Object.values(places).map((place) => place[axis]);
      return { least: Math.min(...values), size: Math.max(1, Math.max(...values) - Math.min(...values)) };
    };
    // Texts are measured in another way, so sizes differ by a little; each node stands at the same part of the whole.
    for (const axis of ["x", "y"] as const) {
      const [a, b] = [spread(ours, axis), spread(theirs, axis)];
      expect(a.size / b.size).toBeGreaterThan(0.9);
      expect(a.size / b.size).toBeLessThan(1.1);
      for (const [id, place] of Object.entries(ours)) {
        const share = (place[axis] - a.least) / a.size;
        const their = ((theirs[id]?.[axis] ?? Number.NaN) - b.least) / b.size;
        expect(Math.abs(share - their), `${id} on ${axis}: ${share} and ${their}`).toBeLessThan(0.04);
      }
    }
  });
});
