import "./styles.css";
import script from "./drawing/main.ts?script";
import { mermaidRenderer } from "./mermaid-view/renderer.ts";
import { drawingDesk } from "./picture/drawing-desk.ts";
import { startWorker } from "./picture/drawing-worker.ts";

/*
 * The panel's entry: in a webview of VS Code, or in a page by itself. The drawing's worker is what a first picture waits for longest,
 * so it is started before anything else of the panel is evaluated. That is why the rest is imported on demand.
 */

/**
 * Milliseconds in which the page does nothing, about a frame: the browser starts the worker's thread from the page's own. Without them
 * it starts once the panel stands.
 */
const FOR_THE_WORKER = 16;

/**
 * The longest time in milliseconds in which a graph that the host had ready is drawn and nothing else is done. Building and painting the panel
 * meanwhile would take the processor from the drawing, and show for a moment that it is drawn.
 */
const FOR_THE_PICTURE = 200;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function show(): Promise<void> {
  await pause(FOR_THE_WORKER);
  const { firstOrder } = await import("./first-order.ts");
  const { root, host, ordered } = firstOrder(desk);
  // The host's answer is there at once or takes a while.
  await pause(0);
  const picture = ordered();
  if (picture) await Promise.race([picture, pause(FOR_THE_PICTURE)]);
  const { startPanel } = await import("./panel/panel.tsx");
  startPanel(root, host, desk, mermaid);
}

const ownScript = document.currentScript;
const nonce = ownScript?.nonce ?? "";
const mermaidSource = ownScript?.dataset["mermaid"];
const mermaid = mermaidSource === undefined ? null : mermaidRenderer(mermaidSource, nonce);
const desk = drawingDesk(startWorker(script, nonce));
desk.warm();
void show();
