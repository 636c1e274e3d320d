import "./styles.css";
import script from "./drawing/main.ts?script";
import { drawingDesk } from "./picture/drawing-desk.ts";
import { startWorker } from "./picture/drawing-worker.ts";

/*
 * The panel's entry: in a webview of VS Code, or in a page by itself. The drawing's worker is started before anything else of the
 * panel is evaluated, which is why the rest is imported on demand: static imports would all be evaluated first.
 */

const nonce = document.currentScript?.nonce ?? "";
const desk = drawingDesk(startWorker(script, nonce));
desk.warm();
void import("./host/shown-panel.ts").then(({ showPanel }) => showPanel(desk));
