import type { PlainElement } from "./element.ts";
import { type Bounds, NO_BOUNDS, pathBounds, pointBounds, unitedBounds } from "./path-bounds.ts";
import { readableText } from "./plain-picture.ts";
import { NODE_ROWS, type PictureFonts, pictureFonts, type TextFont, textWidth } from "./text-width.ts";

let fonts: PictureFonts = pictureFonts("sans-serif");

/** Sets the fonts that everything is measured with from now on. */
export function measureWith(next: PictureFonts): void {
  fonts = next;
}

function ancestorWith(element: PlainElement, ...classes: readonly string[]): boolean {
  for (let at: PlainElement | null = element; at; at = at.parentNode) {
    const names = at.getAttribute("class");
    // Most names are in none of them, so that they need not be taken apart.
    if (names && classes.some((name) => names.includes(name) && names.split(" ").includes(name))) return true;
  }
  return false;
}

/** A node's first line is its name, in bold; the lines below it are smaller. See picture.css. */
function fontOf(text: PlainElement, row: number): TextFont {
  if (ancestorWith(text, "edgeLabel", "edgeLabels")) return fonts.edgeLabel;
  if (ancestorWith(text, "cluster", "cluster-label")) return fonts.boxTitle;
  return row === 0 ? fonts.nodeTitle : fonts.nodeLine;
}

function textAncestor(element: PlainElement): PlainElement {
  for (let at: PlainElement | null = element; at; at = at.parentNode) if (at.tagName === "text") return at;
  return element;
}

/** Width of a `text` or of one line (`tspan`) of it. */
export function textLength(element: PlainElement): number {
  const text = textAncestor(element);
  if (element !== text) {
    const row = Math.max(0, text.children.indexOf(element));
    return textWidth(readableText(element.textContent), fontOf(text, row));
  }
  if (text.children.length === 0) return textWidth(readableText(text.textContent), fontOf(text, 0));
  return Math.max(...text.children.map((line) => textLength(line)));
}

/** Height of one line as a multiple of its letters' size, as browsers give it for the fonts of user interfaces. */
const LINE = 1.2;
/** mermaid sets lines 1.1 letters apart. */
const LINE_STEP = 1.1;
/** How much of a line's height stands above its base line. */
const ABOVE = 0.95;

function textBounds(text: PlainElement): Bounds {
  const lines = text.children.filter((child) => child.tagName === "tspan");
  const width = textLength(text);
  const count = Math.max(1, lines.length);
  // Labels of nodes are centred by the style sheet, those of edges by an attribute.
  if (ancestorWith(text, "node"))
    return { x: -width / 2, y: 0, width, height: NODE_ROWS.head + NODE_ROWS.step * (count - 1) };
  const middle = text.getAttribute("text-anchor") === "middle";
  const x = Number.parseFloat(text.getAttribute("x") ?? "0") || 0;
  const first = fontOf(text, 0).size;
  let height = first * LINE;
  for (let row = 1; row < count; row++) height += fontOf(text, row).size * LINE_STEP;
  // The first line of mermaid's labels stands at -0.1em + 1.1em, one letter's size below y = 0.
  const top = lines.length > 0 ? first * (1 - ABOVE) : (Number.parseFloat(text.getAttribute("y") ?? "0") || 0) - first;
  return width === 0 ? NO_BOUNDS : { x: middle ? x - width / 2 : x, y: top, width, height };
}

function numberOf(element: PlainElement, name: string): number {
  return Number.parseFloat(element.getAttribute(name) ?? "0") || 0;
}

function shift(element: PlainElement): readonly [number, number] {
  const match = /translate\(\s*(-?[\d.e+-]+)(?:[\s,]+(-?[\d.e+-]+))?/.exec(element.getAttribute("transform") ?? "");
  return match ? [Number(match[1]), Number(match[2] ?? 0)] : [0, 0];
}

function shapeBounds(element: PlainElement): Bounds {
  switch (element.tagName) {
    case "text":
      return textBounds(element);
    case "tspan":
      return { x: 0, y: 0, width: textLength(element), height: fontOf(textAncestor(element), 0).size * LINE };
    case "rect":
    case "image":
    case "foreignObject":
      return {
        x: numberOf(element, "x"),
        y: numberOf(element, "y"),
        width: numberOf(element, "width"),
        height: numberOf(element, "height"),
      };
    case "circle":
    case "ellipse": {
      const rx = numberOf(element, element.tagName === "circle" ? "r" : "rx");
      const ry = numberOf(element, element.tagName === "circle" ? "r" : "ry");
      return { x: numberOf(element, "cx") - rx, y: numberOf(element, "cy") - ry, width: 2 * rx, height: 2 * ry };
    }
    case "line":
      return pointBounds([
        [numberOf(element, "x1"), numberOf(element, "y1")],
        [numberOf(element, "x2"), numberOf(element, "y2")],
      ]);
    case "polygon":
    case "polyline": {
      const numbers = (element.getAttribute("points") ?? "")
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(Number);
      const points: [number, number][] = [];
      for (let at = 0; at + 1 < numbers.length; at += 2) points.push([numbers[at] ?? 0, numbers[at + 1] ?? 0]);
      return pointBounds(points);
    }
    case "path":
      return pathBounds(element.getAttribute("d") ?? "");
    case "defs":
    case "marker":
    case "style":
    case "filter":
    case "linearGradient":
      return NO_BOUNDS;
    default:
      return unitedBounds(element.children.map(boundsInParent));
  }
}

function boundsInParent(element: PlainElement): Bounds {
  const bounds = shapeBounds(element);
  const [x, y] = shift(element);
  return { ...bounds, x: bounds.x + x, y: bounds.y + y };
}

/** What `getBBox` gives: the element's extent in its own coordinates, without its own transform. */
export function boundsOf(element: PlainElement): Bounds {
  return shapeBounds(element);
}
