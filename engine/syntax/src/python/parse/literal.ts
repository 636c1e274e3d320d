import type { PyExpression, PyFStringPart } from "../node.ts";
import { stringValue } from "./escape.ts";
import { advance, bracketDepth, brokenItem, complain, deepest, NotPython, type Parser, parserOf } from "./parser.ts";
import { scannedField } from "./scan.ts";
import { END, FSTRING, OPEN_STRING, STRING } from "./token.ts";

/** One `"…"` of what may be several side by side. */
interface Piece {
  readonly bytes: boolean;
  readonly formatted: boolean;
  readonly template: boolean;
  readonly parts: readonly PyFStringPart[];
}

/** Whether a token is a string or one of several side by side. */
export function isString(kind: number): boolean {
  return kind === STRING || kind === FSTRING || kind === OPEN_STRING;
}

/** The string that starts at the next token, with those side by side with it, which Python joins. */
export function strings(p: Parser): PyExpression {
  const from = p.at;
  while (isString(p.kind)) advance(p);
  return stringOf(p, from, p.at);
}

/** The string that some string tokens make, from the first to behind the last. */
export function stringOf(p: Parser, from: number, to: number): PyExpression {
  const { kinds, starts, ends } = p.tokens;
  const span = { start: starts[from] as number, end: ends[to - 1] as number };
  const pieces: Piece[] = [];
  let open = false;
  for (let at = from; at < to; at++) {
    if (kinds[at] === OPEN_STRING) open = true;
    else pieces.push(pieceAt(p, starts[at] as number, ends[at] as number));
  }
  p.height = 1;
  const [first] = pieces;
  // That the end of a string is missing was reported where its end was looked for.
  if (open || !first) {
    p.hurt = true;
    return brokenItem(span);
  }
  if (pieces.some((each) => each.bytes !== first.bytes || each.template !== first.template)) {
    complain(p, span, "Strings of different kinds can't be joined.");
    return brokenItem(span);
  }
  const parts = pieces.length === 1 ? first.parts : pieces.flatMap((piece) => piece.parts);
  if (pieces.some((piece) => piece.formatted) || parts.some((part) => part.kind === "field")) {
    p.height = 3;
    return { kind: "fstring", span, parts: joined(parts), template: first.template };
  }
  let value = "";
  for (const part of parts) if (part.kind === "text") value += part.value;
  return { kind: "string", span, value, bytes: first.bytes };
}

function pieceAt(p: Parser, start: number, end: number): Piece {
  const { text } = p;
  let quote = start;
  let letters = "";
  for (let c = text.charCodeAt(quote); c !== 34 && c !== 39; c = text.charCodeAt(++quote)) letters += text[quote];
  letters = letters.toLowerCase();
  const mark = text.charCodeAt(quote);
  const triple = end - quote >= 6 && text.charCodeAt(quote + 1) === mark && text.charCodeAt(quote + 2) === mark;
  const width = triple ? 3 : 1;
  const raw = letters.includes("r");
  const bytes = letters.includes("b");
  const template = letters.includes("t");
  const formatted = template || letters.includes("f");
  const from = quote + width;
  const to = end - width;
  const parts: PyFStringPart[] = [];
  if (formatted) fieldsIn(p, parts, { at: from, to, raw, format: false });
  else if (to > from) parts.push(textPart(p, from, to, raw, bytes, false));
  return { bytes, formatted, template, parts };
}

/** A string whose value is unknown becomes a field with a broken value, so that it never counts as known. */
function textPart(p: Parser, from: number, to: number, raw: boolean, bytes: boolean, doubled: boolean): PyFStringPart {
  const span = { start: from, end: to };
  const source = p.text.slice(from, to);
  const written = doubled ? source.replace(/\{\{|\}\}/g, (braces) => braces.charAt(0)) : source;
  const value = stringValue(written, raw, bytes);
  if (typeof value === "string") return { kind: "text", span, value };
  if (value.invalid) complain(p, span, "This string holds what Python can't read: an escape, or a letter in bytes.");
  return brokenField(from, to);
}

function brokenField(start: number, end: number): PyFStringPart {
  const span = { start, end };
  return { kind: "field", span, value: { kind: "broken", span }, conversion: null, format: null };
}

/** Where the text of an f-string, or of a format in it, is being read. */
interface FieldText {
  at: number;
  readonly to: number;
  readonly raw: boolean;
  /** Whether it is a format, which ends with `}`. */
  readonly format: boolean;
}

