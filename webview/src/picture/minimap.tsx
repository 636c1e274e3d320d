import { useMemo } from "preact/hooks";
import type { Scene } from "./scene.ts";
import { overflows, type Size, type Viewport, visibleExtent } from "./viewport.ts";

const LARGEST: Size = { width: 148, height: 100 };
/** For a picture that is much higher than wide. */
const LARGEST_TALL: Size = { width: 100, height: 180 };

interface MinimapProps {
  readonly scene: Scene;
  readonly viewport: Viewport;
  readonly pane: Size;
  /** Called with the middle of the place that was clicked or dragged to, in the picture's coordinates. */
  readonly goTo: (x: number, y: number) => void;
}

/**
 * A small picture of the whole with a frame around the visible part, while something is out of sight. It is for pointers and eyes only: with
 * the keyboard the picture follows the focus.
 */
export function Minimap({ scene, viewport, pane, goTo }: MinimapProps) {
  const nodes = useMemo(
    () =>
      scene.nodes.map((item) => (
        <rect
          key={item.id}
          class="minimap-node"
          x={item.x - item.width / 2}
          y={item.y - item.height / 2}
          width={item.width}
          height={item.height}
        />
      )),
    [scene],
  );
  if (!overflows(viewport, scene, pane)) return null;
  const most = scene.height > 1.5 * scene.width ? LARGEST_TALL : LARGEST;
  const scale = Math.min(most.width / scene.width, most.height / scene.height);
  const seen = visibleExtent(viewport, pane);
  const place = (event: PointerEvent) => {
    const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
    goTo(
      scene.x + ((event.clientX - box.left) / box.width) * scene.width,
      scene.y + ((event.clientY - box.top) / box.height) * scene.height,
    );
  };
  return (
    <svg
      class="minimap"
      aria-hidden="true"
      viewBox={`${scene.x} ${scene.y} ${scene.width} ${scene.height}`}
      width={Math.max(24, scene.width * scale)}
      height={Math.max(24, scene.height * scale)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        place(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) place(event);
      }}
    >
      {nodes}
      <rect
        class="minimap-frame"
        rx={2}
        x={seen.x}
        y={seen.y}
        width={seen.width}
        height={seen.height}
        stroke-width={1.5 / scale}
      />
    </svg>
  );
}
