import { element } from "./element.ts";

export interface Splitter {
  readonly element: HTMLElement;
  /** `share`: per cent of the area that the second part takes. */
  show(share: number, upright: boolean): void;
}

const LEAST = 15;
const MOST = 75;
const STEP = 5;

/** The bar between picture and sidebar: dragged with the pointer, moved with the arrow keys. */
export function splitter(area: HTMLElement, controls: string, changed: (share: number) => void): Splitter {
  let now = 30;
  let isUpright = true;
  const bar = element("div", {
    class: "splitter",
    role: "separator",
    tabindex: "0",
    "aria-label": "Size of the sidebar",
    "aria-controls": controls,
    "aria-valuemin": LEAST,
    "aria-valuemax": MOST,
  });
  const move = (share: number) => {
    const next = Math.round(Math.min(MOST, Math.max(LEAST, share)));
    if (next !== now) changed(next);
  };
  bar.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    bar.setPointerCapture(event.pointerId);
  });
  bar.addEventListener("pointermove", (event) => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const box = area.getBoundingClientRect();
    move(
      isUpright ? ((box.right - event.clientX) / box.width) * 100 : ((box.bottom - event.clientY) / box.height) * 100,
    );
  });
  bar.addEventListener("keydown", (event) => {
    const larger = isUpright ? "ArrowLeft" : "ArrowUp";
    const smaller = isUpright ? "ArrowRight" : "ArrowDown";
    const target = { [larger]: now + STEP, [smaller]: now - STEP, Home: LEAST, End: MOST }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    move(target);
  });
  return {
    element: bar,
    show: (share, upright) => {
      now = share;
      isUpright = upright;
      bar.setAttribute("aria-valuenow", String(share));
      bar.setAttribute("aria-orientation", upright ? "vertical" : "horizontal");
    },
  };
}
