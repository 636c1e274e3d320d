import { readFileSync } from "node:fs";
import nodePath from "node:path";
import * as z from "zod";
import type { SavedPanel, StateMessage } from "#protocol";
import { builtPanel } from "../webview/support/built-panel.ts";
import { THEMES } from "../webview/support/themes.ts";
import type { ServedFile } from "./bare-browser.ts";

/** What a page reports when it is done, times in milliseconds. */
export const pageTimesSchema = z.object({
  first: z.number(),
  redraws: z.array(z.number()),
  /** For each redraw the longest time in which the page could do nothing else. */
  blocks: z.array(z.number()),
  /** Nodes on the page. */
  nodes: z.number(),
});

export type PageTimes = z.infer<typeof pageTimesSchema>;

/** Where both pages lie. */
export const PAGE = "/page.html";

/** Between a picture and the next one: the page and its worker come to rest. */
const PAUSE = 300;

/** The policy of the real panel's page (client/src/panel/html.ts). */
const POLICY = "default-src 'none'; script-src 'nonce-bench'; style-src 'self'; img-src data:; worker-src blob:";

/**
 * The built panel on a page like the one that VS Code gives it, with a host that answers its `ready` with the first of the states, and
 * hands over the others one by one.
 */
export async function panelFiles(
  saved: SavedPanel,
  states: readonly StateMessage[],
): Promise<ReadonlyMap<string, ServedFile>> {
  const { script, style } = await builtPanel();
  const { classes, variables } = THEMES.dark;
  const host = `
    const [first, ...others] = ${JSON.stringify(states)};
    for (const [name, value] of Object.entries(${JSON.stringify(variables)})) document.documentElement.style.setProperty("--vscode-" + name, value);
    document.body.className = ${JSON.stringify(classes)};
    let kept = ${JSON.stringify(saved)};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => { if (message.type === "ready") window.postMessage(first, "*"); },
      getState: () => kept,
      setState: (state) => { kept = state; },
    });
    const picture = () => document.querySelector("svg.picture[data-drawings]")?.getAttribute("data-drawings");
    // A tick takes up to 4 ms by itself. One that leaves no time between would take the drawing's worker half of a processor.
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    const redrawn = async (state) => {
      const before = picture();
      const start = performance.now();
      let last = start, block = 0;
      window.postMessage(state, "*");
      while (picture() === before) {
        await turn();
        block = Math.max(block, performance.now() - last);
        last = performance.now();
      }
      await new Promise(requestAnimationFrame);
      const end = performance.now();
      return { time: end - start, block: Math.max(block, end - last) };
    };
    const started = performance.now();
    new MutationObserver((_, observer) => {
      if (!picture()) return;
      observer.disconnect();
      requestAnimationFrame(async () => {
        const first = performance.now() - started;
        const redraws = [];
        for (const state of others) {
          await new Promise((resolve) => setTimeout(resolve, ${PAUSE}));
          redraws.push(await redrawn(state));
        }
        const nodes = document.querySelectorAll("svg.picture .node").length;
        parent.postMessage({ first, redraws: redraws.map(({ time }) => time), blocks: redraws.map(({ block }) => block), nodes }, "*");
      });
    }).observe(document, { subtree: true, attributes: true, childList: true });`;
  const page = `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>panel</title><link rel="icon" href="data:,">
    <link rel="stylesheet" href="/webview.css"></head><body><script nonce="bench" src="/host.js"></script><script nonce="bench" src="/webview.js"></script></body></html>`;
  return new Map([
    [PAGE, { type: "text/html", body: page, policy: POLICY }],
    ["/host.js", { type: "text/javascript", body: host }],
    ["/webview.js", { type: "text/javascript", body: script }],
    ["/webview.css", { type: "text/css", body: style }],
  ]);
}

/**
 * Mermaid as it is published, which draws the same text on a page with nothing else: once, and `redraws` times more. The five megabytes
 * of its script are loaded before the clock starts, while ours begins with the script.
 */
export function mermaidFiles(text: string, config: object, redraws: number): ReadonlyMap<string, ServedFile> {
  const page = `<!DOCTYPE html><html lang=en><title>mermaid</title><link rel=icon href=data:,><body><script>
    (async () => {
      await new Promise((resolve) => {
        document.head.append(Object.assign(document.createElement("script"), { src: "/mermaid.js", onload: resolve }));
      });
      const start = performance.now();
      mermaid.initialize(${JSON.stringify(config)});
      const draw = async (id) => {
        const { svg } = await mermaid.render(id, ${JSON.stringify(text).replaceAll("<", "\\u003c")});
        document.body.innerHTML = svg;
        await new Promise(requestAnimationFrame);
      };
      await draw("p0");
      const first = performance.now() - start;
      const redraws = [];
      for (let turn = 1; turn <= ${redraws}; turn++) {
        await new Promise((resolve) => setTimeout(resolve, ${PAUSE}));
        const again = performance.now();
        await draw("p" + turn);
        redraws.push(performance.now() - again);
      }
      parent.postMessage({ first, redraws, blocks: redraws, nodes: document.querySelectorAll(".node").length }, "*");
    })();
  </script></body></html>`;
  return new Map([
    [PAGE, { type: "text/html", body: page }],
    [
      "/mermaid.js",
      {
        type: "text/javascript",
        body: readFileSync(nodePath.resolve("node_modules/mermaid/dist/mermaid.min.js"), "utf8"),
      },
    ],
  ]);
}
