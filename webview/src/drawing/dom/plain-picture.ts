import type { PlainElement } from "./element.ts";

/** A drawn element as it goes from the worker to the page. */
export interface PlainPicture {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly PlainPicture[];
  /** Text of an element without children. */
  readonly text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/**
 * Text as a person reads it. A label's entities (`#quot;`, `#35;`) come out of mermaid's parser as `ﬂ°quot¶ß` and `ﬂ°°35¶ß`,
 * and mermaid turns them into HTML's `&quot;` and `&#35;` and leaves the last step to the HTML parser, which our pictures never
 * meet. Each is read once, so that a label which holds `&lt;` itself stays as it was; one that nobody knows stays as written.
 */
export function readableText(text: string): string {
  if (!text.includes("&") && !text.includes("¶ß")) return text;
  return text.replace(/(?:&|ﬂ°)(#|°)?(\w+)(?:;|¶ß)/g, (whole, numeric: string | undefined, name: string) => {
    if (numeric === undefined) return NAMED[name] ?? whole;
    const code = Number.parseInt(name, 10);
    return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** What the page takes over of a picture (picture/adopted.ts): shapes and texts with their places, and never anything that acts or loads. */
export const PICTURE_TAGS = ["g", "path", "rect", "polygon", "circle", "ellipse", "line", "text", "tspan"] as const;
export const PICTURE_ATTRIBUTES: ReadonlySet<string> = new Set([
  "class",
  "cx",
  "cy",
  "d",
  "data-id",
  "dx",
  "dy",
  "height",
  "points",
  "r",
  "rx",
  "ry",
  "text-anchor",
  "transform",
  "width",
  "x",
  "x1",
  "x2",
  "y",
  "y1",
  "y2",
]);

/** What a picture's parts are found by, beside that. */
const FOUND_BY: ReadonlySet<string> = new Set(["id", "viewBox"]);

/** Plain data of an element and all that is in it, as far as the page takes it over: the rest would only be copied. null: nothing of it. */
export function plainPicture(element: PlainElement): PlainPicture | null {
  const tag = element.tagName;
  if (tag !== "svg" && !(PICTURE_TAGS as readonly string[]).includes(tag)) return null;
  const attributes: Record<string, string> = {};
  for (const [name, value] of element.attributes)
    if (PICTURE_ATTRIBUTES.has(name) || FOUND_BY.has(name)) attributes[name] = value;
  return {
    tag,
    attributes,
    children: element.children.flatMap((child) => plainPicture(child) ?? []),
    text: element.children.length === 0 ? readableText(element.textContent) : "",
  };
}

let ticket = 0;
let kept: { readonly ticket: string; readonly pictures: readonly PlainPicture[] } | null = null;

/** A short text that stands for finished pictures, until the next ones come. */
export function pictureTicket(pictures: readonly PlainPicture[]): string {
  ticket += 1;
  kept = { ticket: `picture ${ticket}`, pictures };
  return kept.ticket;
}

/** The pictures that a ticket stands for; none for any other text. */
export function picturesOf(text: string): readonly PlainPicture[] {
  return kept?.ticket === text ? kept.pictures : [];
}
