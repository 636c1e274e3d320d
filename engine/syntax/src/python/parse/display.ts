import type { Span } from "../../text/span.ts";
import type { PyComprehensionClause, PyDictEntry, PyExpression } from "../node.ts";
import { isString, stringOf } from "./literal.ts";
import {
  accept,
  advance,
  bracketDepth,
  brokenItem,
  complain,
  complainApart,
  deepest,
  expect,
  isComma,
  missing,
  type Parser,
  peek,
  readElements,
  spanFrom,
  startOf,
  startsExpression,
  tooDeep,
} from "./parser.ts";
import {
  ASYNC,
  BRACE_END,
  COLON,
  DOUBLE_STAR,
  END,
  FOR,
  IF,
  IN,
  NAME,
  ROUND,
  ROUND_END,
  SQUARE,
  SQUARE_END,
  STAR,
  YIELD,
} from "./token.ts";

/** What stands in brackets: a display, a comprehension, or an expression in parentheses. */
export function bracketed(p: Parser, start: number): PyExpression {
  const { kind } = p;
  if (p.depth + bracketDepth > deepest) return tooDeep(p, start);
  p.depth += bracketDepth;
  advance(p);
  // A parenthesis that is missing belongs to a call, of which the name is missing here.
  const isMissing = kind === ROUND && p.end === start;
  p.height = 0;
  const found = kind === ROUND ? parenthesized(p, start) : kind === SQUARE ? list(p, start) : braced(p, start);
  p.depth -= bracketDepth;
  p.height++;
  return isMissing ? brokenItem(spanFrom(p, start)) : found;
}

function parenthesized(p: Parser, start: number): PyExpression {
  if (accept(p, ROUND_END)) return { kind: "tuple", span: spanFrom(p, start), items: [] };
  const { items, clauses } = bracketItems(p, ROUND_END, (each) =>
    each.kind === YIELD ? each.grammar.value(each) : each.grammar.starNamed(each),
  );
  const isTuple = items.length !== 1 || isComma(p.tokens.kinds[p.at - 1] ?? END);
  expect(p, ROUND_END);
  const span = spanFrom(p, start);
  const [first = brokenItem(span)] = items;
  if (clauses) return { kind: "comprehension", span, result: "generator", element: first, clauses };
  if (isTuple) return { kind: "tuple", span, items };
  if (first.kind === "starred") complain(p, first.span, "A `*` can't stand alone here.");
  return first;
}

function list(p: Parser, start: number): PyExpression {
  const { items, clauses } = bracketItems(p, SQUARE_END, p.grammar.starNamed);
  expect(p, SQUARE_END);
  const span = spanFrom(p, start);
  const [first] = items;
  if (clauses && first) return { kind: "comprehension", span, result: "list", element: first, clauses };
  return { kind: "list", span, items };
}

/** What stands in a bracket: elements, or one with the clauses of a comprehension. */
interface BracketItems<T> {
  readonly items: T[];
  readonly clauses: PyComprehensionClause[] | null;
}

function bracketItems(p: Parser, closing: number, read: (p: Parser) => PyExpression): BracketItems<PyExpression> {
  let clauses: PyComprehensionClause[] | null = null;
  let height = 0;
  const items = readElements(
    p,
    closing,
    (each) => {
      const item = read(each);
      if (!startsComprehension(each)) return item;
      height = Math.max(height, each.height);
      const found = comprehensionClauses(each);
      if (each.kind === closing && item.kind !== "starred") clauses = found;
      else complain(each, item.span, "A comprehension stands alone in its brackets.");
      return item;
    },
    brokenItem,
  );
  p.height = Math.max(height, p.height);
  if (items.length > 1 && clauses) {
    complain(p, { start: p.end, end: p.end }, "A comprehension stands alone in its brackets.");
    clauses = null;
  }
  return { items, clauses };
}

/** Whether a comprehension's `for` or `async for` comes next. */
export function startsComprehension(p: Parser): boolean {
  return p.kind === FOR || (p.kind === ASYNC && peek(p, 1) === FOR);
}

