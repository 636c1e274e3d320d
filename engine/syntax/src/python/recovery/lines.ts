import type { PyComment } from "../node.ts";
import { behindLineEnd, isLineEnd, physicalEnd } from "../parse/scan.ts";
import { type FieldTrust, lineEnd, stringEnd } from "../parse/string-end.ts";
import { isStringPrefix } from "../parse/token.ts";
import {
  type Bracket,
  type BracketLine,
  type BracketMark,
  closedBy,
  missingOpening,
  openingOf,
  unclosedBefore,
} from "./brackets.ts";
import { compoundKeyword, indentAt, looksLikeCode, nextCode, startsOutsideHead, startsStatement } from "./layout.ts";

/** One logical line of Python: a simple statement, or the head of a compound one; several where `;` stands between them. */
export interface LogicalLine {
  /** The offset of its first character that is no blank. */
  readonly start: number;
  /** The offset behind its last token, comments left out. */
  readonly end: number;
  readonly indent: number;
  /** Whether all of its brackets and strings are closed. */
  readonly sound: boolean;
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

/**
 * The logical lines of a text with errors: a line ends too where the next one can only be a new statement, by its indentation
 * or its first words, and a triple-quoted string ends before what can only be code. Where this disagrees with Python's own
 * rules, `accepts` is asked whether the longer line is a statement after all.
 */
export function cutBrokenLines(text: string, accepts: (start: number, end: number) => boolean): LineCut {
  const c: Cutter = { text, wary: true, trust: { overLines: false, from: 0 }, comments: [] };
  const lines: LogicalLine[] = [];
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
      if (found.early && budget > 0) {
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
  const end = physicalEnd(c.text, start);
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

function readLine(c: Cutter, start: number, indent: number): Found {
  const { text } = c;
  const open: Bracket[] = [];
  let line: BracketLine = { start, indent };
  let sound = true;
  let early = false;
  let end = start;
  let at = start;
  const done = (next: number): Found => ({
    line: { start, end, indent, sound: sound && open.length === 0 },
    next,
    early,
  });
  const push = (mark: BracketMark) => {
    open.push({ mark, start: at, lineStart: line.start, lineIndent: line.indent, column: -1 });
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9 || code === 12) at++;
    else if (isLineEnd(code)) {
      const next = behindLineEnd(text, at);
      const missing = c.wary && open.length < 2 ? openingMissing(c, start, indent, end, open) : null;
      if (missing) {
        sound = false;
        push(missing);
      }
      if (open.length === 0) return done(next);
      if (c.wary && endsEarly(text, start, indent, end, next, open)) {
        early = true;
        return done(next);
      }
      at = next;
      if (c.wary) line = { start: next, indent: indentAt(text, next).columns };
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
      if ((quote === 34 || quote === 39) && isStringPrefix(text.slice(from, at))) {
        const string = readString(c, at, text.slice(from, at), indent);
        sound &&= string.closed;
        early ||= string.early;
        at = end = string.end;
      }
    } else {
      const mark = text.charAt(at);
      if (mark === "(" || mark === "[" || mark === "{") push(mark);
      else if (openingOf(mark)) {
        const match = c.wary
          ? closedBy(text, open, at, line)
          : open.findLastIndex((each) => each.mark === openingOf(mark));
        sound &&= match === open.length - 1 && match >= 0;
        if (match >= 0) open.length = match;
      }
      end = ++at;
    }
  }
  return done(text.length);
}

/** The bracket that a statement should have opened at the end of its line; the head of a block has a colon there. */
function openingMissing(
  c: Cutter,
  start: number,
  indent: number,
  end: number,
  open: readonly Bracket[],
): BracketMark | null {
  if (open.length > 0 || (c.text[end - 1] === ":" && compoundKeyword(c.text, start))) return null;
  return missingOpening(c.text, end, indent);
}

function isWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || (c >= 48 && c <= 57) || c > 127;
}

/** Whether the statement that began at `start` ends at the line end before `next`, although brackets are open. */
function endsEarly(text: string, start: number, indent: number, end: number, next: number, open: Bracket[]): boolean {
  const bracket = open.at(-1);
  const keyword = compoundKeyword(text, start);
  // `if f(x:` is the head of a block: no line ends with a colon inside of parentheses.
  if (bracket?.mark === "(" && text.charCodeAt(end - 1) === 58 && keyword) return true;
  const line = nextCode(text, next);
  if (!line || !bracket) return false;
  if (openingOf(text.charAt(line.at))) return false;
  if (line.columns <= indent || startsStatement(text, line.at)) return true;
  if ((keyword === "def" || keyword === "class") && startsOutsideHead(text, line.at)) return true;
  open.length -= unclosedBefore(open, line.columns);
  const innermost = open.at(-1);
  if (innermost && innermost.column < 0) innermost.column = line.columns;
  return false;
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
    at = Math.min(found.end, physicalEnd(c.text, start));
  }
  return { ...found, early: !found.closed };
}
