import type { Damage } from "../parse/parser.ts";
import { behindLineEnd, hasFields, isLineEnd, physicalEnd, quoteAt } from "../parse/scan.ts";
import { type FieldTrust, stringEnd } from "../parse/string-end.ts";
import {
  addToken,
  addTokenAt,
  BAD,
  BRACE,
  BRACE_END,
  COLON,
  COMMA,
  ELLIPSIS,
  END,
  FALSE,
  FOR,
  FSTRING,
  IN,
  LAMBDA,
  NAME,
  NEWLINE,
  NONE,
  NUMBER,
  OPEN_STRING,
  ROUND,
  SEPARATOR,
  SQUARE,
  STRING,
  type Tokens,
  TRUE,
  tokenList,
} from "../parse/token.ts";
import {
  type Bracket,
  type BracketLine,
  type BracketMark,
  closedBy,
  missingOpening,
  openingOf,
  unclosedBefore,
} from "./brackets.ts";
import { indentAt } from "./layout.ts";
import type { LogicalLine } from "./lines.ts";

/** A bracket that is open, and what is known of the element that is being read in it. */
interface Frame {
  /** Null for the statement itself. */
  readonly bracket: Bracket | null;
  /** Whether the element holds a token. */
  filled: boolean;
  /** Inside of `lambda …:` and of `for … in`, whose commas part no elements. */
  binding: "" | "lambda" | "for";
}

/** A logical line that is read from left to right. */
interface Repair {
  readonly text: string;
  readonly damage: Damage;
  readonly tokens: Tokens;
  readonly trust: FieldTrust;
  readonly frames: Frame[];
  /** The brackets of the frames behind the first. */
  readonly open: Bracket[];
  /** The end of the last token, and whether a value may end there. */
  last: number;
  operand: boolean;
  string: boolean;
  line: BracketLine;
}

/**
 * The tokens of a logical line that does not parse, with its brackets made to match by its layout: closing ones added
 * where the indentation says, stray ones left out, commas added before what can only be a new element. Added tokens have no
 * width. What was wrong is recorded in `damage`.
 */
export function repaired(text: string, { start, end, indent }: LogicalLine, damage: Damage): Tokens {
  const r: Repair = {
    text,
    damage,
    tokens: tokenList((end - start) >> 2),
    trust: { overLines: false, from: 0 },
    frames: [{ bracket: null, filled: false, binding: "" }],
    open: [],
    last: start,
    operand: false,
    string: false,
    line: { start, indent },
  };
  let at = start;
  while (at < end) at = step(r, at, end);
  while (r.frames.length > 1) closeMissing(r);
  addToken(r.tokens, NEWLINE, r.last, r.last);
  addToken(r.tokens, END, r.last, r.last);
  return r.tokens;
}

function top(r: Repair): Frame {
  return r.frames.at(-1) as Frame;
}

function report(r: Repair, start: number, end: number, message: string): void {
  const span = { start, end };
  r.damage.problems.push({ span, message });
  r.damage.recovered.push(span);
}

/** Reads one token; returns where the next one may begin. */
function step(r: Repair, at: number, end: number): number {
  const { text, tokens } = r;
  const c = text.charCodeAt(at);
  if (c === 32 || c === 9 || c === 12) return at + 1;
  if (isLineEnd(c)) return newLine(r, behindLineEnd(text, at), end);
  if (c === 35) return physicalEnd(text, at);
  if (c === 92 && isLineEnd(text.charCodeAt(at + 1))) return behindLineEnd(text, at + 1);
  if (c === 92) {
    addToken(tokens, BAD, at, at + 1);
    return took(r, at + 1, false);
  }
  const first = tokens.count;
  const behind = c === 34 || c === 39 ? at : addTokenAt(text, tokens, at);
  const quote = quoteAt(text, at, behind);
  if (quote >= 0) {
    tokens.count = first;
    return string(r, at, quote, end);
  }
  const kind = tokens.kinds[first] ?? BAD;
  if (kind >= ROUND && kind <= BRACE_END) {
    if (kind % 2 === 0) return open(r, at, text.charAt(at) as BracketMark);
    tokens.count = first;
    return close(r, at);
  }
  const frame = top(r);
  if (kind === COMMA && frame.bracket && frame.binding === "") {
    frame.filled = false;
    r.last = behind;
    r.operand = r.string = false;
    return behind;
  }
  if (kind === LAMBDA) frame.binding = "lambda";
  else if (kind === FOR) frame.binding = "for";
  else if ((kind === IN && frame.binding === "for") || (kind === COLON && frame.binding === "lambda"))
    frame.binding = "";
  return took(r, behind, endsOperand(kind));
}

/** Whether a value may end with a token that is no bracket and no string. */
function endsOperand(kind: number): boolean {
  return kind === NAME || kind === NUMBER || kind === ELLIPSIS || kind === FALSE || kind === NONE || kind === TRUE;
}

/** Counts the token that ends at `end` to the element that is being read. */
function took(r: Repair, end: number, operand: boolean, isString = false): number {
  top(r).filled = true;
  r.last = end;
  r.operand = operand;
  r.string = isString;
  return end;
}

