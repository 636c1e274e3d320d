import { type EdgeStyle, edgeStyle } from "#picture";

const HEADS = { normal: "arrow", tee: "cross", odot: "circle", none: "none", box: "box" } as const;

/** A line as the picture draws it, with its arrow head. */
export function LineSample({ kind }: { readonly kind: EdgeStyle["kind"] }) {
  const style = edgeStyle(kind);
  return (
    <svg class={`sample edge ${style.className}`} viewBox="0 0 40 12" width={40} height={12} aria-hidden="true">
      <path class="line" d="M1,6 L36,6" marker-end={`url(#head-${HEADS[style.dotHead]})`} />
    </svg>
  );
}
