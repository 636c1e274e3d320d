import { filled, shape } from "../page/element.ts";
import type { Scene } from "./scene.ts";
import { type Extent, overflows, type Size, type Viewport, visibleExtent } from "./viewport.ts";

/** A small picture of the whole, with a frame around what is in sight. */
export interface Minimap {
  readonly element: SVGSVGElement;
  scene(scene: Scene | null): void;
  view(viewport: Viewport, pane: Size): void;
}

const LARGEST: Size = { width: 148, height: 100 };
/** A picture that is much higher than wide would be a thread in that. */
const LARGEST_TALL: Size = { width: 100, height: 180 };

/**
 * A minimap; `goTo` is called with the middle of the place that was clicked or dragged to. It is for pointers and eyes only:
 * with the keyboard the picture follows the focus by itself.
 */
export function minimap(goTo: (x: number, y: number) => void): Minimap {
  const content = shape("g", {});
  const frame = shape("rect", { class: "minimap-frame", rx: 2 });
  const root = shape("svg", { class: "minimap", "aria-hidden": "true" }, content, frame);
  let shown: Extent | null = null;
  let wanted = true;
  const place = (event: PointerEvent) => {
    if (!shown) return;
    const box = root.getBoundingClientRect();
    goTo(
      shown.x + ((event.clientX - box.left) / box.width) * shown.width,
      shown.y + ((event.clientY - box.top) / box.height) * shown.height,
    );
  };
  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    place(event);
  });
  root.addEventListener("pointermove", (event) => {
    if (root.hasPointerCapture(event.pointerId)) place(event);
  });
  return {
    element: root,
    scene: (scene) => {
      shown = scene;
      wanted = scene !== null;
      if (!scene) return;
      const most = scene.height > 1.5 * scene.width ? LARGEST_TALL : LARGEST;
      const scale = Math.min(most.width / scene.width, most.height / scene.height);
      root.setAttribute("viewBox", `${scene.x} ${scene.y} ${scene.width} ${scene.height}`);
      root.setAttribute("width", String(Math.max(24, scene.width * scale)));
      root.setAttribute("height", String(Math.max(24, scene.height * scale)));
      frame.setAttribute("stroke-width", String(1.5 / scale));
      filled(
        content,
        ...scene.nodes.map((item) =>
          shape("rect", {
            class: "minimap-node",
            x: item.x - item.width / 2,
            y: item.y - item.height / 2,
            width: item.width,
            height: item.height,
          }),
        ),
      );
    },
    view: (viewport, pane) => {
      const needed = wanted && shown !== null && overflows(viewport, shown, pane);
      root.classList.toggle("hidden", !needed);
      if (!needed) return;
      const seen = visibleExtent(viewport, pane);
      for (const [name, value] of Object.entries(seen)) frame.setAttribute(name, String(value));
    },
  };
}
