import { type DrawingOrder, drawn } from "./drawn.ts";

/*
 * The drawing script: mermaid with a plain DOM of its own. It is bundled by itself and carried inside dist/webview.js as the
 * text of a function (scripts/drawing.mjs), which the panel runs in a worker or, where workers are not to be had, in the page.
 */

/** Where orders come from and drawings go to: a worker's own scope, or one end of a channel in the page. */
export interface DrawingPort {
  onmessage: ((event: { readonly data: DrawingOrder }) => void) | null;
  postMessage(message: unknown): void;
}

declare const drawingPort: DrawingPort;

drawingPort.onmessage = async ({ data }) => drawingPort.postMessage(await drawn(data));
