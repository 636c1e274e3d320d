import { element, filled, freshId } from "./element.ts";

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
  readonly content: HTMLElement;
}

/** Tabs in the way of the ARIA guide: one stop for Tab, arrow keys between them, the chosen one is shown at once. */
export function tabList<Name extends string>(
  label: string,
  tabs: readonly Tab<Name>[],
  chosen: (name: Name) => void,
): { readonly element: HTMLElement; readonly panels: HTMLElement; show(name: Name): void; focus(): void } {
  const ids = tabs.map((tab) => ({ tab: freshId(`tab-${tab.name}`), panel: freshId(`panel-${tab.name}`) }));
  const buttons = tabs.map((tab, at) =>
    element(
      "button",
      {
        type: "button",
        role: "tab",
        id: ids[at]?.tab,
        "aria-controls": ids[at]?.panel,
        onclick: () => chosen(tab.name),
      },
      tab.title,
    ),
  );
  const panels = tabs.map((tab, at) =>
    element(
      "div",
      { role: "tabpanel", class: "tab-panel", id: ids[at]?.panel, "aria-labelledby": ids[at]?.tab, tabindex: "0" },
      tab.content,
    ),
  );
  const list = element("div", { role: "tablist", class: "tab-list", "aria-label": label }, ...buttons);
  list.addEventListener("keydown", (event) => {
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined || now < 0) return;
    event.preventDefault();
    const at = (next + buttons.length) % buttons.length;
    buttons[at]?.focus();
    const tab = tabs[at];
    if (tab) chosen(tab.name);
  });
  const stack = element("div", { class: "tab-panels" });
  filled(stack, ...panels);
  return {
    element: list,
    panels: stack,
    focus: () => buttons.find((button) => button.getAttribute("aria-selected") === "true")?.focus(),
    show: (name) => {
      tabs.forEach((tab, at) => {
        const on = tab.name === name;
        buttons[at]?.setAttribute("aria-selected", String(on));
        buttons[at]?.setAttribute("tabindex", on ? "0" : "-1");
        const panel = panels[at];
        if (panel) panel.hidden = !on;
      });
    },
  };
}
