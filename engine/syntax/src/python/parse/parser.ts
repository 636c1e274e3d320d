import type { SyntaxProblem } from "../../text/problem.ts";
import type { Span } from "../../text/span.ts";
import type { Identifier, PyExpression } from "../node.ts";
import {
  AWAIT,
  BRACE,
  BRACE_END,
  COMMA,
  ELLIPSIS,
  END,
  FALSE,
  FSTRING,
  LAMBDA,
  MINUS,
  NAME,
  NEWLINE,
  NONE,
  NOT,
  NUMBER,
  OPEN_STRING,
  PLUS,
  ROUND,
  SEPARATOR,
  SQUARE,
  STAR,
  STRING,
  TILDE,
  type Tokens,
  TRUE,
} from "./token.ts";

/** No node lies deeper in its tree than about this, so that every walk over a tree may recurse. */
export const deepest = 300;

/** How much of that one bracket uses up: reading one takes several calls. */
export const bracketDepth = 3;

/** What a strict parser throws at the first error; never leaves this room. */
export class NotPython extends Error {}

/** What a tolerant parser found wrong, in no particular order. */
export interface Damage {
  readonly problems: SyntaxProblem[];
  /** The smallest pieces that are not read as written. */
  readonly recovered: Span[];
}

/**
 * The readers of expressions. They are handed in, since brackets and strings hold expressions, and expressions hold those: so the
 * files of the grammar import each other in one direction.
 */
export interface Grammar {
  /** One expression; `named` may be `x := 1`, `star` and `starNamed` may begin with `*`. */
  readonly expression: (p: Parser) => PyExpression;
  readonly named: (p: Parser) => PyExpression;
  readonly star: (p: Parser) => PyExpression;
  readonly starNamed: (p: Parser) => PyExpression;
  /** One or several, or `yield`; `field` is that in an f-string. */
  readonly value: (p: Parser) => PyExpression;
  readonly field: (p: Parser) => PyExpression;
  /** What `for` binds. */
  readonly targets: (p: Parser) => PyExpression;
  /** What binds tighter than a conditional, and than a comparison. */
  readonly disjunction: (p: Parser) => PyExpression;
  readonly operand: (p: Parser) => PyExpression;
}

/** A recursive-descent parser at one token. */
export interface Parser {
  readonly text: string;
  readonly grammar: Grammar;
  readonly tokens: Tokens;
  /** The index of the next token, and its kind. */
  at: number;
  kind: number;
  /** The end of the last token that was read; line ends do not count. */
  end: number;
  /** Null for a strict parser, which throws `NotPython`. A tolerant one records what is wrong here and goes on. */
  readonly damage: Damage | null;
  /** Whether the element or statement that is being read is damaged, apart from elements inside of it. */
  hurt: boolean;
  /** How deep the node that is being read lies, and how deep the tree is that was read last. */
  depth: number;
  height: number;
}

/** A parser at the first token; without `damage` it is strict. `depth` is the depth of its result in the tree. */
export function parserOf(text: string, tokens: Tokens, grammar: Grammar, damage: Damage | null, depth: number): Parser {
  const kind = tokens.kinds[0] ?? END;
  const end = tokens.starts[0] ?? 0;
  return { text, grammar, tokens, at: 0, kind, end, damage, hurt: false, depth, height: 0 };
}

/** Takes the next token. */
export function advance(p: Parser): void {
  const { tokens } = p;
  if (p.kind !== NEWLINE) p.end = tokens.ends[p.at] as number;
  if (p.kind !== END) p.at++;
  p.kind = tokens.kinds[p.at] as number;
}

/** Takes the next token if it is of a kind. */
export function accept(p: Parser, kind: number): boolean {
  if (p.kind !== kind) return false;
  advance(p);
  return true;
}

/** The kind of the token `ahead` tokens behind the next. */
export function peek(p: Parser, ahead: number): number {
  return p.tokens.kinds[p.at + ahead] ?? END;
}

/** The offset at which the next token starts. */
export function startOf(p: Parser): number {
  return p.tokens.starts[p.at] as number;
}

/** The offset at which the next token ends. */
export function endOf(p: Parser): number {
  return p.tokens.ends[p.at] as number;
}

/** The text of the next token. */
export function textOf(p: Parser): string {
  return p.text.slice(p.tokens.starts[p.at], p.tokens.ends[p.at]);
}

/** From `start` to the end of the last token; never ends before it starts. */
export function spanFrom(p: Parser, start: number): Span {
  return { start, end: Math.max(start, p.end) };
}

/** Records a problem: the element around it is not read as written. A strict parser throws. */
export function complain(p: Parser, span: Span, message: string): void {
  if (!p.damage) throw new NotPython();
  p.damage.problems.push({ span, message });
  p.hurt = true;
}

/** Records a problem that leaves the element around it as it is. A strict parser throws. */
export function complainApart(p: Parser, span: Span, message: string): void {
  if (!p.damage) throw new NotPython();
  p.damage.problems.push({ span, message });
  p.damage.recovered.push(span);
}