/** for_if_clauses: `for … in …` and `if …`; a condition belongs to the `for` before it. */
export function comprehensionClauses(p: Parser): PyComprehensionClause[] {
  const found: PyComprehensionClause[] = [];
  let height = p.height;
  while (startsComprehension(p)) {
    const start = startOf(p);
    const isAsync = accept(p, ASYNC);
    advance(p);
    const target = p.grammar.targets(p);
    height = Math.max(height, p.height);
    expect(p, IN);
    const iterable = p.grammar.disjunction(p);
    height = Math.max(height, p.height);
    const conditions: PyExpression[] = [];
    while (accept(p, IF)) {
      conditions.push(p.grammar.disjunction(p));
      height = Math.max(height, p.height);
    }
    found.push({ span: spanFrom(p, start), target, iterable, conditions, async: isAsync });
  }
  p.height = height + 1;
  return found;
}

/** An entry of a dictionary, or an element of a set: which it is shows when the bracket is read to its end. */
interface BraceItem {
  readonly span: Span;
  readonly key: PyExpression;
  /** Null for an element of a set. */
  readonly value: PyExpression | null;
  readonly spread: boolean;
  /** Strings on lines of their own above the key. */
  readonly above: readonly PyExpression[];
  /** The tokens of the key, from the first to behind the last. */
  readonly from: number;
  readonly to: number;
}

function braced(p: Parser, start: number): PyExpression {
  let clauses: PyComprehensionClause[] | null = null;
  let height = 0;
  const items = readElements(
    p,
    BRACE_END,
    (each) => {
      const item = braceItem(each);
      if (!startsComprehension(each)) return item;
      height = Math.max(height, each.height);
      const found = comprehensionClauses(each);
      if (each.kind === BRACE_END && !item.spread && item.key.kind !== "starred") clauses = found;
      else complain(each, item.span, "A comprehension stands alone in its brackets.");
      return item;
    },
    brokenBraceItem,
  );
  p.height = Math.max(height, p.height);
  if (items.length > 1 && clauses) {
    complain(p, { start: p.end, end: p.end }, "A comprehension stands alone in its brackets.");
    clauses = null;
  }
  const [first] = items;
  const entries = isDictionary(p, items, clauses !== null) ? items.flatMap((item) => dictEntries(p, item)) : null;
  expect(p, BRACE_END);
  const span = spanFrom(p, start);
  if (clauses && first) {
    if (!first.value) return { kind: "comprehension", span, result: "set", element: first.key, clauses };
    return { kind: "dict-comprehension", span, key: first.key, value: first.value, clauses };
  }
  return entries ? { kind: "dict", span, entries } : { kind: "set", span, items: items.map((item) => item.key) };
}

/** A brace that is not closed, with one element so far, is taken for a dictionary whose first key is being typed. */
function isDictionary(p: Parser, items: readonly BraceItem[], comprehended: boolean): boolean {
  if (comprehended) return false;
  const [first] = items;
  if (!first || items.some((item) => item.spread || item.value)) return true;
  const isClosed = startOf(p) < (p.tokens.ends[p.at] ?? 0);
  return !isClosed && items.length === 1 && first.key.kind !== "starred";
}

function brokenBraceItem(span: Span, item: BraceItem | null): BraceItem {
  const none = { value: null, spread: false, above: [], from: 0, to: 0 };
  if (!item?.value)
    return { ...none, span, key: brokenItem(span), value: brokenItem({ start: span.end, end: span.end }) };
  return { ...item, span, value: brokenItem({ start: item.value.span.start, end: span.end }) };
}

function braceItem(p: Parser): BraceItem {
  const start = startOf(p);
  const from = p.at;
  const none = { value: null, above: [], from };
  if (accept(p, DOUBLE_STAR)) {
    const key = p.grammar.operand(p);
    return { ...none, span: spanFrom(p, start), key, spread: true, to: p.at };
  }
  // `{: 1}` has no key, and what is missing may be the key alone.
  const key = p.grammar.starNamed(p);
  const to = p.at;
  if (p.kind !== COLON) return { ...none, span: spanFrom(p, start), key, spread: false, to };
  const isBare = key.kind === "starred" || (key.kind === "walrus" && p.tokens.kinds[from] === NAME);
  if (isBare) complain(p, key.span, "This can't be a key.");
  const height = p.height;
  const above = keysAbove(p, from);
  const last = above.length > 0 ? stringOf(p, to - 1, to) : key;
  advance(p);
  const value = p.grammar.expression(p);
  p.height = Math.max(height, p.height);
  return { span: spanFrom(p, last.span.start), key: last, value, spread: false, above, from, to };
}

