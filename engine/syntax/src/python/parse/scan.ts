import type { PyComment } from "../node.ts";
import { type FieldTrust, stringEnd } from "./string-end.ts";
import {
  addToken,
  addTokenAt,
  BAD,
  BRACE_END,
  END,
  FSTRING,
  isStringPrefix,
  NAME,
  NEWLINE,
  ROUND,
  STRING,
  type Tokens,
  tokenList,
} from "./token.ts";

/** The tokens of a text by Python's own rules, with its logical lines. */
export interface Scan {
  /** Each logical line ends with `NEWLINE`, the last token is `END`. */
  readonly tokens: Tokens;
  /** The columns of each logical line's indentation; tabs go to multiples of 8. */
  readonly indents: readonly number[];
  readonly comments: readonly PyComment[];
}

/** CPython's limit on open brackets (its tokenizer's MAXLEVEL). */
const mostBrackets = 200;

/** Blocks nest no deeper than CPython lets them (its tokenizer's MAXINDENT). */
export const deepestBlocks = 100;

/** Whether a character code ends a line: `\n`, `\r\n` and `\r` each do. */
export function isLineEnd(c: number): boolean {
  return c === 10 || c === 13;
}

/** The offset behind the line end at `at`. */
export function behindLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

/** The offset of the end of the physical line that `at` stands in. */
export function physicalEnd(text: string, at: number): number {
  let end = at;
  for (let c = text.charCodeAt(end); end < text.length && c !== 10 && c !== 13; c = text.charCodeAt(end)) end++;
  return end;
}

/** The string that starts at `at`, or whose prefix does: the offset of its quote, or -1 where no string starts. */
export function quoteAt(text: string, at: number, behindName: number): number {
  const c = text.charCodeAt(behindName);
  if (c !== 34 && c !== 39) return -1;
  return behindName === at || isStringPrefix(text.slice(at, behindName)) ? behindName : -1;
}

/** Whether the letters before a quote make a string with fields. */
export function hasFields(letters: string): boolean {
  return /[ft]/i.test(letters);
}

/**
 * The tokens of a text from `from` to `to`, which must both be the start of a line or the end of the text. Null where
 * CPython's tokenizer finds an error: an unclosed string or bracket, a character that begins no token, tabs and blanks mixed.
 */
export function scanned(text: string, from: number, to: number): Scan | null {
  const tokens = tokenList((to - from) >> 2);
  const indents: number[] = [];
  const comments: PyComment[] = [];
  const trust: FieldTrust = { overLines: true, from: 0 };
  const open: number[] = [];
  const blocks: Indentation[] = [];
  let lineIsEmpty = true;
  let at = from;
  for (;;) {
    if (lineIsEmpty) {
      const line = indentationAt(text, at);
      at = line.at;
      const c = text.charCodeAt(at);
      if (at < to && c !== 35 && !isLineEnd(c)) {
        if (!enters(blocks, line)) return null;
        indents.push(line.columns);
        lineIsEmpty = false;
      }
    }
    if (at >= to) break;
    const c = text.charCodeAt(at);
    if (c === 32 || c === 9 || c === 12) at++;
    else if (c === 10 || c === 13) {
      if (!lineIsEmpty && open.length === 0) {
        addToken(tokens, NEWLINE, at, at);
        lineIsEmpty = true;
      }
      at = behindLineEnd(text, at);
    } else if (c === 35) {
      const end = physicalEnd(text, at);
      comments.push({ span: { start: at, end }, text: text.slice(at, end) });
      at = end;
    } else if (c === 92) {
      if (!isLineEnd(text.charCodeAt(at + 1))) return null;
      at = behindLineEnd(text, at + 1);
      if (at >= to) return null;
    } else {
      const first = tokens.count;
      let end = at;
      if (c !== 34 && c !== 39) end = addTokenAt(text, tokens, at);
      const quote = quoteAt(text, at, end);
      if (quote >= 0) {
        tokens.count = first;
        const letters = text.slice(at, quote);
        const found = stringEnd(text, quote, letters, trust);
        if (!found.closed || found.end > to) return null;
        addToken(tokens, hasFields(letters) ? FSTRING : STRING, at, found.end);
        at = found.end;
        continue;
      }
      const kind = tokens.kinds[first] ?? BAD;
      if (kind === BAD) return null;
      if (kind >= ROUND && kind <= BRACE_END) {
        if (kind % 2 === 0) {
          if (open.push(kind) > mostBrackets) return null;
        } else if (open.pop() !== kind - 1) return null;
      }
      at = end;
    }
  }
  if (open.length > 0) return null;
  if (!lineIsEmpty) addToken(tokens, NEWLINE, to, to);
  addToken(tokens, END, to, to);
  return { tokens, indents, comments };
}

