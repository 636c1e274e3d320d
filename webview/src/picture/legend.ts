import type { EdgeStyle } from "#picture";
import { element, filled, freshId, shape } from "../page/element.ts";
import { icon, NODE_ICONS } from "../page/icon.ts";
import { CHANGE_NAMES } from "../view/wording.ts";
import type { LegendEntries } from "./legend-entries.ts";

/** A line as the picture draws it, with its arrow head. */
export function lineSample(style: EdgeStyle): SVGSVGElement {
  const head = { normal: "arrow", tee: "cross", odot: "circle", none: "none", box: "box" }[style.dotHead];
  return shape(
    "svg",
    { class: `sample edge ${style.className}`, viewBox: "0 0 40 12", width: 40, height: 12, "aria-hidden": "true" },
    shape("path", { class: "line", d: "M1,6 L36,6", "marker-end": `url(#head-${head})` }),
  );
}

/** The legend: a list that folds away. Each line in it is also a switch for its kind. */
export function legend(actions: { toggle(): void; hideKind(kind: string, hidden: boolean): void }): {
  readonly element: HTMLElement;
  show(entries: LegendEntries, open: boolean): void;
} {
  const id = freshId("legend");
  const body = element("div", { class: "legend-body", id });
  const button = element(
    "button",
    { class: "legend-toggle", type: "button", "aria-controls": id, onclick: () => actions.toggle() },
    icon("chevronDown"),
    "Legend",
  );
  const root = element("section", { class: "legend", "aria-label": "Legend" }, button, body);
  let last = "";
  return {
    element: root,
    show: (entries, open) => {
      button.setAttribute("aria-expanded", String(open));
      root.classList.toggle("open", open);
      body.hidden = !open;
      const key = JSON.stringify(entries);
      if (key === last) return;
      last = key;
      const active = document.activeElement;
      const focused = active && body.contains(active) ? active.getAttribute("name") : null;
      filled(body, ...legendLists(entries, actions.hideKind));
      if (focused !== null) body.querySelector<HTMLElement>(`[name="${focused}"]`)?.focus();
    },
  };
}

function legendLists(entries: LegendEntries, hideKind: (kind: string, hidden: boolean) => void): HTMLElement[] {
  const row = (sample: Node, text: string) => element("li", {}, sample, element("span", {}, text));
  const lists: HTMLElement[] = [];
  if (entries.edges.length > 0) {
    const lines = entries.edges.map(({ style, count, hidden }) =>
      element(
        "li",
        {},
        element(
          "button",
          {
            type: "button",
            class: hidden ? "legend-line off" : "legend-line",
            name: `line-${style.kind}`,
            title: `${style.about} Click to ${hidden ? "show" : "hide"} these lines.`,
            "aria-pressed": String(!hidden),
            onclick: () => hideKind(style.kind, !hidden),
          },
          lineSample(style),
          element("span", {}, style.title),
          element("span", { class: "count" }, hidden ? "hidden" : String(count)),
        ),
      ),
    );
    lists.push(element("ul", { "aria-label": "Lines" }, ...lines));
  }
  const changes = entries.changes.map((change) =>
    row(
      element("span", { class: `tag change-${change}` }, change.toUpperCase()),
      `flow ${CHANGE_NAMES[change].toLowerCase()}`,
    ),
  );
  const signs = {
    denied: row(element("span", { class: "tag sign-denied" }, "DENIED"), "refused, whatever the line"),
    unknown: row(element("span", { class: "tag" }, "?"), "verdict not known"),
  };
  if (entries.signs.length > 0)
    lists.push(element("ul", { "aria-label": "Verdicts" }, ...entries.signs.map((sign) => signs[sign])));
  if (changes.length > 0) lists.push(element("ul", { "aria-label": "Changes" }, ...changes));
  const kinds = entries.nodes.map((style) => row(icon(NODE_ICONS[style.kind]), style.title));
  if (entries.offMesh)
    kinds.push(row(element("span", { class: "off-mesh-sample", "aria-hidden": "true" }), "Not on the mesh"));
  if (kinds.length > 0) lists.push(element("ul", { "aria-label": "Applications" }, ...kinds));
  return lists;
}
