import type { PyComment } from "../node.ts";
import { behindLineEnd, compoundKeyword, indentAt, isLineEnd, looksLikeCode, startsStatement } from "./layout.ts";
import { type FieldTrust, lineEnd, stringEnd, stringPrefix } from "./string-end.ts";

/** One logical line of Python: a simple statement, or the head of a compound one; several where `;` stands between them. */
export interface LogicalLine {
  /** The offset of its first character that is no blank. */
  readonly start: number;
  /** The offset behind its last token, comments left out. */
  readonly end: number;
  readonly indent: number;
  /** Whether all of its brackets and strings are closed. */
  readonly sound: boolean;
  /** How deep its brackets nest. */
  readonly depth: number;
}

export interface LineCut {
  readonly lines: readonly LogicalLine[];
  readonly comments: readonly PyComment[];
}

interface Cutter {
  readonly text: string;
  /** Whether what only a new statement can be ends the one before it, brackets closed or not. */
  readonly wary: boolean;
  readonly trust: FieldTrust;
  comments: PyComment[];
}

/** The logical lines of a text by Python's own rules: a line goes on while a bracket or a triple-quoted string is open. */
export function cutLines(text: string): LineCut {
  return cut({ text, wary: false, trust: { overLines: true, from: 0 }, comments: [] }, null);
}

/**
 * The logical lines of a text with errors: a line ends too where the next one can only be a new statement, by its indentation
 * or its first words, and a triple-quoted string ends before what can only be code. Where this disagrees with Python's own
 * rules, `accepts` is asked whether the longer line is a statement after all.
 */
export function cutBrokenLines(text: string, accepts: (start: number, end: number) => boolean): LineCut {
  return cut({ text, wary: true, trust: { overLines: false, from: 0 }, comments: [] }, accepts);
}

function cut(c: Cutter, accepts: ((start: number, end: number) => boolean) | null): LineCut {
  const lines: LogicalLine[] = [];
  const { text } = c;
  // Strict reading of a line that never ends looks at the whole rest; a budget keeps the sum of all such looks linear.
  let budget = 2 * text.length + 100_000;
  let at = 0;
  while (at < text.length) {
    const { columns, at: start } = indentAt(text, at);
    const first = text.charCodeAt(start);
    if (Number.isNaN(first)) break;
    if (isLineEnd(first)) at = behindLineEnd(text, start);
    else if (first === 35) at = comment(c, start);
    else {
      const before = c.comments.length;
      let found = readLine(c, start, columns);
      if (accepts && found.early && budget > 0) {
        const strict: Cutter = { text, wary: false, trust: { overLines: true, from: 0 }, comments: [] };
        const longer = readLine(strict, start, columns);
        budget -= longer.next - start;
        if (longer.line.sound && accepts(start, longer.line.end)) {
          c.comments.length = before;
          c.comments.push(...strict.comments);
          found = longer;
        }
      }
      lines.push(found.line);
      at = found.next;
    }
  }
  return { lines, comments: c.comments };
}

function comment(c: Cutter, start: number): number {
  let end = start;
  while (end < c.text.length && !isLineEnd(c.text.charCodeAt(end))) end++;
  c.comments.push({ span: { start, end }, text: c.text.slice(start, end) });
  return end;
}

interface Found {
  readonly line: LogicalLine;
  /** Where the next line begins. */
  readonly next: number;
  /** Whether wariness ended it before Python's rules would have. */
  readonly early: boolean;
}

const closers: Readonly<Record<number, number>> = { 41: 40, 93: 91, 125: 123 };

function readLine(c: Cutter, start: number, indent: number): Found {
  const { text } = c;
  const open: number[] = [];
  let sound = true;
  let early = false;
  let depth = 0;
  let end = start;
  let at = start;
  const done = (next: number): Found => ({
    line: { start, end, indent, sound: sound && open.length === 0, depth },
    next,
    early,
  });
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === 12) at++;
    else if (isLineEnd(code)) {
      const next = behindLineEnd(text, at);
      if (open.length === 0) return done(next);
      if (c.wary && endsEarly(text, start, indent, end, next, open)) {
        early = true;
        return done(next);
      }
      at = next;
    } else if (code === 35) at = comment(c, at);
    else if (code === 92) {
      at = isLineEnd(text.charCodeAt(at + 1)) ? behindLineEnd(text, at + 1) : at + 1;
    } else if (code === 34 || code === 39) {
      const string = readString(c, at, "", indent);
      sound &&= string.closed;
      early ||= string.early;
      at = end = string.end;
    } else if (isWord(code)) {
      const from = at;
      while (isWord(text.charCodeAt(at))) at++;
      end = at;
      const quote = text.charCodeAt(at);
      if ((quote === 34 || quote === 39) && at - from <= 2 && stringPrefix.test(text.slice(from, at))) {
        const string = readString(c, at, text.slice(from, at), indent);
        sound &&= string.closed;
        early ||= string.early;
        at = end = string.end;
      }
    } else {
      if (code === 40 || code === 91 || code === 123) depth = Math.max(depth, open.push(code));
      const opening = closers[code];
      if (opening !== undefined) {
        const match = open.lastIndexOf(opening);
        sound &&= match === open.length - 1 && match >= 0;
        if (match >= 0) open.length = match;
      }
      end = ++at;
    }
  }
  return done(text.length);
}

function isWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || (c >= 48 && c <= 57) || c > 127;
}

/** Whether the statement that began at `start` ends at the line end before `next`, although brackets are open. */
function endsEarly(
  text: string,
  start: number,
  indent: number,
  end: number,
  next: number,
  open: readonly number[],
): boolean {
  // `if f(x:` is the head of a block: no line ends with a colon inside of parentheses.
  if (open.at(-1) === 40 && text.charCodeAt(end - 1) === 58 && compoundKeyword(text, start)) return true;
  const line = nextCode(text, next);
  if (!line) return false;
  const first = text.charCodeAt(line.at);
  if (closers[first] !== undefined) return false;
  return line.columns <= indent || startsStatement(text, line.at);
}

/** The next line that holds more than a comment. */
function nextCode(text: string, from: number): { readonly columns: number; readonly at: number } | null {
  let at = from;
  while (at < text.length) {
    const line = indentAt(text, at);
    const first = text.charCodeAt(line.at);
    if (Number.isNaN(first)) return null;
    if (isLineEnd(first)) at = behindLineEnd(text, line.at);
    else if (first !== 35) return line;
    else {
      at = line.at;
      while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
    }
  }
  return null;
}

/** The end of a string; a wary cutter ends a triple-quoted one before the first line in it that looks like code around it. */
function readString(c: Cutter, quote: number, letters: string, indent: number) {
  const found = stringEnd(c.text, quote, letters, c.trust);
  if (!c.wary || !found.triple) return { ...found, early: !found.closed };
  let at = lineEnd(c.text, quote + 3);
  while (at < found.end) {
    const start = behindLineEnd(c.text, at);
    const line = indentAt(c.text, start);
    if (line.at < found.end && line.columns <= indent && looksLikeCode(c.text, line.at)) {
      return { end: at, closed: false, triple: true, early: true };
    }
    at = start;
    while (at < found.end && !isLineEnd(c.text.charCodeAt(at))) at++;
  }
  return { ...found, early: !found.closed };
}
