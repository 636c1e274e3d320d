/*
 * Where a Python string ends, without reading what is in it. f-strings may hold strings of their own quote since Python 3.12
 * (PEP 701), so their fields are followed.
 */

export interface StringEnd {
  /** The offset behind the closing quote; where it is missing, the end of the line, or of the text for a triple quote. */
  readonly end: number;
  readonly closed: boolean;
  readonly triple: boolean;
}

/** How f-strings are followed. It remembers where that failed, so that a file full of broken ones is still read in one go. */
export interface FieldTrust {
  /** Whether a field may run over line ends, as it may since Python 3.12; a reader of half-typed text had better not. */
  readonly overLines: boolean;
  /** Before this offset fields are not followed. */
  from: number;
}

/** Strings inside of fields are followed this deep. */
const deepest = 20;

/** The end of the string whose quote stands at `quote`; `letters` is its prefix. */
export function stringEnd(text: string, quote: number, letters: string, trust: FieldTrust): StringEnd {
  const mark = text.charAt(quote);
  const triple = text.startsWith(mark.repeat(3), quote);
  const from = quote + (triple ? 3 : 1);
  if (/[ft]/i.test(letters) && quote >= trust.from) {
    const lines = triple || trust.overLines;
    const nested = contentEnd({ text, lines, triple, depth: 0 }, from, mark, triple);
    if (nested >= 0) return { end: nested, closed: true, triple };
    trust.from = lines ? text.length : lineEnd(text, from);
  }
  const end = plainEnd(text, from, mark, triple);
  if (end >= 0) return { end, closed: true, triple };
  return { end: triple ? text.length : lineEnd(text, from), closed: false, triple };
}

/** The offset of the line end at or behind `from`; a backslash joins the next line. */
export function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || c === 13) return i;
    if (c === 92) i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10 ? 2 : 1;
  }
  return text.length;
}

function plainEnd(text: string, from: number, mark: string, triple: boolean): number {
  const wanted = mark.charCodeAt(0);
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 92) i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10 ? 2 : 1;
    else if (c === wanted) {
      if (!triple) return i + 1;
      if (text.charCodeAt(i + 1) === wanted && text.charCodeAt(i + 2) === wanted) return i + 3;
    } else if (!triple && (c === 10 || c === 13)) return -1;
  }
  return -1;
}

interface Follow {
  readonly text: string;
  readonly lines: boolean;
  /** Whether the innermost string that is being followed has triple quotes. */
  triple: boolean;
  depth: number;
}

/** The end of an f-string whose content starts at `from`; -1 where it does not close. */
function contentEnd(f: Follow, from: number, mark: string, triple: boolean): number {
  if (f.depth > deepest) return -1;
  const { text } = f;
  let i = from;
  while (i < text.length) {
    const c = text[i];
    if (c === "\\") i += f.text[i + 1] === "{" || f.text[i + 1] === "}" ? 1 : 2;
    else if (c === mark && (!triple || text.startsWith(mark.repeat(3), i))) return i + (triple ? 3 : 1);
    else if (!triple && (c === "\n" || c === "\r")) return -1;
    else if (c === "{" && text[i + 1] === "{") i += 2;
    else if (c === "{") {
      i = fieldEnd(f, i + 1);
      if (i < 0) return -1;
    } else i++;
  }
  return -1;
}

/** The offset behind the `}` of a field; -1 where it does not close. */
function fieldEnd(f: Follow, from: number): number {
  const { text } = f;
  let brackets = 0;
  let i = from;
  while (i < text.length) {
    const c = text[i] ?? "";
    if (!f.lines && (c === "\n" || c === "\r")) return -1;
    if (c === '"' || c === "'") {
      i = innerStringEnd(f, i, from);
      if (i < 0) return -1;
    } else if (c === "}" && brackets === 0) return i + 1;
    else if (c === ":" && brackets === 0) return formatEnd(f, i + 1);
    else if (c === "#" && f.lines) i = lineEnd(text, i);
    else {
      if (c === "(" || c === "[" || c === "{") brackets++;
      else if ((c === ")" || c === "]" || c === "}") && --brackets < 0) return -1;
      i++;
    }
  }
  return -1;
}

function innerStringEnd(f: Follow, quote: number, from: number): number {
  const mark = f.text.charAt(quote);
  const triple = f.text.startsWith(mark.repeat(3), quote);
  const letters = /[a-z]{0,2}$/i.exec(f.text.slice(Math.max(from, quote - 2), quote))?.[0] ?? "";
  const inside = quote + (triple ? 3 : 1);
  if (!/[ft]/i.test(letters)) return plainEnd(f.text, inside, mark, triple);
  const outer = f.triple;
  f.depth++;
  f.triple = triple;
  const end = contentEnd(f, inside, mark, triple);
  f.triple = outer;
  f.depth--;
  return end;
}

/** A format spec is text, with fields of its own; only between triple quotes it may hold line ends. */
function formatEnd(f: Follow, from: number): number {
  if (f.depth > deepest) return -1;
  let i = from;
  while (i < f.text.length) {
    const c = f.text[i];
    if (c === "}") return i + 1;
    if (c === "\n" || c === "\r") {
      if (!f.lines || !f.triple) return -1;
      i++;
    } else if (c === "{") {
      f.depth++;
      i = fieldEnd(f, i + 1);
      f.depth--;
      if (i < 0) return -1;
    } else i++;
  }
  return -1;
}
