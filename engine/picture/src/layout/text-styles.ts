import type { TextStyle, TextWidth } from "./placed-picture.ts";

const style = (size: number, bold = false, italic = false): TextStyle => ({ size, bold, italic });

/** The fonts of a picture by what is written in them. The family is the host's. */
export const TEXT_STYLES = {
  name: style(13, true),
  placeholder: style(13, true, true),
  detail: style(12),
  label: style(12),
  box: style(12, true),
} as const;

/** Widths of ASCII from blank to tilde in DejaVu Sans, in 1/100 of the font size. It is among the widest fonts of its kind. */
const WIDTHS = [
  32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
  84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62,
  69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60,
  82, 60, 60, 53, 64, 34, 64, 84,
];
const BOLD = 1.12;

/** Every other character counts as this share of the font size: East Asian characters and emoji are square. */
const WIDE = 1;
const NARROW = 0.68;

/** The width of a text where no font can be asked: that of DejaVu Sans for ASCII, and a generous estimate for the rest. */
export const estimatedTextWidth: TextWidth = (text, { size, bold }) => {
  let width = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const known = WIDTHS[code - 32];
    width += known === undefined ? (code < 0x1100 ? NARROW : WIDE) : known / 100;
  }
  return width * size * (bold ? BOLD : 1);
};
