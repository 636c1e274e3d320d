import "./host/without-eval.ts";
import type { PanelHost } from "./host/host.ts";
import { standaloneHost } from "./host/standalone-host.ts";
import { type VsCodeApi, vscodeHost } from "./host/vscode-host.ts";
import { element } from "./page/element.ts";
import { startPanel } from "./panel/panel.ts";
import type { DrawingDesk } from "./picture/drawing-desk.ts";

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** Puts the panel on the page, with VS Code as its host where the page has its API, else with nobody but the page. */
export function showPanel(desk: DrawingDesk): void {
  const host: PanelHost = typeof acquireVsCodeApi === "function" ? vscodeHost(acquireVsCodeApi()) : standaloneHost();
  const root = element("div", { class: "charm-mesh" });
  document.body.append(root);
  startPanel(root, host, desk);
}
