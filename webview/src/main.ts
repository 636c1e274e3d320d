import "./host/without-eval.ts";
import "./styles.css";
import script from "./drawing/main.ts?script";
import type { PanelHost } from "./host/host.ts";
import { standaloneHost } from "./host/standalone-host.ts";
import { type VsCodeApi, vscodeHost } from "./host/vscode-host.ts";
import { element } from "./page/element.ts";
import { startPanel } from "./panel/panel.ts";
import { drawingDesk } from "./picture/drawing-desk.ts";
import { startWorker } from "./picture/drawing-worker.ts";

/* The panel's entry: in a webview of VS Code, or in a page by itself. */

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

const nonce = document.currentScript?.nonce ?? "";
const desk = drawingDesk(startWorker(script, nonce));
// Before all else: the browser starts a worker beside the page, but not without the page's own thread, which the panel now takes.
desk.warm();
const host: PanelHost = typeof acquireVsCodeApi === "function" ? vscodeHost(acquireVsCodeApi()) : standaloneHost();
const root = element("div", { class: "charm-mesh" });
document.body.append(root);
startPanel(root, host, desk);
