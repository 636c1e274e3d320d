import { EDGE_STYLES } from "#picture";
import type { ExportKind, GraphOptions, StateMessage } from "#protocol";
import { element, filled } from "../page/element.ts";
import { icon } from "../page/icon.ts";
import { popover } from "../page/popover.ts";
import { type FindBox, findBox, type Suggestion } from "../toolbar/find-box.ts";
import type { PanelView } from "../view/panel-view.ts";
import { groupingOf, type ShownGraph } from "../view/shown-graph.ts";
import { counted } from "../view/wording.ts";

export interface ToolbarActions {
  find(text: string): void;
  change(view: Partial<PanelView>): void;
  options(options: GraphOptions): void;
  exportAs(kind: ExportKind): void;
  compare: () => void;
  suggestions(text: string, cursor: number): readonly Suggestion[];
}

export interface Toolbar {
  readonly element: HTMLElement;
  show(view: PanelView, message: StateMessage | null, shown: ShownGraph | null): void;
  focusFind(): void;
}

const EXPORTS: readonly (readonly [ExportKind, string, string])[] = [
  ["svg", "SVG", "the picture as it stands"],
  ["png", "PNG", "the picture as it stands"],
  ["mermaid", "Mermaid", "text for Markdown pages"],
  ["markdown", "Markdown", "picture and table"],
  ["yaml", "YAML", "the AuthorizationPolicies"],
  ["json", "JSON", "the whole graph"],
];

