import "./host/without-eval.ts";
import type { HostMessage } from "#protocol";
import { type Inbox, inbox } from "./host/inbox.ts";
import { standaloneHost } from "./host/standalone-host.ts";
import { type VsCodeApi, vscodeHost } from "./host/vscode-host.ts";
import { keptView } from "./panel/saved-of.ts";
import type { DrawingDesk } from "./picture/drawing-desk.ts";
import { orderedPicture } from "./picture/ordered-picture.ts";
import { panelViewOf } from "./view/panel-view.ts";
import { shownGraph } from "./view/shown-graph.ts";

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** Where the panel will stand, and who it speaks with. */
export interface PanelPlace {
  readonly root: HTMLElement;
  readonly host: Inbox;
  /** What is drawn already; null: nothing was ordered yet. */
  ordered(): Promise<unknown> | null;
}

/**
 * Tells the host that it may send: VS Code where the page has its API, else nobody but the page. A graph that comes before the panel stands
 * is ordered at once; the panel then asks for the same picture.
 */
export function firstOrder(desk: DrawingDesk): PanelPlace {
  // The page may hold the panel's element already, with a word to be read while the script loads.
  const root = document.querySelector<HTMLElement>("body > .charm-mesh") ?? document.createElement("div");
  root.classList.add("charm-mesh");
  document.body.append(root);
  const raw = typeof acquireVsCodeApi === "function" ? vscodeHost(acquireVsCodeApi()) : standaloneHost();
  let ordered: Promise<unknown> | null = null;
  const order = (message: HostMessage) => {
    if (message.type !== "state" || !message.graph) return;
    const view = panelViewOf(keptView(raw.saved()));
    const { drawn } = shownGraph(message.graph, view);
    if (drawn.nodes.length === 0) return;
    const { text } = orderedPicture(drawn, view.direction === "TB" ? "TB" : "LR", view.edgeLabels);
    ordered = desk.drawing(text, getComputedStyle(root).fontFamily);
  };
  const host = inbox(raw, order);
  host.send({ type: "ready" });
  return { root, host, ordered: () => ordered };
}
