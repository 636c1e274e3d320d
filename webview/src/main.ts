import "./styles.css";
import "./host/without-eval.ts";
import { inbox } from "./host/inbox.ts";
import { standaloneHost } from "./host/standalone-host.ts";
import { type VsCodeApi, vscodeHost } from "./host/vscode-host.ts";
import { mermaidRenderer } from "./mermaid-view/renderer.ts";
import { renderVisibleText } from "./page/visible-text.ts";
import { startPanel } from "./panel/panel.tsx";
import { addSceneStyle } from "./picture/scene-colours.ts";

/* The panel's entry: in a webview of VS Code, or in a page by itself. */

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

const script = document.currentScript;
const mermaidSource = script?.dataset["mermaid"];
const mermaid = mermaidSource === undefined ? null : mermaidRenderer(mermaidSource, script?.nonce ?? "");
// The page may hold the panel's element already, with a word to be read while the script loads.
const root = document.querySelector<HTMLElement>("body > .charm-mesh") ?? document.createElement("div");
root.classList.add("charm-mesh");
document.body.append(root);
addSceneStyle();
renderVisibleText();
const host = inbox(typeof acquireVsCodeApi === "function" ? vscodeHost(acquireVsCodeApi()) : standaloneHost());
host.send({ type: "ready" });
startPanel(root, host, mermaid);
