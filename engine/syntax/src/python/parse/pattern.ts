import type { Span } from "../../text/span.ts";
import { isString, strings } from "./literal.ts";
import {
  accept,
  advance,
  bracketDepth,
  complain,
  complainMissing,
  deepest,
  expect,
  identifier,
  isComma,
  type Parser,
  peek,
  readElements,
  spanFrom,
  startOf,
  tooDeep,
} from "./parser.ts";
import {
  AS,
  BAR,
  BRACE,
  BRACE_END,
  COLON,
  COMMA,
  DOT,
  DOUBLE_STAR,
  EQUAL,
  FALSE,
  IF,
  MINUS,
  NAME,
  NONE,
  NUMBER,
  PLUS,
  ROUND,
  ROUND_END,
  SQUARE,
  SQUARE_END,
  STAR,
  TRUE,
} from "./token.ts";

/*
 * The patterns of `case` (PEP 634). Of each only the span is kept: nothing reads more of a pattern than its text. Parentheses
 * around a pattern alone do not belong to it, as in CPython's tree.
 */

/** patterns: one, or several without brackets, which are a sequence. */
export function patterns(p: Parser): Span {
  const start = startOf(p);
  const first = maybeStarred(p);
  if (p.kind !== COMMA) {
    if (isLoneStar(p, first)) complain(p, first, "A `*` can't stand alone here.");
    return first;
  }
  while (accept(p, COMMA) && p.kind !== COLON && p.kind !== IF) maybeStarred(p);
  return spanFrom(p, start);
}

function isLoneStar(p: Parser, span: Span): boolean {
  return p.text.charCodeAt(span.start) === 42;
}

function maybeStarred(p: Parser): Span {
  if (p.kind !== STAR) return pattern(p);
  const start = startOf(p);
  advance(p);
  identifier(p);
  return spanFrom(p, start);
}

/** pattern: `a | b as c`. */
function pattern(p: Parser): Span {
  const start = startOf(p);
  if (p.depth >= deepest) return tooDeep(p, start).span;
  p.depth++;
  let span = closedPattern(p);
  while (accept(p, BAR)) {
    closedPattern(p);
    span = spanFrom(p, start);
  }
  if (accept(p, AS)) {
    identifier(p);
    span = spanFrom(p, start);
  }
  p.depth--;
  return span;
}

function closedPattern(p: Parser): Span {
  const start = startOf(p);
  switch (p.kind) {
    case MINUS:
    case NUMBER:
      accept(p, MINUS);
      expect(p, NUMBER);
      if (accept(p, PLUS) || accept(p, MINUS)) expect(p, NUMBER);
      return spanFrom(p, start);
    case FALSE:
    case NONE:
    case TRUE:
      advance(p);
      return spanFrom(p, start);
    case NAME: {
      advance(p);
      while (accept(p, DOT)) identifier(p);
      if (p.kind === ROUND) inBrackets(p, ROUND_END, classArgument);
      return spanFrom(p, start);
    }
    case SQUARE:
      inBrackets(p, SQUARE_END, maybeStarred);
      return spanFrom(p, start);
    case BRACE:
      inBrackets(p, BRACE_END, mappingItem);
      return spanFrom(p, start);
    case ROUND: {
      const items = inBrackets(p, ROUND_END, maybeStarred);
      const [first] = items;
      const isGroup = items.length === 1 && !isComma(p.tokens.kinds[p.at - 2] ?? COMMA);
      if (!isGroup || !first) return spanFrom(p, start);
      if (isLoneStar(p, first)) complain(p, first, "A `*` can't stand alone here.");
      return first;
    }
    default:
      if (isString(p.kind)) return strings(p).span;
      complainMissing(p);
      return { start: p.end, end: p.end };
  }
}

function inBrackets(p: Parser, closing: number, read: (p: Parser) => Span): Span[] {
  const start = startOf(p);
  if (p.depth + bracketDepth > deepest) return [tooDeep(p, start).span];
  p.depth += bracketDepth;
  advance(p);
  const items = readElements(p, closing, read, (span) => span);
  p.depth -= bracketDepth;
  expect(p, closing);
  return items;
}

function classArgument(p: Parser): Span {
  const start = startOf(p);
  if (p.kind === NAME && peek(p, 1) === EQUAL) {
    advance(p);
    advance(p);
  }
  pattern(p);
  return spanFrom(p, start);
}

function mappingItem(p: Parser): Span {
  const start = startOf(p);
  if (accept(p, DOUBLE_STAR)) {
    identifier(p);
    return spanFrom(p, start);
  }
  closedPattern(p);
  expect(p, COLON);
  pattern(p);
  return spanFrom(p, start);
}