/** Records that something is missing behind the last token. */
export function complainMissing(p: Parser): void {
  complain(p, { start: p.end, end: p.end }, "Something is missing here.");
}

/** Takes a token of a kind; complains where another one stands. */
export function expect(p: Parser, kind: number): void {
  if (!accept(p, kind)) complainMissing(p);
}

/** An expression that is missing behind the last token. */
export function missing(p: Parser): PyExpression {
  complainMissing(p);
  p.height = 1;
  return { kind: "broken", span: { start: p.end, end: p.end } };
}

/** A name as Python compares it (PEP 3131: in the normal form NFKC). */
export function normalName(text: string): string {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return text.normalize("NFKC");
  return text;
}

/** The next token as a name; "" and a problem where it is none. */
export function identifier(p: Parser): Identifier {
  if (p.kind !== NAME) {
    complainMissing(p);
    return { text: "", span: { start: p.end, end: p.end } };
  }
  const text = normalName(textOf(p));
  const start = startOf(p);
  advance(p);
  return { text, span: { start, end: p.end } };
}

/** Whether a token parts the elements of a bracket. */
export function isComma(kind: number): boolean {
  return kind === COMMA || kind === SEPARATOR;
}

/** Passes over tokens up to the next comma, or to the bracket or line that ends the element. */
export function skipElement(p: Parser): void {
  for (let open = 0; ; advance(p)) {
    const { kind } = p;
    if (kind === END || kind === NEWLINE) return;
    if (kind >= ROUND && kind <= BRACE_END) {
      if (kind % 2 === 0) open++;
      else if (open-- === 0) return;
    } else if (open === 0 && isComma(kind)) return;
  }
}

/** Passes over the rest of the logical line. */
export function skipLine(p: Parser): void {
  while (p.kind !== NEWLINE && p.kind !== END) advance(p);
}

/** Gives up an element that nests too deeply. */
export function tooDeep(p: Parser, start: number): PyExpression {
  complain(p, { start, end: Math.max(start, p.end) }, "This is nested too deeply to be read.");
  skipElement(p);
  p.height = 1;
  return { kind: "broken", span: spanFrom(p, start) };
}

/** Whether the tree that was read last, with `more` nodes on top of it, is too deep. */
export function isTooHigh(p: Parser, height: number): boolean {
  p.height = height;
  return p.depth + height > deepest;
}

/**
 * Reads elements up to a closing bracket, which is not taken. `read` reads one; `broken` makes one of a piece that can't be
 * read, or that is missing (`item` is then null).
 */
export function readElements<T>(
  p: Parser,
  closing: number,
  read: (p: Parser) => T,
  broken: (span: Span, item: T | null) => T,
  into: T[] = [],
): T[] {
  let height = p.height;
  while (p.kind !== closing) {
    const start = startOf(p);
    const outer = p.hurt;
    p.hurt = false;
    let item: T;
    if (isComma(p.kind)) {
      complainMissing(p);
      item = broken({ start, end: start }, null);
      p.damage?.recovered.push({ start, end: start });
    } else {
      item = read(p);
      height = Math.max(height, p.height);
      item = endElement(p, closing, start, item, broken);
    }
    p.hurt = outer;
    into.push(item);
    if (!isComma(p.kind)) break;
    advance(p);
  }
  p.height = height;
  return into;
}

/** Ends an element at its comma or bracket; one with a rest that can't be read is broken. */
export function endElement<T>(
  p: Parser,
  closing: number,
  start: number,
  item: T,
  broken: (span: Span, item: T | null) => T,
): T {
  let ended = item;
  if (p.kind !== closing && !isComma(p.kind)) {
    skipElement(p);
    const span = spanFrom(p, start);
    complain(p, span, "This could not be read as Python.");
    ended = broken(span, item);
  }
  if (p.hurt) p.damage?.recovered.push(spanFrom(p, start));
  return ended;
}

/** A piece that can't be read, as an expression. */
export function brokenItem(span: Span): PyExpression {
  return { kind: "broken", span };
}

/** 1 for tokens that an expression can start with. */
const starters = new Uint8Array(128);
for (const kind of [
  ...[NAME, NUMBER, STRING, FSTRING, OPEN_STRING, ELLIPSIS, ROUND, SQUARE, BRACE, FALSE, NONE, TRUE],
  ...[NOT, AWAIT, LAMBDA, PLUS, MINUS, TILDE, STAR],
]) {
  starters[kind] = 1;
}

/** Whether an expression, starred or not, can start with the next token. */
export function startsExpression(p: Parser): boolean {
  return starters[p.kind] === 1;
}

/** Whether a token can only begin an operand: behind another operand something is missing. */
export function startsOperand(kind: number): boolean {
  return kind === NAME || kind === NUMBER || kind === BRACE || kind === STRING || kind === FSTRING;
}