function string(r: Repair, start: number, quote: number, end: number): number {
  const { text, tokens } = r;
  const letters = text.slice(start, quote);
  const found = stringEnd(text, quote, letters, r.trust);
  if (found.closed && found.end <= end) {
    addToken(tokens, hasFields(letters) ? FSTRING : STRING, start, found.end);
    return took(r, found.end, true, true);
  }
  const stop = Math.min(found.end, end);
  // What closes the brackets of this very line, and a last comma, was hardly meant to be text.
  const tail = found.triple ? "" : (/(?<![)\]},:\s])[)\]},:\s]*$/.exec(text.slice(quote + 1, stop))?.[0] ?? "");
  const closers = tail.replace(/[^)\]}]/g, "").length;
  const here = r.open.filter((bracket) => bracket.start >= r.line.start).length;
  const kept = closers <= here ? tail : tail.slice(tail.trimEnd().replace(/,$/, "").length);
  const stringStop = stop - kept.length;
  const mark = found.triple ? text.slice(quote, quote + 3) : text.charAt(quote);
  report(r, start, stringStop, `This string is not closed: its last \`${mark}\` is missing.`);
  addToken(tokens, OPEN_STRING, start, stringStop);
  return took(r, stringStop, true);
}

const openingKind: Readonly<Record<BracketMark, number>> = { "(": ROUND, "[": SQUARE, "{": BRACE };

/** Opens a bracket whose mark stands at `at`, or is taken to. */
function open(r: Repair, at: number, mark: BracketMark): number {
  top(r).filled = true;
  r.open.push({ mark, start: at, lineStart: r.line.start, lineIndent: r.line.indent, column: -1 });
  r.frames.push({ bracket: r.open.at(-1) ?? null, filled: false, binding: "" });
  r.last = Math.max(r.last, r.tokens.ends[r.tokens.count - 1] ?? at);
  r.operand = r.string = false;
  return at + 1;
}

/** Ends the innermost bracket with a token from `start` to `end`, which has no width where it is missing. */
function pop(r: Repair, start: number, end: number): void {
  const bracket = r.open.pop();
  r.frames.pop();
  if (!bracket) return;
  addToken(r.tokens, openingKind[bracket.mark] + 1, start, end);
  took(r, end, true);
}

/** Adds the closing bracket that is missing, behind the last token. */
function closeMissing(r: Repair): void {
  const { bracket } = top(r);
  if (!bracket) return;
  report(r, bracket.start, bracket.start + 1, `This \`${bracket.mark}\` is never closed.`);
  pop(r, r.last, r.last);
}

/** Reads a closing bracket: it closes what it fits best, and what is open inside of that is closed before it. */
function close(r: Repair, at: number): number {
  const target = closedBy(r.text, r.open, at, r.line);
  if (target < 0) {
    report(r, at, at + 1, `This \`${r.text.charAt(at)}\` closes nothing.`);
    return at + 1;
  }
  while (r.open.length - 1 > target) closeMissing(r);
  pop(r, at, at + 1);
  return at + 1;
}

const pair = /(?:[rbuf]{0,2}(?:"[^"\r\n]*"|'[^'\r\n]*')|[A-Za-z_][\w.]*)[ \t]*:(?!=)/iy;
const keyword = /[A-Za-z_]\w*[ \t]*=(?!=)/y;
const value = /(?!(?:and|or|in|is|not|if|else|for|async)\b)[A-Za-z_\d"'{\u0080-\uFFFF]/y;

function matches(text: string, at: number, pattern: RegExp): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Looks at the first token of a new line: it may show that a bracket or a comma is missing before it. */
function newLine(r: Repair, next: number, end: number): number {
  const { columns, at } = indentAt(r.text, next);
  const code = r.text.charCodeAt(at);
  if (at >= end || isLineEnd(code) || code === 35) return at;
  addOpening(r);
  r.line = { start: next, indent: columns };
  const innermost = r.open.at(-1);
  if (!innermost || openingOf(r.text.charAt(at))) return at;
  for (let count = unclosedBefore(r.open, columns); count > 0; count--) closeMissing(r);
  const frame = top(r);
  const bracket = frame.bracket ?? innermost;
  if (bracket.column < 0) bracket.column = columns;
  if (!frame.filled) return at;
  const labelled =
    (bracket.mark === "{" && matches(r.text, at, pair)) || (bracket.mark === "(" && matches(r.text, at, keyword));
  const quote = /["']/.test(r.text.charAt(at));
  const beside = r.operand && !(r.string && quote) && columns === bracket.column && matches(r.text, at, value);
  if (labelled || beside) addComma(r, frame);
  return at;
}

/** Adds the opening bracket that the lines below show to be missing. */
function addOpening(r: Repair): void {
  const { bracket, filled } = top(r);
  if (!filled) return;
  const level = bracket ? bracket.column : r.frames.length === 1 ? r.line.indent : -1;
  const mark = level < 0 ? null : missingOpening(r.text, r.last, Math.max(level, r.line.indent));
  if (!mark) return;
  const at = r.last;
  report(r, at, at, `A \`${mark}\` is missing here.`);
  addToken(r.tokens, openingKind[mark], at, at);
  open(r, at, mark);
}

/** Ends an element whose comma is missing. What is missing before that comma, the parser finds. */
function addComma(r: Repair, frame: Frame): void {
  const { tokens } = r;
  const isAfterLambda = frame.binding !== "" && tokens.kinds[tokens.count - 1] === COMMA;
  frame.binding = "";
  frame.filled = false;
  if (isAfterLambda) tokens.kinds[tokens.count - 1] = SEPARATOR;
  else {
    if (r.operand) report(r, r.last, r.last, "A `,` is missing here.");
    addToken(tokens, SEPARATOR, r.last, r.last);
  }
  r.operand = r.string = false;
}
