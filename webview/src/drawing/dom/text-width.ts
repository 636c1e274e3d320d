/*
 * Widths of text without a page: a worker has no elements to measure, but it has the same fonts. Widths are kept, because the
 * same few words are drawn again and again.
 */

/** The font of one kind of text in the picture. */
export interface TextFont {
  /** As in CSS: `600 13px "Segoe UI"`. */
  readonly css: string;
  readonly size: number;
  /** What was measured with it. */
  readonly widths: Map<string, number>;
}

/** The fonts of the picture. The same sizes and weights stand in picture.css. */
export interface PictureFonts {
  readonly nodeTitle: TextFont;
  readonly nodeLine: TextFont;
  readonly edgeLabel: TextFont;
  readonly boxTitle: TextFont;
}

/** Where the lines of a node's label stand, in pixels below its upper edge (picture/scene.ts puts them there). */
export const NODE_ROWS = { first: 12.5, step: 15, head: 16 } as const;

const SIZES = { nodeTitle: 13, nodeLine: 11, edgeLabel: 11, boxTitle: 12 } as const;

let latest: { readonly family: string; readonly fonts: PictureFonts } | null = null;

/** The picture's fonts for a font family, given as CSS writes it; the same ones, with all that was measured, for the same family as last time. */
export function pictureFonts(family: string): PictureFonts {
  const font = (weight: number, size: number) => ({ css: `${weight} ${size}px ${family}`, size, widths: new Map() });
  if (latest?.family !== family)
    latest = {
      family,
      fonts: {
        nodeTitle: font(600, SIZES.nodeTitle),
        nodeLine: font(400, SIZES.nodeLine),
        edgeLabel: font(400, SIZES.edgeLabel),
        boxTitle: font(600, SIZES.boxTitle),
      },
    };
  return latest.fonts;
}

/** For each font. */
const KEPT_WIDTHS = 2000;
let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Without a canvas (Node): an average letter is a little over half as wide as it is high. */
const AVERAGE_LETTER = 0.56;

/** Width of a text in pixels. */
export function textWidth(text: string, font: TextFont): number {
  const known = font.widths.get(text);
  if (known !== undefined) return known;
  context ??= typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("2d");
  let width = text.length * font.size * AVERAGE_LETTER;
  if (context) {
    if (context.font !== font.css) context.font = font.css;
    width = context.measureText(text).width;
  }
  if (font.widths.size >= KEPT_WIDTHS) font.widths.clear();
  font.widths.set(text, width);
  return width;
}
