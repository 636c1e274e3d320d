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

/** A little of everything that a picture has. */
const REHEARSAL = `flowchart LR
  subgraph b0["a"]
    n0{{"a<br/>b"}}
    n1[["a<br/>b"]]
  end
  n2[("a")]
  n0 e0@-->|"a"| n1
  n1 e1@==>|"a"| n2
`;

/** Milliseconds in which a graph that the host had ready is ordered. A rehearsal that began meanwhile would only be in its way. */
const PAUSE_FOR_ORDERS = 100;

let asked = false;

drawingPort.onmessage = async ({ data }) => {
  asked = true;
  drawingPort.postMessage(await drawn(data));
};

// While the first graph is on its way, a worker has time to compile what drawing it will need. An order that is there already comes first.
if ("WorkerGlobalScope" in globalThis)
  setTimeout(() => {
    if (!asked) void drawn({ id: 0, text: REHEARSAL, fontFamily: "sans-serif" });
  }, PAUSE_FOR_ORDERS);
