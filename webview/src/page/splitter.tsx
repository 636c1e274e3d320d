import type { RefObject } from "preact";

interface SplitterProps {
  /** The element that the bar divides. */
  readonly area: RefObject<HTMLElement | null>;
  readonly controls: string;
  /** Per cent of the area that the second part takes. */
  readonly share: number;
  /** Whether the parts are side by side. */
  readonly upright: boolean;
  readonly change: (share: number) => void;
}

const LEAST = 15;
const MOST = 75;
const STEP = 5;

/** The bar between picture and sidebar: the pointer drags it, the arrow keys move it. */
export function Splitter({ area, controls, share, upright, change }: SplitterProps) {
  const move = (wanted: number) => {
    const next = Math.round(Math.min(MOST, Math.max(LEAST, wanted)));
    if (next !== share) change(next);
  };
  return (
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-label="Size of the sidebar"
      aria-controls={controls}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const box = area.current?.getBoundingClientRect();
        if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const part = upright ? (box.right - event.clientX) / box.width : (box.bottom - event.clientY) / box.height;
        move(part * 100);
      }}
      onKeyDown={(event) => {
        const larger = upright ? "ArrowLeft" : "ArrowUp";
        const smaller = upright ? "ArrowRight" : "ArrowDown";
        const target = { [larger]: share + STEP, [smaller]: share - STEP, Home: LEAST, End: MOST }[event.key];
        if (target === undefined) return;
        event.preventDefault();
        move(target);
      }}
    />
  );
}
