import { type Patch, patchedText } from "../../text/patch.ts";
import type { SyntaxProblem } from "../../text/problem.ts";
import type { Span } from "../../text/span.ts";
import { limited, type PythonParser } from "../parser.ts";
import { fragmentOf } from "./fragment.ts";
import type { Element, Group, OrderedPatch } from "./fragment-builder.ts";
import { placeholder } from "./placeholder.ts";

/** How a piece of text stands in the statements that it is tried in. */
export interface Frame {
  readonly prefix: string;
  readonly suffix: string;
}

/** What was found about one logical line that does not parse. */
export interface Healed {
  /** In order, for `patchedText`; null where nothing makes the line parse. */
  readonly patches: readonly Patch[] | null;
  /** The frame in which it parses. */
  readonly frame: Frame;
  readonly problems: readonly SyntaxProblem[];
  /** The smallest pieces that are not as written. */
  readonly recovered: readonly Span[];
}

interface Healing {
  readonly parser: PythonParser;
  readonly text: string;
  patches: OrderedPatch[];
  readonly problems: SyntaxProblem[];
  readonly recovered: Span[];
  /** How many more parses may be tried: a line that is hopeless is given up. */
  tries: number;
  /** The keyword that tells what the line's own parentheses hold, names or parameters. */
  readonly keyword: "from" | "def" | null;
}

/** What may be missing at the end of an element or statement. */
export const valueEndings: readonly string[] = [
  ` ${placeholder}`,
  ` else ${placeholder}`,
  ` in ${placeholder}`,
  ` ${placeholder} in ${placeholder}`,
];

const mostTries = 300;

/**
 * The smallest changes that make one logical line parse in one of the frames: brackets closed, a value put where one is
 * missing, what can't be read replaced, element by element, so that the others stay as they are.
 * The line does not parse in the first frame as it is. `endings` are the texts that may be missing at the very end; `tails` are the ways to give up the line's last part.
 */
export function healed(
  parser: PythonParser,
  text: string,
  line: { readonly start: number; readonly end: number; readonly indent: number },
  frames: readonly Frame[],
  endings: readonly string[],
  tails: readonly Patch[] = [],
): Healed {
  const fragment = fragmentOf(text, line.start, line.end, line.indent);
  const h: Healing = {
    parser: limited(parser, 15_000 + 30 * (line.end - line.start)),
    text,
    patches: [...fragment.patches],
    problems: [...fragment.problems],
    recovered: fragment.problems.map((problem) => problem.span),
    tries: mostTries,
    keyword: keywordOf(text.slice(line.start, line.start + 40)),
  };
  const { root } = fragment;
  // As it is, the line was tried in the first frame already.
  const untried = fragment.patches.length > 0 ? frames : frames.slice(1);
  const frame = firstFrame(h, root, untried) ?? insideHealed(h, root, frames) ?? ended(h, root, frames, endings);
  if (frame) return { patches: inOrder(h.patches), frame, problems: h.problems, recovered: h.recovered };
  for (const tail of tails) {
    h.patches = [{ ...tail, order: 0 }];
    const found = firstFrame(h, root, frames);
    if (!found) continue;
    const problems = [{ span: { start: tail.start, end: tail.end }, message: "This could not be read as Python." }];
    return { patches: h.patches, frame: found, problems, recovered: [{ start: line.start, end: line.end }] };
  }
  const span = { start: line.start, end: line.end };
  const problems = h.problems.length > 0 ? h.problems : [{ span, message: "This could not be read as Python." }];
  return { patches: null, frame: { prefix: "", suffix: "" }, problems, recovered: [span] };
}

function keywordOf(text: string): "from" | "def" | null {
  if (/^from\b/.test(text)) return "from";
  return /^(?:async[ \t]+)?def\b/.test(text) ? "def" : null;
}

/** The frame in which the line parses once its brackets' elements are healed. */
function insideHealed(h: Healing, root: Element, frames: readonly Frame[]): Frame | null {
  const before = h.recovered.length;
  for (const group of root.groups) healGroup(h, group, true);
  return h.recovered.length > before ? firstFrame(h, root, frames) : null;
}

