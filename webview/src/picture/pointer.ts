/** What a pointer does on the picture. */
export interface PointerActions {
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: { x: number; y: number }): void;
  /** A click that was no drag, on an element of the picture or beside all. */
  click(target: Element): void;
  doubleClick(target: Element): void;
}

/** Farther than this between down and up is a drag and no click. */
const CLICK_SLACK = 4;
const WHEEL_STEP = 0.0016;
const LINE_HEIGHT = 16;

/** Listens to pointer and wheel: drag pans, wheel pans, wheel with Ctrl or a pinch zooms, click chooses. */
export function listenToPointer(pane: SVGSVGElement, actions: PointerActions): void {
  let from: { x: number; y: number; id: number; target: Element; moved: boolean } | null = null;
  pane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    from = { x: event.clientX, y: event.clientY, id: event.pointerId, target: event.target, moved: false };
  });
  pane.addEventListener("pointermove", (event) => {
    if (!from || from.id !== event.pointerId) return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (!from.moved && Math.hypot(dx, dy) < CLICK_SLACK) return;
    if (!from.moved) {
      pane.setPointerCapture(event.pointerId);
      pane.classList.add("dragged");
    }
    from = { ...from, x: event.clientX, y: event.clientY, moved: true };
    actions.pan(dx, dy);
  });
  const end = (event: PointerEvent) => {
    if (!from || from.id !== event.pointerId) return;
    const { moved, target } = from;
    from = null;
    pane.classList.remove("dragged");
    if (!moved && event.type === "pointerup") actions.click(target);
  };
  pane.addEventListener("pointerup", end);
  pane.addEventListener("pointercancel", end);
  pane.addEventListener("dblclick", (event) => {
    if (event.target instanceof Element) actions.doubleClick(event.target);
  });
  pane.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
      if (event.ctrlKey || event.metaKey) {
        const box = pane.getBoundingClientRect();
        const at = { x: event.clientX - box.left, y: event.clientY - box.top };
        // A pinch comes as small steps with Ctrl, a mouse wheel as large ones.
        const strength = Math.abs(event.deltaY * unit) < 20 ? 6 : 1;
        actions.zoom(Math.exp(-event.deltaY * unit * WHEEL_STEP * strength), at);
      } else if (event.shiftKey && event.deltaX === 0) actions.pan(-event.deltaY * unit, 0);
      else actions.pan(-event.deltaX * unit, -event.deltaY * unit);
    },
    { passive: false },
  );
}
