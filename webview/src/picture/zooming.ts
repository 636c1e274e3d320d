import { select } from "d3-selection";
import { type D3ZoomEvent, zoom, zoomIdentity, zoomTransform } from "d3-zoom";
import { type Extent, MAX_SCALE, MIN_SCALE, panned, type Size, type Viewport } from "./viewport.ts";

/** Moves and scales the picture: by pointer, wheel and touch through d3-zoom, and by calls. */
export interface Zooming {
  /** Goes to a viewport as it is. */
  to(viewport: Viewport): void;
  /** Zooms about a point of the pane. */
  by(factor: number, at: readonly [number, number]): void;
  /** Moves by so many pixels of the screen, as far as some of the picture stays in sight. */
  pan(dx: number, dy: number): void;
  stop(): void;
}

interface ZoomingPorts {
  /** The picture's extent; null: there is no picture, and nothing moves. */
  picture(): Extent | null;
  pane(): Size;
  /** Called for each new viewport; `byHand`: a person moved the picture with pointer, wheel or touch. */
  moved(viewport: Viewport, byHand: boolean): void;
}

/** A pointer that moves less than this many pixels between down and up clicks. */
const CLICK_DISTANCE = 4;
const LINE_HEIGHT = 16;
const WHEEL_STEP = 0.0016;
/** A pinch on a touchpad comes as wheel events with Ctrl and small steps. */
const PINCH = { below: 20, factor: 6 } as const;

/** Attaches zooming to the picture. The wheel pans; with Ctrl or Cmd it zooms, as in VS Code's own views. */
export function zooming(svg: SVGSVGElement, ports: ZoomingPorts): Zooming {
  const selection = select<SVGSVGElement, unknown>(svg);
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([MIN_SCALE, MAX_SCALE])
    .clickDistance(CLICK_DISTANCE)
    .extent(() => [
      [0, 0],
      [ports.pane().width, ports.pane().height],
    ])
    .filter((event: MouseEvent | WheelEvent | TouchEvent) =>
      event.type === "wheel" ? event.ctrlKey || event.metaKey : !("button" in event) || event.button === 0,
    )
    .wheelDelta((event) => {
      const pixels = event.deltaY * unit(event);
      return (-pixels * WHEEL_STEP * (Math.abs(pixels) < PINCH.below ? PINCH.factor : 1)) / Math.LN2;
    })
    .constrain((transform) => {
      const picture = ports.picture();
      if (!picture) return transform;
      const { x, y } = panned({ scale: transform.k, x: transform.x, y: transform.y }, 0, 0, picture, ports.pane());
      return zoomIdentity.translate(x, y).scale(transform.k);
    })
    .on("start", ({ sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (sourceEvent instanceof MouseEvent && sourceEvent.type === "mousedown") svg.classList.add("dragged");
    })
    .on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      ports.moved({ scale: transform.k, x: transform.x, y: transform.y }, Boolean(sourceEvent));
    })
    .on("end", () => svg.classList.remove("dragged"));
  // A double click opens the source.
  selection.call(behaviour).on("dblclick.zoom", null);
  const pan = (dx: number, dy: number) => {
    const { k } = zoomTransform(svg);
    behaviour.translateBy(selection, dx / k, dy / k);
  };
  const wheel = (event: WheelEvent) => {
    if (event.ctrlKey || event.metaKey || !ports.picture()) return;
    event.preventDefault();
    const pixels = unit(event);
    if (event.shiftKey && event.deltaX === 0) pan(-event.deltaY * pixels, 0);
    else pan(-event.deltaX * pixels, -event.deltaY * pixels);
  };
  svg.addEventListener("wheel", wheel, { passive: false });
  return {
    to: ({ scale, x, y }) => behaviour.transform(selection, zoomIdentity.translate(x, y).scale(scale)),
    by: (factor, [x, y]) => behaviour.scaleBy(selection, factor, [x, y]),
    pan,
    stop: () => {
      selection.on(".zoom", null);
      svg.removeEventListener("wheel", wheel);
    },
  };
}

function unit(event: WheelEvent): number {
  return event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
}
