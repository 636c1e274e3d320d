import { estimatedTextWidth, type TextStyle, type TextWidth } from "#picture";

/** For each font; the same few words are drawn again and again. */
const KEPT_WIDTHS = 4000;

let context: CanvasRenderingContext2D | null | undefined;

/** Measures texts in a font family (as CSS writes it) on a canvas, which has the page's fonts; estimates them where there is none. */
export function measuredTextWidth(fontFamily: string): TextWidth {
  const known = new Map<string, number>();
  return (text: string, style: TextStyle) => {
    const font = `${style.italic ? "italic " : ""}${style.bold ? 600 : 400} ${style.size}px ${fontFamily}`;
    const key = `${font}\n${text}`;
    const width = known.get(key) ?? measured(text, font) ?? estimatedTextWidth(text, style);
    if (known.size >= KEPT_WIDTHS) known.clear();
    known.set(key, width);
    return width;
  };
}

function measured(text: string, font: string): number | null {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return null;
  if (context.font !== font) context.font = font;
  return context.measureText(text).width;
}
