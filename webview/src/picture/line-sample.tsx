import { useLayoutEffect, useRef } from "preact/hooks";
import { type EdgeStyle, edgeSample } from "#picture";
import { elementOf } from "./scene.ts";

/** A line as the picture draws it, with its head. */
export function LineSample({ kind }: { readonly kind: EdgeStyle["kind"] }) {
  const svg = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    svg.current?.replaceChildren(elementOf(edgeSample(kind)));
  }, [kind]);
  return <svg class="sample scene" viewBox="0 0 40 12" width={40} height={12} aria-hidden="true" ref={svg} />;
}
