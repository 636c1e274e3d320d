import { element } from "../page/element.ts";
import { type IconName, icon } from "../page/icon.ts";
import { type KeyAction, ZOOM_STEP } from "./keys.ts";

/** Buttons for zoom and fit at the picture's corner. */
export function zoomControls(act: (action: KeyAction) => void): HTMLElement {
  const button = (title: string, sign: IconName, action: KeyAction) =>
    element(
      "button",
      { type: "button", class: "icon-button", title, "aria-label": title, onclick: () => act(action) },
      icon(sign),
    );
  return element(
    "div",
    { class: "zoom-controls", role: "group", "aria-label": "Zoom" },
    button("Zoom in", "add", { kind: "zoom", factor: ZOOM_STEP }),
    button("Zoom out", "remove", { kind: "zoom", factor: 1 / ZOOM_STEP }),
    button("Fit the whole picture", "screenFull", { kind: "fit" }),
  );
}