/** Where an operator may be missing: behind a name or string that begins an element, with another operand right behind it. */
const firstOperand = /^(?:[A-Za-z_]\w*(?!\w)|[rbuf]{0,2}(?:"[^"\r\n]*"|'[^'\r\n]*'))(?=["'{]|\s+[A-Za-z_\d"'([{])/i;

/** The same for a statement, where only an attribute is surely a target: `self.x Coordinator()`. */
const firstTarget = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*(?!\w))+(?=\s+[A-Za-z_\d"'([{])/;

/** A patch that puts an operator behind the first operand; null where nothing follows it. */
function operatorPatch(h: Healing, element: Element, operator: string): OrderedPatch | null {
  const lead = (element.depth === 0 ? firstTarget : firstOperand).exec(h.text.slice(element.start, element.end))?.[0];
  if (!lead) return null;
  const at = element.start + lead.length;
  return { start: at, end: at, newText: operator, order: element.depth };
}

function ended(h: Healing, root: Element, frames: readonly Frame[], endings: readonly string[]): Frame | null {
  const ends = endings.map((newText) => ({ start: root.end, end: root.end, newText, order: 0 }));
  const assigned = operatorPatch(h, root, " = ");
  for (const patch of assigned ? [...ends, assigned] : ends) {
    const frame = firstFrame(h, root, frames, patch);
    if (!frame) continue;
    add(h, patch, root);
    return frame;
  }
  return null;
}

function firstFrame(h: Healing, root: Element, frames: readonly Frame[], extra?: OrderedPatch): Frame | null {
  return frames.find((frame) => parses(h, root.start, root.end, frame, extra)) ?? null;
}

/** From left to right; at one place from the inside out. */
function inOrder(patches: readonly OrderedPatch[]): OrderedPatch[] {
  return [...patches].sort((a, b) => a.start - b.start || a.end - b.end || b.order - a.order);
}

function parses(h: Healing, start: number, end: number, frame: Frame, extra?: OrderedPatch): boolean {
  if (h.tries-- <= 0) return false;
  const inside = h.patches.filter((patch) => patch.start >= start && patch.end <= end);
  const patches = inOrder(extra ? [...inside, extra] : inside);
  const { text } = patchedText(h.text, start, end, patches, frame.prefix, frame.suffix);
  return h.parser.table(text)?.hasError === false;
}

/** Records a patch that stands for something missing at the end of an element. */
function add(h: Healing, patch: OrderedPatch, element: Element): void {
  h.patches.push(patch);
  h.recovered.push({ start: element.start, end: element.end });
  const at = patch.start;
  h.problems.push({ span: { start: at, end: at }, message: "Something is missing here." });
}

const arguments_: readonly Frame[] = [{ prefix: "f(", suffix: ")" }];
const parentheses: readonly Frame[] = [{ prefix: "(", suffix: ")" }];
const parameters: readonly Frame[] = [{ prefix: "def f(", suffix: "): pass" }];
const subscript: readonly Frame[] = [{ prefix: "x[", suffix: "]" }];
const list: readonly Frame[] = [{ prefix: "[", suffix: "]" }];
/** The names that are imported in parentheses. */
const imported: readonly Frame[] = [{ prefix: "from x import (", suffix: ")" }];

/**
 * How an element is tried alone: as what it is among its neighbours. What stands before the bracket tells whether it is a
 * call's or a subscript's, so that none is tried in vain: a try that fails costs ten times what another does.
 */
function framesOf(h: Healing, group: Group, outermost: boolean): readonly Frame[] {
  if (group.bracket === "[") return followsOperand(h.text, group.start) ? subscript : list;
  if (group.bracket === "(") {
    if (outermost && h.keyword === "from") return imported;
    if (outermost && h.keyword === "def") return parameters;
    return followsOperand(h.text, group.start) ? arguments_ : parentheses;
  }
  // A lone string would pass as the element of a set.
  const among = { prefix: "{x: x,", suffix: "}" };
  const alone = { prefix: "{", suffix: "}" };
  if (!isDictionary(group)) return [alone];
  return group.elements.length === 1 ? [among, alone] : [among];
}

/** A brace with one element that is not closed yet is taken for the beginning of a dictionary, which it mostly is. */
function isDictionary(group: Group): boolean {
  if (group.bracket !== "{") return false;
  return group.elements.some((element) => element.colon) || (!group.closed && group.elements.length === 1);
}

const wordBefore =
  /(?:^|[^\w.])(?:and|as|assert|async|await|case|del|elif|else|except|for|from|if|import|in|is|lambda|match|not|or|raise|return|while|with|yield)$/;

/** Whether a value ends right before the bracket, so that it calls or subscribes it. */
function followsOperand(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return (
    /[\w)\]}"']$/.test(before) &&
    !/[\r\n][ \t]*$/.test(text.slice(Math.max(0, at - 40), at)) &&
    !wordBefore.test(before)
  );
}

function healGroup(h: Healing, group: Group, outermost = false): void {
  healRange(h, group, framesOf(h, group, outermost), 0, group.elements.length);
}

/** Looks for the broken elements by halves, so that a long list costs little. */
function healRange(h: Healing, group: Group, frames: readonly Frame[], from: number, to: number): void {
  const first = group.elements[from];
  const last = group.elements[to - 1];
  if (!first || !last || h.tries <= 0) return;
  if (to - from === 1) {
    healElement(h, group, frames, first);
    return;
  }
  const filled = group.elements.slice(from, to).every((element) => element.end > element.start);
  if (filled && frames.some((frame) => within(h, first.start, last.end, first.depth, frame))) return;
  const middle = (from + to) >> 1;
  healRange(h, group, frames, from, middle);
  healRange(h, group, frames, middle, to);
}

/** Whether elements parse, with the patches that belong to them and not to what is around them. */
function within(h: Healing, start: number, end: number, depth: number, frame: Frame, extra?: OrderedPatch): boolean {
  const all = h.patches;
  h.patches = all.filter((patch) => belongs(patch, start, end, depth));
  const found = parses(h, start, end, frame, extra);
  h.patches = all;
  return found;
}

/** At an element's own end stand also the patches that close what is around it. */
function belongs(patch: OrderedPatch, start: number, end: number, depth: number): boolean {
  if (patch.start < start || patch.end > end) return false;
  return patch.start < end || patch.order >= depth;
}

/** A comma put behind an element may have brought a value along; an element that is healed by itself gets its own. */
function withBareComma(h: Healing, end: number, depth: number): void {
  h.patches = h.patches.map((patch) =>
    patch.start === end && patch.end === end && patch.order < depth && patch.newText.endsWith(",")
      ? { ...patch, newText: "," }
      : patch,
  );
}

function healElement(h: Healing, group: Group, frames: readonly Frame[], element: Element): void {
  if (h.tries-- <= 0) return;
  const { start, end, depth } = element;
  withBareComma(h, end, depth);
  const dictionary = isDictionary(group);
  const pair = dictionary || (group.bracket === "{" && group.elements.length === 1);
  const missing = pair ? `${placeholder}: ${placeholder}` : placeholder;
  if (end > start) {
    const tried = () => frames.some((frame) => within(h, start, end, depth, frame));
    if (tried()) return;
    const before = h.recovered.length;
    for (const inner of element.groups) healGroup(h, inner);
    if (h.recovered.length > before && tried()) return;
    const endings = dictionary ? [...valueEndings, `: ${placeholder}`] : valueEndings;
    const ends = endings.map((newText) => ({ start: end, end, newText, order: depth }));
    const operator = group.bracket === "[" ? null : operatorPatch(h, element, dictionary ? ": " : "=");
    for (const patch of operator ? [operator, ...ends] : ends) {
      if (!frames.some((frame) => within(h, start, end, depth, frame, patch))) continue;
      add(h, patch, element);
      return;
    }
  }
  h.patches = h.patches.filter((patch) => !belongs(patch, start, end, depth));
  h.patches.push({ start, end, newText: ` ${missing} `, order: depth });
  h.recovered.push({ start, end });
  const message = end > start ? "This could not be read as Python." : "Something is missing here.";
  h.problems.push({ span: { start, end }, message });
}
