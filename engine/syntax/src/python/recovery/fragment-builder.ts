import type { Patch } from "../../text/patch.ts";
import type { SyntaxProblem } from "../../text/problem.ts";
import { type Bracket, type BracketLine, type BracketMark, closedBy, closingOf } from "./brackets.ts";
import { placeholder } from "./placeholder.ts";
import type { FieldTrust } from "./string-end.ts";

/** What stands between two commas of a bracket; or a whole statement. */
export interface Element {
  readonly start: number;
  readonly end: number;
  /** 0 for the statement, 1 for the elements of its brackets, and so on. */
  readonly depth: number;
  readonly groups: readonly Group[];
  /** Whether it has a colon of its own, as a pair of a dictionary has. */
  readonly colon: boolean;
}

/** A bracket with what is in it. */
export interface Group {
  readonly bracket: BracketMark;
  readonly start: number;
  readonly end: number;
  /** Whether its closing bracket is there. */
  readonly closed: boolean;
  readonly elements: readonly Element[];
}

/** A patch with the depth of what it mends; patches at one place are ordered from the inside out. */
export interface OrderedPatch extends Patch {
  readonly order: number;
}

export interface Fragment {
  readonly root: Element;
  /** What makes the brackets match: closing ones added where the indentation says, stray ones taken out, and the like. */
  readonly patches: readonly OrderedPatch[];
  readonly problems: readonly SyntaxProblem[];
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** A bracket that is open, and what is in it so far. */
export interface Frame {
  /** Null for the statement itself. */
  readonly bracket: Bracket | null;
  readonly elements: Element[];
  element: Draft<Element> & { readonly groups: Group[] };
  /** Inside of `lambda …:` and of `for … in`, whose commas part no elements. */
  binding: "" | "lambda" | "for";
}

/** Reads a logical line from left to right. */
export interface Builder {
  readonly text: string;
  readonly trust: FieldTrust;
  readonly frames: Frame[];
  /** The brackets of the frames behind the first. */
  readonly open: Bracket[];
  readonly patches: OrderedPatch[];
  readonly problems: SyntaxProblem[];
  /** The end of the last token, and whether a value may end there. */
  last: number;
  operand: boolean;
  string: boolean;
  line: BracketLine;
}

/** A new element with nothing in it yet. */
export function element(depth: number): Frame["element"] {
  return { start: -1, end: -1, depth, groups: [], colon: false };
}

/** The innermost frame. */
export function top(b: Builder): Frame {
  return b.frames.at(-1) as Frame;
}

/** Counts a token to the innermost element; `operand` tells whether a value may end with it. Gives back the token's end. */
export function token(b: Builder, start: number, end: number, operand: boolean, string = false): number {
  const { element } = top(b);
  if (element.start < 0) element.start = start;
  element.end = end;
  b.last = end;
  b.operand = operand;
  b.string = string;
  return end;
}

/** Opens a bracket whose mark stands at `at`, or is taken to. */
export function open(b: Builder, at: number, mark: BracketMark): number {
  const depth = top(b).element.depth + 1;
  const bracket: Bracket = { mark, start: at, lineStart: b.line.start, lineIndent: b.line.indent, column: -1 };
  b.open.push(bracket);
  b.frames.push({ bracket, elements: [], element: element(depth), binding: "" });
  return at + 1;
}

/** Ends the innermost bracket; `end` is the offset behind it. */
function pop(b: Builder, end: number, closed: boolean): void {
  const frame = b.frames.pop();
  const bracket = b.open.pop();
  if (!frame || !bracket) return;
  if (frame.element.start >= 0) frame.elements.push(frame.element);
  const parent = top(b).element;
  parent.groups.push({ bracket: bracket.mark, start: bracket.start, end, closed, elements: frame.elements });
  token(b, bracket.start, end, true);
}

/** Adds the closing bracket that is missing, behind the last token. */
export function closeMissing(b: Builder): void {
  const { bracket, element } = top(b);
  if (!bracket) return;
  const at = b.last;
  if (isFirstKey(b)) b.patches.push({ start: at, end: at, newText: `: ${placeholder}`, order: element.depth });
  b.patches.push({ start: at, end: at, newText: closingOf[bracket.mark], order: element.depth - 0.5 });
  const span = { start: bracket.start, end: bracket.start + 1 };
  b.problems.push({ span, message: `This \`${bracket.mark}\` is never closed.` });
  pop(b, at, false);
}

/** A brace that is not closed, with one element so far, is mostly a dictionary whose first key is being typed. */
function isFirstKey(b: Builder): boolean {
  const { bracket, elements, element } = top(b);
  if (bracket?.mark !== "{" || elements.length > 0 || element.start < 0 || element.colon) return false;
  return !/^\*|\bfor\b/.test(b.text.slice(element.start, element.end));
}

/** Reads a closing bracket: it closes what it fits best, and what is open inside of that is closed before it. */
export function close(b: Builder, at: number, c: string): number {
  const target = closedBy(b.text, b.open, at, b.line);
  if (target < 0) {
    b.patches.push({ start: at, end: at + 1, newText: " ", order: top(b).element.depth });
    b.problems.push({ span: { start: at, end: at + 1 }, message: `This \`${c}\` closes nothing.` });
    return at + 1;
  }
  while (b.open.length - 1 > target) closeMissing(b);
  pop(b, at + 1, true);
  return at + 1;
}

/** An element without anything in it stands where its comma stands. */
export function endElement(b: Builder, at: number): void {
  const frame = top(b);
  const done = frame.element;
  frame.elements.push(done.start < 0 ? { ...done, start: at, end: at } : done);
  frame.element = element(done.depth);
}