/** The row above everything: which view, find, hide, what is shown, compare, export. */
export function toolbar(actions: ToolbarActions): Toolbar {
  const mode = (name: PanelView["mode"], title: string, sign: "graph" | "table") =>
    element(
      "button",
      {
        type: "button",
        class: "tool",
        title: `Show as ${title.toLowerCase()}`,
        name: `mode-${name}`,
        onclick: () => actions.change({ mode: name }),
      },
      icon(sign),
      element("span", { class: "tool-text" }, title),
    );
  const graphMode = mode("graph", "Graph", "graph");
  const tableMode = mode("table", "Table", "table");
  const find: FindBox = findBox(
    { label: "Find", placeholder: "Find: verdict = denied", sign: "search", name: "find" },
    actions.suggestions,
    actions.find,
  );
  const hide: FindBox = findBox(
    { label: "Hide", placeholder: "Hide: internal", sign: "eyeClosed", name: "hide" },
    actions.suggestions,
    (text) => actions.change({ hide: text }),
  );
  let view: PanelView | null = null;
  let message: StateMessage | null = null;
  let grouped = false;
  const viewMenu = popover("View", "layers", () => viewMenu.content(...viewContent()));
  const compareMenu = popover("Compare", "groupBy", () => compareMenu.content(...compareContent()));
  const exportMenu = popover("Export", "export", () => exportMenu.content(...exportContent()));
  const sidebar = element(
    "button",
    {
      type: "button",
      class: "tool",
      title: "Sidebar",
      "aria-label": "Sidebar",
      name: "sidebar",
      onclick: () => actions.change({ sidebar: !(view?.sidebar ?? true) }),
    },
    icon("sidebar"),
  );

  const check = (title: string, on: boolean, change: (on: boolean) => void) => {
    const box = element("input", { type: "checkbox", checked: on, onchange: () => change(box.checked) });
    return element("label", { class: "menu-item" }, box, title);
  };
  const viewContent = (): Node[] => {
    if (!view) return [];
    const now = view;
    const kinds = new Set(message?.graph?.edges.map((edge) => edge.kind));
    const direction = element(
      "select",
      {
        "aria-label": "Direction",
        onchange: () => actions.change({ direction: direction.value as PanelView["direction"] }),
      },
      element("option", { value: "auto" }, "Direction: as it fits"),
      element("option", { value: "LR" }, "Left to right"),
      element("option", { value: "TB" }, "Top to bottom"),
    );
    direction.value = now.direction;
    return [
      heading("Lines"),
      ...EDGE_STYLES.filter((style) => kinds.has(style.kind)).map((style) =>
        check(style.title, !now.hiddenKinds.includes(style.kind), (on) => {
          const others = (view ?? now).hiddenKinds.filter((kind) => kind !== style.kind);
          actions.change({ hiddenKinds: on ? others : [...others, style.kind] });
        }),
      ),
      heading("Picture"),
      check("Labels on lines", now.edgeLabels, (on) => actions.change({ edgeLabels: on })),
      check("One line for similar flows", now.mergeFlows, (on) => actions.change({ mergeFlows: on })),
      check("Boxes of models and clusters", now.boxes, (on) => actions.change({ boxes: on })),
      check("Group similar applications", grouped, (on) =>
        actions.change({ grouping: on ? "always" : "needed", expanded: [] }),
      ),
      check("Minimap", now.minimap, (on) => actions.change({ minimap: on })),
      element("div", { class: "menu-item" }, direction),
    ];
  };
  const compareContent = (): Node[] => {
    if (!message) return [];
    const { options } = message;
    const input = element("input", {
      type: "text",
      name: "compare",
      value: options.compare ?? "",
      placeholder: "main, HEAD~1 or a folder",
      spellcheck: "false",
      "aria-label": "Git ref or folder to compare with",
    });
    const apply = () => {
      const text = input.value.trim();
      if (text === "") return;
      compareMenu.close();
      actions.options({ ...options, compare: text });
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") apply();
    });
    return [
      element(
        "p",
        { class: "quiet" },
        "Compares what is here with another state: flows that were added, removed, widened or narrowed.",
      ),
      element(
        "div",
        { class: "menu-row" },
        input,
        element("button", { type: "button", class: "button primary", onclick: apply }, "Compare"),
      ),
      element(
        "div",
        { class: "menu-row" },
        element(
          "button",
          {
            type: "button",
            class: "link",
            onclick: () => {
              compareMenu.close();
              actions.compare();
            },
          },
          "Choose…",
        ),
        options.compare === null
          ? null
          : element(
              "button",
              {
                type: "button",
                class: "link",
                onclick: () => {
                  compareMenu.close();
                  actions.options({ ...options, compare: null });
                },
              },
              "Stop comparing",
            ),
      ),
    ];
  };
  const exportContent = (): Node[] =>
    EXPORTS.map(([kind, title, about]) =>
      element(
        "button",
        {
          type: "button",
          class: "menu-item",
          name: `export-${kind}`,
          onclick: () => {
            exportMenu.close();
            actions.exportAs(kind);
          },
        },
        element("span", {}, title),
        element("span", { class: "quiet" }, about),
      ),
    );

  const root = element("header", { class: "toolbar" });
  filled(
    root,
    element("div", { class: "tool-group", role: "group", "aria-label": "Show as" }, graphMode, tableMode),
    find.element,
    hide.element,
    element("div", { class: "tool-group end" }, viewMenu.element, compareMenu.element, exportMenu.element, sidebar),
  );
  return {
    element: root,
    focusFind: find.focus,
    show: (nextView, nextMessage, shown) => {
      view = nextView;
      message = nextMessage;
      grouped = shown !== null && groupingOf(shown.visible, nextView.grouping) === "always";
      const has = message?.graph != null;
      graphMode.setAttribute("aria-pressed", String(view.mode === "graph"));
      tableMode.setAttribute("aria-pressed", String(view.mode === "table"));
      sidebar.setAttribute("aria-pressed", String(view.sidebar));
      compareMenu.element.hidden = !(message?.choices.canCompare && message.abilities.options);
      for (const menu of [viewMenu, exportMenu]) menu.button.disabled = !has;
      find.show(view.find, shown?.find ?? null, foundNote(shown));
      hide.show(view.hide, shown?.hide ?? null, hiddenNote(shown, view.hide));
    },
  };
}

function heading(text: string): HTMLElement {
  return element("div", { class: "menu-heading" }, text);
}

function foundNote(shown: ShownGraph | null): string {
  if (!shown?.found) return "";
  const { nodes, edges } = shown.found;
  return nodes.size + edges.size === 0 ? "no match" : counted(nodes.size + edges.size, "match", "matches");
}

function hiddenNote(shown: ShownGraph | null, text: string): string {
  return !shown || text.trim() === "" ? "" : `${shown.hiddenNodes + shown.hiddenEdges} hidden`;
}
