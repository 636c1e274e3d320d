/*
 * Widths of text without a page: a worker has no elements to measure, but it has the same fonts. Widths are kept, because the
 * same few words are drawn again and again.
 */

/** The font of one kind of text in the picture. */
export interface TextFont {
  /** As in CSS: `600 13px "Segoe UI"`. */
  readonly css: string;
  readonly size: number;
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

/** The picture's fonts for a font family, given as CSS writes it. */
export function pictureFonts(family: string): PictureFonts {
  return {
    nodeTitle: { css: `600 ${SIZES.nodeTitle}px ${family}`, size: SIZES.nodeTitle },
    nodeLine: { css: `400 ${SIZES.nodeLine}px ${family}`, size: SIZES.nodeLine },
    edgeLabel: { css: `400 ${SIZES.edgeLabel}px ${family}`, size: SIZES.edgeLabel },
    boxTitle: { css: `600 ${SIZES.boxTitle}px ${family}`, size: SIZES.boxTitle },
  };
}

const KEPT_WIDTHS = 5000;
const widths = new Map<string, number>();
let context: OffscreenCanvasRenderingContext2D | null | undefined;

/** Without a canvas (Node): an average letter is a little over half as wide as it is high. */
const AVERAGE_LETTER = 0.56;

/** Width of a text in pixels. */
export function textWidth(text: string, font: TextFont): number {
  const key = `${font.css}\u0000${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  context ??= typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("2d");
  let width = text.length * font.size * AVERAGE_LETTER;
  if (context) {
    if (context.font !== font.css) context.font = font.css;
    width = context.measureText(text).width;
  }
  if (widths.size > KEPT_WIDTHS) widths.clear();
  widths.set(key, width);
  return width;
}
