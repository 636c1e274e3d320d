import { element, filled } from "../page/element.ts";
import { type IconName, icon } from "../page/icon.ts";

/** What fills the pane where there is no picture. */
export type FullState =
  | { readonly kind: "loading"; readonly text: string }
  | { readonly kind: "empty"; readonly text: string; readonly restart: (() => void) | null }
  | { readonly kind: "nothing-left"; readonly reset: () => void }
  | { readonly kind: "error"; readonly text: string; readonly again: () => void; readonly table: () => void };

/** A pane for the states without a picture. Each says what is, why, and what to do next. */
export function fullState(): { readonly element: HTMLElement; show(state: FullState | null): void } {
  const root = element("div", { class: "full-state hidden" });
  let last = "";
  return {
    element: root,
    show: (state) => {
      root.classList.toggle("hidden", state === null);
      const key = state === null ? "" : `${state.kind}:${"text" in state ? state.text : ""}`;
      if (key === last) return;
      last = key;
      filled(root, ...(state === null ? [] : content(state)));
    },
  };
}

function content(state: FullState): HTMLElement[] {
  const button = (title: string, run: () => void, primary = false) =>
    element("button", { type: "button", class: primary ? "button primary" : "button", onclick: () => run() }, title);
  switch (state.kind) {
    case "loading":
      return [
        element(
          "div",
          { class: "skeleton", "aria-hidden": "true" },
          ...["a", "b", "c", "d", "e"].map((name) => element("span", { class: `bone bone-${name}` })),
        ),
        element("p", { class: "quiet", role: "status" }, state.text),
      ];
    case "empty":
      return [
        sign("graph"),
        element("h2", {}, "Nothing to draw yet"),
        element("p", {}, state.text),
        element(
          "ul",
          { class: "steps-next" },
          element(
            "li",
            {},
            "Open a folder with a charm: one with a ",
            element("code", {}, "charmcraft.yaml"),
            " or ",
            element("code", {}, "metadata.yaml"),
            ".",
          ),
          element(
            "li",
            {},
            "Put a ",
            element("code", {}, "bundle.yaml"),
            " or a ",
            element("code", {}, "mesh-topology.yaml"),
            " beside it to see a whole deployment.",
          ),
        ),
        state.restart
          ? element("p", { class: "actions" }, button("Restart the language server", state.restart))
          : element("span", {}),
      ];
    case "nothing-left":
      return [
        sign("eyeClosed"),
        element("h2", {}, "Everything is hidden"),
        element("p", {}, "The hide expression and the switched-off lines leave nothing to draw."),
        element("p", { class: "actions" }, button("Show everything", state.reset, true)),
      ];
    case "error":
      return [
        sign("warning"),
        element("h2", {}, "This picture can't be drawn"),
        element(
          "p",
          {},
          "The graph is fine and stands in the table; only laying it out as a picture failed. Hiding or grouping some of it helps as a rule.",
        ),
        element(
          "details",
          {},
          element("summary", {}, "What happened"),
          element(
            "pre",
            { tabindex: "0", role: "region", "aria-label": "What happened" },
            element("code", {}, state.text.slice(0, 4000)),
          ),
        ),
        element(
          "p",
          { class: "actions" },
          button("Show the table", state.table, true),
          button("Try again", state.again),
        ),
      ];
  }
}

function sign(name: IconName): HTMLElement {
  return element("div", { class: "sign" }, icon(name));
}