/** The columns of a line's first character, counted twice: with tabs to multiples of 8, and with tabs as one column. */
interface Indentation {
  readonly columns: number;
  readonly alternative: number;
  /** The offset of the line's first character that is no blank. */
  readonly at: number;
}

/** The indentation of the line that starts at `start`. A backslash joins the next line, and then the first column counts. */
function indentationAt(text: string, start: number): Indentation {
  let at = start;
  let columns = 0;
  let alternative = 0;
  let joined: { readonly columns: number; readonly alternative: number } | null = null;
  for (; ; at++) {
    const c = text.charCodeAt(at);
    if (c === 32) {
      columns++;
      alternative++;
    } else if (c === 9) {
      columns += 8 - (columns % 8);
      alternative++;
    } else if (c === 12) columns = alternative = 0;
    else if (c === 92 && isLineEnd(text.charCodeAt(at + 1))) {
      if (columns > 0) joined ??= { columns, alternative };
      at = behindLineEnd(text, at + 1) - 1;
    } else if (c !== 0xfeff || at !== 0) break;
  }
  return { columns, alternative, ...joined, at };
}

/** Opens or closes blocks as a line's indentation says; false where it depends on the width of tabs, fits none, or is too deep. */
function enters(open: Indentation[], line: Indentation): boolean {
  const innermost = open.at(-1);
  if (!innermost || line.columns > innermost.columns) {
    if (innermost && line.alternative <= innermost.alternative) return false;
    return open.push(line) <= deepestBlocks;
  }
  while (open.length > 1 && line.columns < (open.at(-1)?.columns ?? 0)) open.pop();
  return line.columns === open.at(-1)?.columns && line.alternative === open.at(-1)?.alternative;
}

/** The tokens of an expression in a field of an f-string, and where they end. */
export interface FieldScan {
  readonly tokens: Tokens;
  /** The offset of the `}`, `!`, `:` or `=` that ends the expression; -1 where none does. */
  readonly end: number;
}

/** The tokens of the expression that starts at `from` in an f-string's field and ends before `to`, by Python's own rules. */
export function scannedField(text: string, from: number, to: number): FieldScan {
  const tokens = tokenList((to - from) >> 2);
  const trust: FieldTrust = { overLines: true, from: 0 };
  let depth = 0;
  let at = from;
  let end = -1;
  while (at < to) {
    const c = text.charCodeAt(at);
    if (c === 32 || c === 9 || c === 12 || isLineEnd(c)) at++;
    else if (c === 35) at = physicalEnd(text, at);
    else if (c === 92 && isLineEnd(text.charCodeAt(at + 1))) at = behindLineEnd(text, at + 1);
    else {
      if (depth === 0 && endsField(text, at)) {
        end = at;
        break;
      }
      const first = tokens.count;
      let next = at;
      if (c !== 34 && c !== 39) next = addTokenAt(text, tokens, at);
      const quote = quoteAt(text, at, next);
      if (quote >= 0) {
        tokens.count = first;
        const letters = text.slice(at, quote);
        const found = stringEnd(text, quote, letters, trust);
        if (!found.closed || found.end > to) break;
        addToken(tokens, hasFields(letters) ? FSTRING : STRING, at, found.end);
        next = found.end;
      }
      const kind = tokens.kinds[first] ?? NAME;
      if (kind === BAD) break;
      if (kind >= ROUND && kind <= BRACE_END) depth += kind % 2 === 0 ? 1 : -1;
      if (depth < 0) break;
      at = next;
    }
  }
  addToken(tokens, END, at, at);
  return { tokens, end };
}

/** Whether the expression of a field ends at this character: `}`, `:`, `!r`, or the `=` of `{x=}`. */
function endsField(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  if (c === 125 || c === 58) return true;
  if (c === 33) return text.charCodeAt(at + 1) !== 61;
  if (c !== 61 || text.charCodeAt(at + 1) === 61) return false;
  const before = text.charCodeAt(at - 1);
  if (before === 60 || before === 62 || before === 33) return false;
  let next = at + 1;
  while (text.charCodeAt(next) === 32 || isLineEnd(text.charCodeAt(next)) || text.charCodeAt(next) === 9) next++;
  const behind = text.charCodeAt(next);
  return behind === 125 || behind === 58 || (behind === 33 && text.charCodeAt(next + 1) !== 61);
}
