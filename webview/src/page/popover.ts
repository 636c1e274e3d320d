import { type Child, element, filled, freshId } from "./element.ts";
import { type IconName, icon } from "./icon.ts";

/** A button that opens a small pane below it. */
export interface Popover {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  content(...children: readonly Child[]): void;
  close(): void;
}

/** A popover; Escape and a click elsewhere close it, and the focus goes back to its button. */
export function popover(title: string, sign: IconName, opening: () => void): Popover {
  const id = freshId("popover");
  const pane = element("div", { class: "popover hidden", id, role: "group", "aria-label": title });
  const button = element(
    "button",
    { type: "button", class: "tool", title, "aria-expanded": "false", "aria-controls": id },
    icon(sign),
    element("span", { class: "tool-text" }, title),
    icon("chevronDown"),
  );
  const root = element("div", { class: "popover-root" }, button, pane);
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  const set = (open: boolean) => {
    button.setAttribute("aria-expanded", String(open));
    pane.classList.toggle("hidden", !open);
  };
  const close = () => {
    if (!isOpen()) return;
    const inside = pane.contains(document.activeElement);
    set(false);
    if (inside) button.focus();
  };
  button.addEventListener("click", () => {
    if (isOpen()) close();
    else {
      opening();
      set(true);
      pane.querySelector<HTMLElement>("button, input, select")?.focus();
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) {
      event.stopPropagation();
      close();
      button.focus();
    }
  });
  root.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !root.contains(event.relatedTarget)) set(false);
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !root.contains(event.target)) set(false);
  });
  return { element: root, button, content: (...children) => filled(pane, ...children), close };
}
