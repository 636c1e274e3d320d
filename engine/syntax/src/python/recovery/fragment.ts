import { missingOpening, openingOf, unclosedBefore } from "./brackets.ts";
import {
  type Builder,
  close,
  closeMissing,
  element,
  endElement,
  type Fragment,
  type Frame,
  open,
  token,
  top,
} from "./fragment-builder.ts";
import { behindLineEnd, indentAt, isLineEnd } from "./layout.ts";
import { placeholder } from "./placeholder.ts";
import { stringEnd, stringPrefix } from "./string-end.ts";

const operators = new Set(
  "and or in is not if else for async await lambda yield from as import del return raise".split(" "),
);

/** The brackets and elements of one logical line, made to match by what its layout tells. */
export function fragmentOf(text: string, start: number, end: number, indent: number): Fragment {
  const root: Frame = { bracket: null, elements: [], element: element(0), binding: "" };
  const b: Builder = {
    text,
    trust: { overLines: false, from: 0 },
    frames: [root],
    open: [],
    patches: [],
    problems: [],
    last: start,
    operand: false,
    string: false,
    line: { start, indent },
  };
  let at = start;
  while (at < end) at = step(b, at, end);
  while (b.frames.length > 1) closeMissing(b);
  return { root: { ...root.element, start, end }, patches: b.patches, problems: b.problems };
}

/** Reads one token; returns where the next one may begin. */
function step(b: Builder, at: number, end: number): number {
  const c = b.text.charAt(at);
  const code = b.text.charCodeAt(at);
  if (c === " " || c === "\t" || c === "\f") return at + 1;
  if (isLineEnd(code)) return newLine(b, behindLineEnd(b.text, at), end);
  if (c === "#") return lineEndWithoutJoin(b.text, at);
  if (c === "\\")
    return isLineEnd(b.text.charCodeAt(at + 1)) ? behindLineEnd(b.text, at + 1) : token(b, at, at + 1, false);
  if (c === '"' || c === "'") return string(b, at, at, end);
  const word = wordAt(b.text, at);
  if (word > at) {
    const name = b.text.slice(at, word);
    const next = b.text.charAt(word);
    if ((next === '"' || next === "'") && stringPrefix.test(name)) return string(b, at, word, end);
    const frame = top(b);
    if (name === "lambda" || name === "for") frame.binding = name;
    else if (name === "in" && frame.binding === "for") frame.binding = "";
    return token(b, at, word, !operators.has(name));
  }
  if (c === "(" || c === "[" || c === "{") {
    token(b, at, at + 1, false);
    return open(b, at, c);
  }
  if (openingOf(c)) return close(b, at, c);
  if (c === ",") return comma(b, at);
  if (c === ":" && b.text[at + 1] !== "=") {
    const frame = top(b);
    if (frame.binding === "lambda") frame.binding = "";
    else frame.element.colon = true;
  }
  return token(b, at, at + 1, c === "." && b.text.startsWith("...", at - 2));
}

function lineEndWithoutJoin(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return end;
}

const word = /[\w\u0080-\uFFFF]+/y;

function wordAt(text: string, at: number): number {
  word.lastIndex = at;
  return word.test(text) ? word.lastIndex : at;
}

function string(b: Builder, start: number, quote: number, end: number): number {
  const found = stringEnd(b.text, quote, b.text.slice(start, quote), b.trust);
  const stop = Math.min(found.end, end);
  if (found.closed && found.end <= end) return token(b, start, stop, true, true);
  // What closes the brackets of this very line, and a last comma, was hardly meant to be text.
  const tail = found.triple ? "" : (/(?<![)\]},:\s])[)\]},:\s]*$/.exec(b.text.slice(quote + 1, stop))?.[0] ?? "");
  const closers = tail.replace(/[^)\]}]/g, "").length;
  const here = b.open.filter((bracket) => bracket.start >= b.line.start).length;
  const kept = closers <= here ? tail : tail.slice(tail.trimEnd().replace(/,$/, "").length);
  const stringStop = stop - kept.length;
  const mark = found.triple ? b.text.slice(quote, quote + 3) : b.text.charAt(quote);
  b.problems.push({
    span: { start, end: stringStop },
    message: `This string is not closed: its last \`${mark}\` is missing.`,
  });
  b.patches.push({ start, end: stringStop, newText: ` ${placeholder} `, order: top(b).element.depth });
  return token(b, start, stringStop, true);
}

function comma(b: Builder, at: number): number {
  const frame = top(b);
  if (!frame.bracket || frame.binding !== "") return token(b, at, at + 1, false);
  endElement(b, at);
  b.last = at + 1;
  b.operand = false;
  b.string = false;
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
function newLine(b: Builder, next: number, end: number): number {
  const { columns, at } = indentAt(b.text, next);
  const code = b.text.charCodeAt(at);
  if (at >= end || isLineEnd(code) || code === 35) return at;
  addOpening(b);
  b.line = { start: next, indent: columns };
  const innermost = b.open.at(-1);
  if (!innermost || openingOf(b.text.charAt(at))) return at;
  for (let count = unclosedBefore(b.open, columns); count > 0; count--) closeMissing(b);
  const frame = top(b);
  const bracket = frame.bracket ?? innermost;
  if (bracket.column < 0) bracket.column = columns;
  if (frame.element.start < 0) return at;
  const labelled =
    (bracket.mark === "{" && matches(b.text, at, pair)) || (bracket.mark === "(" && matches(b.text, at, keyword));
  const quote = /["']/.test(b.text.charAt(at));
  const beside = b.operand && !(b.string && quote) && columns === bracket.column && matches(b.text, at, value);
  if (labelled || beside) addComma(b, frame);
  return at;
}

/** Adds the opening bracket that the lines below show to be missing. */
function addOpening(b: Builder): void {
  const { bracket, element } = top(b);
  if (element.start < 0) return;
  const level = bracket ? bracket.column : b.frames.length === 1 ? b.line.indent : -1;
  const mark = level < 0 ? null : missingOpening(b.text, b.last, Math.max(level, b.line.indent));
  if (!mark) return;
  const at = b.last;
  b.patches.push({ start: at, end: at, newText: mark, order: element.depth + 1.5 });
  b.problems.push({ span: { start: at, end: at }, message: `A \`${mark}\` is missing here.` });
  open(b, at, mark);
}

function addComma(b: Builder, frame: Frame): void {
  const afterLambda = frame.binding !== "" && b.text[b.last - 1] === ",";
  frame.binding = "";
  if (afterLambda) {
    frame.element.end = b.last - 1;
    endElement(b, b.last - 1);
    return;
  }
  const where = { start: b.last, end: b.last };
  const newText = b.operand ? "," : ` ${placeholder},`;
  b.patches.push({ ...where, newText, order: frame.element.depth - 0.25 });
  const message = b.operand ? "A `,` is missing here." : "A value is missing here.";
  b.problems.push({ span: where, message });
  endElement(b, b.last);
  b.operand = false;
  b.string = false;
}
