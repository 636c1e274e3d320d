import { shape } from "../page/element.ts";

/**
 * The arrow heads: an arrow, a circle (pods), a cross (refused), a box (another model). They take their line's colour. They stand by
 * themselves, because the legend and the details pane use them while the picture is not shown.
 */
export function arrowHeads(): SVGSVGElement {
  const head = (name: string, refX: number, ...drawn: SVGElement[]) =>
    shape(
      "marker",
      {
        id: `head-${name}`,
        class: "head",
        viewBox: "0 0 12 12",
        refX,
        refY: 6,
        markerUnits: "userSpaceOnUse",
        markerWidth: 12,
        markerHeight: 12,
        orient: "auto-start-reverse",
      },
      ...drawn,
    );
  const heads = shape(
    "defs",
    {},
    head("arrow", 9, shape("path", { d: "M1 1.5 L10.5 6 L1 10.5 z", class: "head-full" })),
    head("circle", 9, shape("circle", { cx: 6, cy: 6, r: 3.5, class: "head-open" })),
    head("cross", 7, shape("path", { d: "M2 2 L10 10 M10 2 L2 10", class: "head-line" })),
    head("box", 9, shape("path", { d: "M1 1.5 L8 6 L1 10.5 z M8.5 2 L8.5 10 L10.5 10 L10.5 2 z", class: "head-full" })),
  );
  return shape("svg", { class: "heads", width: 0, height: 0, "aria-hidden": "true" }, heads);
}