/**
 * Words on lines of their own above a key: Python joins `"a"` and `"b": 1` on two lines to the key `"ab"`, but two words are hardly
 * meant to be one: a pair is still being typed. This is the one place where a text that Python reads is taken for a broken one.
 */
function keysAbove(p: Parser, from: number): readonly PyExpression[] {
  const { starts, ends } = p.tokens;
  const last = p.at - 1;
  if (last === from || !areStrings(p, from, p.at)) return [];
  if (!/[\r\n]/.test(p.text.slice(ends[last - 1], starts[last]))) return [];
  for (let at = from; at <= last; at++) if (!quotedWord.test(p.text.slice(starts[at], ends[at]))) return [];
  return Array.from({ length: last - from }, (_, index) => {
    const key = stringOf(p, from + index, from + index + 1);
    complainApart(p, key.span, "This key has no value; Python joins it to the key on the next line.");
    return key;
  });
}

const quotedWord = /^["'][A-Za-z][\w.-]{0,60}["']$/;

function areStrings(p: Parser, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isString(p.tokens.kinds[at] ?? END)) return false;
  return true;
}

/** The entries that an item makes in a dictionary. */
function dictEntries(p: Parser, item: BraceItem): PyDictEntry[] {
  const { span, key, value } = item;
  if (item.spread) return [{ kind: "spread", span, value: key }];
  const at = { start: span.end, end: span.end };
  if (value) {
    const alone = item.above.map((each): PyDictEntry => {
      const end = { start: each.span.end, end: each.span.end };
      return { kind: "pair", span: each.span, key: each, value: brokenItem(end) };
    });
    return [...alone, { kind: "pair", span, key, value }];
  }
  complainApart(p, span, "Something is missing here.");
  // `"a" "b"` is a pair without its colon.
  if (item.to - item.from === 2 && areStrings(p, item.from, item.to)) {
    const [left, right] = [0, 1].map((index) => stringOf(p, item.from + index, item.from + index + 1));
    if (left && right) return [{ kind: "pair", span, key: left, value: right }];
  }
  return [{ kind: "pair", span, key, value: brokenItem(at) }];
}

/** slices: what stands in the brackets of a subscript. */
export function subscriptIndex(p: Parser): PyExpression {
  const start = startOf(p);
  if (p.depth + bracketDepth > deepest) return tooDeep(p, start);
  p.depth += bracketDepth;
  advance(p);
  p.height = 0;
  const from = startOf(p);
  const items = p.kind === SQUARE_END ? [missing(p)] : readElements(p, SQUARE_END, subscriptItem, brokenItem);
  const [first = brokenItem({ start: from, end: from })] = items;
  const isTuple = items.length > 1 || isComma(p.tokens.kinds[p.at - 1] ?? END) || first.kind === "starred";
  const span = spanFrom(p, from);
  p.depth -= bracketDepth;
  p.height++;
  expect(p, SQUARE_END);
  return isTuple ? { kind: "tuple", span, items } : first;
}

function subscriptItem(p: Parser): PyExpression {
  if (p.kind === STAR) return p.grammar.starNamed(p);
  const start = startOf(p);
  const lower = p.kind === COLON ? null : p.grammar.named(p);
  if (p.kind !== COLON) return lower ?? missing(p);
  let height = lower ? p.height : 0;
  const parts: (PyExpression | null)[] = [lower];
  while (parts.length < 3 && accept(p, COLON)) {
    parts.push(startsExpression(p) && p.kind !== STAR ? p.grammar.expression(p) : null);
    if (parts.at(-1)) height = Math.max(height, p.height);
  }
  p.height = height + 1;
  const [, upper = null, step = null] = parts;
  return { kind: "slice", span: spanFrom(p, start), lower, upper, step };
}
