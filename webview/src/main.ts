import "./styles.css";
import script from "./drawing/main.ts?script";
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

const nonce = document.currentScript?.nonce ?? "";
const desk = drawingDesk(startWorker(script, nonce));
desk.warm();
setTimeout(() => void import("./shown-panel.ts").then(({ showPanel }) => showPanel(desk)), FOR_THE_WORKER);
