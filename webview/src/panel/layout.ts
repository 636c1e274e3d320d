import { element, freshId } from "../page/element.ts";
import { splitter } from "../page/splitter.ts";
import { arrowHeads } from "../picture/arrow-heads.ts";
import { KEY_HELP } from "../picture/keys.ts";

/** The parts that the panel is laid out of. */
export interface LayoutParts {
  readonly toolbar: HTMLElement;
  readonly notices: HTMLElement;
  readonly picture: HTMLElement;
  readonly legend: HTMLElement;
  readonly zoom: HTMLElement;
  readonly fullState: HTMLElement;
  readonly table: HTMLElement;
  readonly tabs: HTMLElement;
  readonly tabPanels: HTMLElement;
}

export interface Layout {
  readonly element: HTMLElement;
  readonly keysId: string;
  readonly status: HTMLElement;
  show(view: { sidebar: boolean; share: number | null; mode: "graph" | "table"; busy: boolean }): void;
}

/** Below this width the sidebar goes under the picture. */
const NARROW = 900;
const SHARE = { wide: 29, narrow: 40 } as const;

/** Where everything stands: tools above, picture or table, sidebar beside or below it, a line of facts at the foot. */
export function layout(parts: LayoutParts, resized: (share: number) => void): Layout {
  const keysId = freshId("keys");
  const sidebarId = freshId("sidebar");
  const keys = element(
    "p",
    { class: "unseen", id: keysId },
    `Keys: ${KEY_HELP.map(([key, what]) => `${key}: ${what}`).join("; ")}.`,
  );
  const status = element("footer", { class: "status-line" });
  const graphArea = element(
    "div",
    { class: "graph-area" },
    element("div", { class: "stage-area" }, parts.picture, parts.zoom, parts.fullState),
    parts.legend,
  );
  const views = element("div", { class: "views" }, graphArea, parts.table);
  const content = element("main", { class: "content" }, parts.notices, views, keys, arrowHeads());
  const area = element("div", { class: "area" });
  const bar = splitter(area, sidebarId, resized);
  const sidebar = element(
    "aside",
    { class: "sidebar", id: sidebarId, "aria-label": "Sidebar" },
    bar.element,
    parts.tabs,
    parts.tabPanels,
  );
  area.append(content, sidebar);
  const progress = element("div", { class: "progress hidden", "aria-hidden": "true" });
  const root = element("div", { class: "panel" }, parts.toolbar, progress, area, status);
  let narrow = false;
  let last: Parameters<Layout["show"]>[0] = { sidebar: true, share: null, mode: "graph", busy: false };

  const show: Layout["show"] = (view) => {
    last = view;
    root.classList.toggle("narrow", narrow);
    progress.classList.toggle("hidden", !view.busy);
    graphArea.classList.toggle("away", view.mode !== "graph");
    graphArea.toggleAttribute("inert", view.mode !== "graph");
    parts.table.hidden = view.mode !== "table";
    sidebar.hidden = !view.sidebar;
    const share = view.share ?? (narrow ? SHARE.narrow : SHARE.wide);
    bar.show(share, !narrow);
    area.style.setProperty("--sidebar-share", `${share}%`);
  };
  new ResizeObserver(() => {
    const next = root.clientWidth < NARROW;
    if (next === narrow) return;
    narrow = next;
    show(last);
  }).observe(root);
  return { element: root, keysId, status, show };
}
