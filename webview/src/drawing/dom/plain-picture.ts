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

/** Plain data of an element and all that is in it. */
export function plainPicture(element: PlainElement): PlainPicture {
  return {
    tag: element.tagName,
    attributes: Object.fromEntries(element.attributes),
    children: element.children.map(plainPicture),
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