/** Adds the texts and fields of an f-string, or of a format, which stops at its `}`. */
function fieldsIn(p: Parser, parts: PyFStringPart[], f: FieldText): void {
  const { text } = p;
  const { to, raw, format } = f;
  let from = f.at;
  const endText = () => {
    if (f.at > from) parts.push(textPart(p, from, f.at, raw, false, !format));
  };
  while (f.at < to) {
    const c = text.charCodeAt(f.at);
    const next = text.charCodeAt(f.at + 1);
    if (c === 92 && !raw) f.at += escapeLength(text, f.at, to);
    else if ((c === 123 || c === 125) && next === c && !format) f.at += 2;
    else if (c === 123) {
      endText();
      from = f.at;
      const ended = fieldAt(p, parts, f);
      if (!ended) {
        // The rest of a string with a broken field is not known either.
        parts.push(brokenField(from, to));
        f.at = to;
        return;
      }
      from = f.at;
    } else if (c === 125) {
      if (format) break;
      complain(p, { start: f.at, end: f.at + 1 }, "This `}` closes nothing.");
      f.at++;
    } else f.at++;
  }
  endText();
}

/** How many characters a backslash takes with it: `\N{DASH}` is no field, and in `\{` the brace is one. */
function escapeLength(text: string, at: number, to: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === 123 || next === 125) return 1;
  if (next !== 78 || text.charCodeAt(at + 2) !== 123) return 2;
  const end = text.indexOf("}", at);
  return end < 0 || end >= to ? 2 : end + 1 - at;
}

/** Reads one `{…}`; `{x=}` also writes its own source before the value. False where it can't be read. */
function fieldAt(p: Parser, parts: PyFStringPart[], f: FieldText): boolean {
  const { text } = p;
  const start = f.at;
  const read = fieldValue(p, start + 1, f.to);
  if (!read) return false;
  let at = read.end;
  let source: PyFStringPart | null = null;
  if (text.charCodeAt(at) === 61) {
    at++;
    while (/\s/.test(text.charAt(at))) at++;
    source = { kind: "text", span: { start: start + 1, end: at }, value: text.slice(start + 1, at) };
  }
  let conversion: string | null = null;
  if (text.charCodeAt(at) === 33) {
    conversion = text.charAt(at + 1);
    if (!/[sra]/.test(conversion)) return broken(p, start, at + 1);
    at += 2;
    while (/\s/.test(text.charAt(at))) at++;
  }
  let format: PyFStringPart[] | null = null;
  if (text.charCodeAt(at) === 58) {
    format = [];
    const inner: FieldText = { ...f, at: at + 1, format: true };
    if (p.depth + bracketDepth > deepest) return broken(p, start, at);
    p.depth += bracketDepth;
    fieldsIn(p, format, inner);
    p.depth -= bracketDepth;
    at = inner.at;
  }
  if (text.charCodeAt(at) !== 125 || at >= f.to) return broken(p, start, at);
  f.at = at + 1;
  if (source) parts.push(source);
  // `f"{x = }"` writes the value's repr, unless a conversion or a format says otherwise.
  const written = conversion ?? (source && !format ? "r" : null);
  parts.push({ kind: "field", span: { start, end: f.at }, value: read.value, conversion: written, format });
  return true;
}

function broken(p: Parser, start: number, end: number): false {
  complain(p, { start, end }, "This field of the string could not be read as Python.");
  return false;
}

/** The expression of a field, read strictly: half a field has no value. */
function fieldValue(
  p: Parser,
  from: number,
  to: number,
): { readonly value: PyExpression; readonly end: number } | null {
  const { tokens, end } = scannedField(p.text, from, to);
  if (end < 0 || p.depth + bracketDepth > deepest) {
    broken(p, from - 1, Math.min(to, from + 1));
    return null;
  }
  const inner = parserOf(p.text, tokens, p.grammar, null, p.depth + bracketDepth);
  try {
    const value = inner.grammar.field(inner);
    if (inner.kind !== END) throw new NotPython();
    return { value, end };
  } catch (error) {
    if (!(error instanceof NotPython)) throw error;
    broken(p, from - 1, end);
    return null;
  }
}

/** Neighbouring texts made one. */
function joined(parts: readonly PyFStringPart[]): PyFStringPart[] {
  const found: PyFStringPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (part.kind === "text" && last?.kind === "text") {
      const span = { start: last.span.start, end: part.span.end };
      found[found.length - 1] = { kind: "text", span, value: last.value + part.value };
    } else found.push(part);
  }
  return found;
}
