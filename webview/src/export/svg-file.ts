import { shape } from "../page/element.ts";

/*
 * The picture as a file of its own: what the panel's style sheet says becomes attributes, so that any viewer shows it as it
 * stood in the panel, in the colours of its theme, without any style sheet, font or script.
 */

const PROPERTIES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
] as const;

const INITIAL: Readonly<Record<string, string>> = {
  "fill-opacity": "1",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  opacity: "1",
  "font-style": "normal",
};

const KEPT = new Set([
  "d",
  "x",
  "y",
  "width",
  "height",
  "rx",
  "ry",
  "cx",
  "cy",
  "r",
  "points",
  "transform",
  "dy",
  "dx",
  "x1",
  "x2",
  "y1",
  "y2",
  "clip-rule",
  "fill-rule",
]);

export interface PictureExtent {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A scene's element as the text of an SVG file, with a title for screen readers. Needs the element to be on the page. */
export function svgFile(root: SVGElement, extent: PictureExtent, title: string, background: string): string {
  const heads = new Map<string, SVGMarkerElement>();
  const content = standing(root, heads);
  const margin = 12;
  const box = [extent.x - margin, extent.y - margin, extent.width + 2 * margin, extent.height + 2 * margin].map(
    (value) => Math.round(value * 100) / 100,
  );
  const [x = 0, y = 0, width = 0, height = 0] = box;
  const file = shape(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: box.join(" "), width, height, role: "img" },
    shape("title", {}, title),
    shape("defs", {}, ...heads.values()),
    shape("rect", { x, y, width, height, fill: background }),
    content,
  );
  return new XMLSerializer().serializeToString(file);
}

/** A copy with its looks as attributes. What is not seen (hit areas, halos without colour) stays away. */
function standing(element: SVGElement, heads: Map<string, SVGMarkerElement>): SVGElement | null {
  const style = getComputedStyle(element);
  if (style.display === "none" || element.classList.contains("hit")) return null;
  const copy = document.createElementNS("http://www.w3.org/2000/svg", element.tagName);
  for (const { name, value } of element.attributes) if (KEPT.has(name)) copy.setAttribute(name, value);
  const isGroup = element.tagName === "g";
  for (const property of PROPERTIES) {
    if (isGroup && property !== "opacity") continue;
    const value = style.getPropertyValue(property);
    if (value !== "" && value !== INITIAL[property]) copy.setAttribute(property, value);
  }
  for (const end of ["marker-start", "marker-end"]) {
    const head = /#head-(\w+)/.exec(element.getAttribute(end) ?? "")?.[1];
    const drawnHead = head ? coloured(head, style.stroke, heads) : null;
    if (drawnHead) copy.setAttribute(end, `url(#${drawnHead})`);
  }
  for (const child of element.childNodes) {
    const inner =
      child instanceof SVGElement ? standing(child, heads) : child instanceof Text ? child.cloneNode() : null;
    if (inner) copy.append(inner);
  }
  return copy;
}

/** The arrow head in its line's colour: few viewers know `context-stroke`. */
function coloured(head: string, colour: string, heads: Map<string, SVGMarkerElement>): string | null {
  const key = `${head}-${colour.replace(/[^\w]+/g, "-")}`;
  if (heads.has(key)) return key;
  const original = document.getElementById(`head-${head}`);
  if (!(original instanceof SVGMarkerElement)) return null;
  const copy = original.cloneNode(true) as SVGMarkerElement;
  copy.setAttribute("id", key);
  copy.removeAttribute("class");
  for (const part of copy.children) {
    const open = part.classList.contains("head-open");
    const line = part.classList.contains("head-line");
    part.removeAttribute("class");
    part.setAttribute("fill", open || line ? "none" : colour);
    part.setAttribute("stroke", colour);
    part.setAttribute("stroke-width", open || line ? "1.75" : "0");
  }
  heads.set(key, copy);
  return key;
}
