/** Signs that mean nothing to Mermaid or Markdown inside a line; names and paths stay readable in the source. */
const HARMLESS = /[-/.:=·×…]/;

/**
 * A text as it may stand between the quotation marks of a Mermaid label, whatever it contains. All but letters, digits, blanks and
 * a few harmless signs become numeric entities (`#96;`), which Mermaid turns into the characters again after parsing:
 * so no quotation mark, bracket, backtick (Markdown), `<`, `%%`, `end` or directive of a hostile name is ever parsed. The harmless signs are
 * escaped too where they would begin a list or a link. Control characters and line breaks become blanks, lone surrogates U+FFFD.
 * Texts over `limit` characters are cut in the middle.
 */
export function mermaidLabel(text: string, limit: number): string {
  let out = "";
  let plain = "";
  const points = [...shortened(text, limit)];
  for (const [index, char] of points.entries()) {
    const next = HARMLESS.test(char) && isHarmless(char, plain, points[index + 1]) ? char : escaped(char);
    out += next;
    plain += char;
  }
  return out;
}

/** `- x`, `= x` and `1. x` begin a list or a heading, `http://` and `www.` a link. */
function isHarmless(char: string, before: string, after: string | undefined): boolean {
  if (before.trim() === "") return false;
  if (char === ".") return !/^\s*\d+$/.test(before) && !/www$/i.test(before);
  return char !== ":" || after !== "/";
}

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(char)) return " ";
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  // Direction overrides and invisible characters could make one name look like another.
  if (/\p{Cf}/u.test(char)) return "";
  if (/[\p{L}\p{N}\p{M} ,]/u.test(char)) return char;
  return `#${code};`;
}

/** The text, or its beginning and end with `…` between where it has more than `limit` characters (code points). */
export function shortened(text: string, limit: number): string {
  // A code point has at most two UTF-16 units, so a huge text need not be taken apart as a whole.
  if (text.length <= limit) return text;
  const points = [...text.slice(0, 2 * limit)];
  if (points.length <= limit && text.length <= 2 * limit) return text;
  const tail = Math.floor((limit - 1) / 3);
  const head = Math.max(1, limit - 1 - tail);
  const end = tail > 0 ? [...text.slice(-2 * tail)].slice(-tail).join("") : "";
  return `${points.slice(0, head).join("")}…${end}`;
}
