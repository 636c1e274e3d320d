import type { PyExpression } from "../node.ts";
import { callArguments } from "./argument.ts";
import { bracketed, subscriptIndex } from "./display.ts";
import { isString, strings } from "./literal.ts";
import { numberValue } from "./number.ts";
import { parametersUpTo } from "./parameter.ts";
import {
  accept,
  advance,
  complain,
  deepest,
  expect,
  type Grammar,
  identifier,
  isTooHigh,
  missing,
  normalName,
  type Parser,
  peek,
  spanFrom,
  startOf,
  startsExpression,
  textOf,
  tooDeep,
} from "./parser.ts";
import {
  AMPERSAND,
  AND,
  AT,
  AWAIT,
  BAR,
  BRACE,
  CARET,
  COLON,
  COMMA,
  COMPARISON,
  DOT,
  DOUBLE_STAR,
  ELLIPSIS,
  ELSE,
  FALSE,
  FROM,
  IF,
  IN,
  IS,
  LAMBDA,
  MINUS,
  NAME,
  NONE,
  NOT,
  NUMBER,
  OR,
  PERCENT,
  PLUS,
  ROUND,
  SHIFT,
  SLASH,
  SQUARE,
  STAR,
  TILDE,
  TRUE,
  WALRUS,
  YIELD,
} from "./token.ts";

/*
 * Expressions of Python, by precedence climbing.
 * (https://docs.python.org/3/reference/grammar.html; the names of its rules stand in the comments.)
 */

/** How tightly each operator binds; 0 for what is no binary operator. */
const precedence = new Uint8Array(128);
for (const [level, kinds] of [
  [1, [OR]],
  [2, [AND]],
  [4, [COMPARISON, IN, IS, NOT]],
  [5, [BAR]],
  [6, [CARET]],
  [7, [AMPERSAND]],
  [8, [SHIFT]],
  [9, [PLUS, MINUS]],
  [10, [STAR, SLASH, PERCENT, AT]],
] as const) {
  for (const kind of kinds) precedence[kind] = level;
}

/** The operands of `or`, `not`, a comparison, `|`, and the signs. */
const OR_LEVEL = 1;
const NOT_LEVEL = 3;
const COMPARISON_LEVEL = 4;
const BAR_LEVEL = 5;
const SIGN_LEVEL = 11;

/** expression: a lambda, a conditional, or what binds tighter. */
export function expression(p: Parser): PyExpression {
  const start = startOf(p);
  if (p.depth >= deepest) return tooDeep(p, start);
  p.depth++;
  const found = p.kind === LAMBDA ? lambda(p, start) : conditional(p, start);
  p.depth--;
  return found;
}

/** named_expression: `name := value`, or an expression. */
export function namedExpression(p: Parser): PyExpression {
  if (p.kind !== NAME || peek(p, 1) !== WALRUS) return expression(p);
  const start = startOf(p);
  const target = identifier(p);
  advance(p);
  const value = expression(p);
  p.height++;
  return { kind: "walrus", span: spanFrom(p, start), target, value };
}

/** star_named_expression: `*x` in a display or a tuple, or a named expression. */
export function starNamedExpression(p: Parser): PyExpression {
  return p.kind === STAR ? starred(p, BAR_LEVEL) : namedExpression(p);
}

/** star_expression: `*x`, or an expression. */
function starExpression(p: Parser): PyExpression {
  return p.kind === STAR ? starred(p, BAR_LEVEL) : expression(p);
}

/** star_expressions: one, or the tuple of several. */
export function starExpressions(p: Parser): PyExpression {
  return listed(p, starExpression);
}

/** The value in a field of an f-string. */
function fieldExpressions(p: Parser): PyExpression {
  const found = valueExpressions(p);
  if (found.kind === "starred") complain(p, found.span, "A `*` can't stand alone here.");
  return found;
}

/** The value of an assignment: `yield x`, or one or several expressions. */
export function valueExpressions(p: Parser): PyExpression {
  return p.kind === YIELD ? yieldExpression(p) : starExpressions(p);
}

/** The subject of `match`: several expressions, or a named one. */
export function subjectExpression(p: Parser): PyExpression {
  const found = listed(p, starNamedExpression);
  if (found.kind === "starred") complain(p, found.span, "A `*` can't stand alone here.");
  return found;
}

/** One expression, or the tuple of several without parentheses. */
function listed(p: Parser, read: (p: Parser) => PyExpression): PyExpression {
  const start = startOf(p);
  const first = read(p);
  if (p.kind !== COMMA) return first;
  const items = [first];
  let height = p.height;
  while (accept(p, COMMA) && startsExpression(p)) {
    items.push(read(p));
    height = Math.max(height, p.height);
  }
  p.height = height + 1;
  return { kind: "tuple", span: spanFrom(p, start), items };
}

/** target_list: what `for` and comprehensions bind, up to `in`. */
export function targets(p: Parser): PyExpression {
  const found = listed(p, (each) => (each.kind === STAR ? starred(each, BAR_LEVEL) : binary(each, BAR_LEVEL)));
  checkTarget(p, found);
  return found;
}

/** One target: what `with`, `as` and `del` name. */
export function target(p: Parser): PyExpression {
  const found = binary(p, BAR_LEVEL);
  checkTarget(p, found);
  return found;
}

/** Complains about what can't be assigned to. */
export function checkTarget(p: Parser, node: PyExpression): void {
  switch (node.kind) {
    case "name":
    case "attribute":
    case "subscript":
    case "broken":
      return;
    case "starred":
      checkTarget(p, node.value);
      return;
    case "tuple":
    case "list":
      for (const item of node.items) checkTarget(p, item);
      return;
    default:
      complain(p, node.span, "Nothing can be assigned to this.");
  }
}

/** yield_expr, with its value up to the end of the bracket or statement. */
export function yieldExpression(p: Parser): PyExpression {
  const start = startOf(p);
  advance(p);
  if (accept(p, FROM)) {
    const value = expression(p);
    p.height++;
    return { kind: "yield-from", span: spanFrom(p, start), value };
  }
  const value = startsExpression(p) ? starExpressions(p) : null;
  p.height = value ? p.height + 1 : 1;
  return { kind: "yield", span: spanFrom(p, start), value };
}

function starred(p: Parser, level: number): PyExpression {
  const start = startOf(p);
  advance(p);
  const value = binary(p, level);
  p.height++;
  return { kind: "starred", span: spanFrom(p, start), value };
}

/** disjunction: what stands before the `if` of a conditional, and behind `in` and `if` of a comprehension. */
function disjunction(p: Parser): PyExpression {
  return binary(p, OR_LEVEL);
}

function conditional(p: Parser, start: number): PyExpression {
  const value = disjunction(p);
  if (p.kind !== IF) return value;
  let height = p.height;
  advance(p);
  const test = disjunction(p);
  height = Math.max(height, p.height);
  expect(p, ELSE);
  const otherwise = p.damage && !startsExpression(p) ? missing(p) : expression(p);
  p.height = Math.max(height, p.height) + 1;
  // biome-ignore lint/suspicious/noThenProperty: our name for what an expression yields when its test holds; no promise is near
  return { kind: "conditional", span: spanFrom(p, start), test, then: value, otherwise };
}

function lambda(p: Parser, start: number): PyExpression {
  advance(p);
  const parameters = parametersUpTo(p, COLON, false);
  const height = p.height;
  expect(p, COLON);
  const body = expression(p);
  p.height = Math.max(height, p.height) + 1;
  return { kind: "lambda", span: spanFrom(p, start), parameters, body };
}

/** What binary operators of a level and above make of operands. */
function binary(p: Parser, level: number): PyExpression {
  const start = startOf(p);
  let left = prefixed(p, level);
  for (;;) {
    const { kind } = p;
    const own = precedence[kind] ?? 0;
    if (own < level || own === 0) return left;
    const height = p.height;
    if (own === COMPARISON_LEVEL) {
      if (kind === NOT && peek(p, 1) !== IN) return left;
      left = comparison(p, start, left);
    } else {
      const operator = textOf(p);
      advance(p);
      const right = binary(p, own + 1);
      const span = spanFrom(p, start);
      if (kind === OR || kind === AND)
        left = { kind: "boolean", span, operator: kind === OR ? "or" : "and", left, right };
      else left = { kind: "binary", span, operator, left, right };
    }
    if (isTooHigh(p, Math.max(height, p.height) + 1)) return tooDeep(p, start);
  }
}

function comparison(p: Parser, start: number, left: PyExpression): PyExpression {
  const rest: { operator: string; right: PyExpression }[] = [];
  let height = p.height;
  while (precedence[p.kind] === COMPARISON_LEVEL) {
    let operator = textOf(p);
    if (p.kind === NOT) {
      if (peek(p, 1) !== IN) break;
      advance(p);
      operator = "not in";
    } else if (p.kind === IS && peek(p, 1) === NOT) {
      advance(p);
      operator = "is not";
    }
    advance(p);
    rest.push({ operator, right: binary(p, BAR_LEVEL) });
    height = Math.max(height, p.height);
  }
  p.height = height;
  return { kind: "comparison", span: spanFrom(p, start), left, rest };
}

/** `not x` where the level lets it stand, `-x`, or what binds tighter. */
function prefixed(p: Parser, level: number): PyExpression {
  const { kind } = p;
  const isNot = kind === NOT && level <= NOT_LEVEL;
  if (!isNot && kind !== MINUS && kind !== PLUS && kind !== TILDE) return power(p);
  const start = startOf(p);
  if (p.depth >= deepest) return tooDeep(p, start);
  const operator = isNot ? "not" : kind === MINUS ? "-" : kind === PLUS ? "+" : "~";
  advance(p);
  p.depth++;
  const operand = isNot ? binary(p, NOT_LEVEL) : prefixed(p, SIGN_LEVEL);
  p.depth--;
  p.height++;
  return { kind: "unary", span: spanFrom(p, start), operator, operand };
}

/** power: `a ** b`, which binds tighter on its left than a sign does. */
function power(p: Parser): PyExpression {
  const start = startOf(p);
  const left = awaited(p);
  if (p.kind !== DOUBLE_STAR) return left;
  const height = p.height;
  if (p.depth >= deepest) return tooDeep(p, start);
  advance(p);
  p.depth++;
  const right = prefixed(p, SIGN_LEVEL);
  p.depth--;
  p.height = Math.max(height, p.height) + 1;
  return { kind: "binary", span: spanFrom(p, start), operator: "**", left, right };
}

function awaited(p: Parser): PyExpression {
  const start = startOf(p);
  if (!accept(p, AWAIT)) return primary(p);
  const value = primary(p);
  p.height++;
  return { kind: "await", span: spanFrom(p, start), value };
}

/** primary: an atom with what is hung on it: attributes, calls and subscripts. */
function primary(p: Parser): PyExpression {
  const start = startOf(p);
  let object = atom(p);
  for (;;) {
    const height = p.height;
    switch (p.kind) {
      case DOT: {
        advance(p);
        const name = attributeName(p);
        p.height = height;
        object = { kind: "attribute", span: spanFrom(p, start), object, name };
        break;
      }
      case ROUND: {
        const args = callArguments(p);
        object = { kind: "call", span: spanFrom(p, start), callee: object, args };
        break;
      }
      case SQUARE: {
        const index = subscriptIndex(p);
        object = { kind: "subscript", span: spanFrom(p, start), object, index };
        break;
      }
      default:
        return object;
    }
    if (isTooHigh(p, Math.max(height, p.height) + 1)) return tooDeep(p, start);
  }
}

/** The name behind a dot. Right behind it a keyword may be the beginning of a longer name: `self.is`. */
function attributeName(p: Parser) {
  if (p.kind < FALSE || startOf(p) !== p.end || !p.damage) return identifier(p);
  const span = { start: startOf(p), end: startOf(p) + textOf(p).length };
  const text = textOf(p);
  complain(p, span, `\`${text}\` is a keyword and can't be a name.`);
  advance(p);
  return { text, span };
}

/** atom: a name, a literal, or what stands in brackets. */
function atom(p: Parser): PyExpression {
  const { kind } = p;
  const start = startOf(p);
  switch (kind) {
    case NAME: {
      const id = normalName(textOf(p));
      advance(p);
      p.height = 1;
      return { kind: "name", span: { start, end: p.end }, id };
    }
    case NUMBER: {
      const value = numberValue(textOf(p));
      advance(p);
      p.height = 1;
      return { kind: "number", span: { start, end: p.end }, ...value };
    }
    case FALSE:
    case NONE:
    case TRUE:
    case ELLIPSIS: {
      advance(p);
      p.height = 1;
      const value = kind === FALSE ? "False" : kind === NONE ? "None" : kind === TRUE ? "True" : "Ellipsis";
      return { kind: "constant", span: { start, end: p.end }, value };
    }
    case ROUND:
    case SQUARE:
    case BRACE:
      return bracketed(p, start);
    default:
      return isString(kind) ? strings(p) : missing(p);
  }
}

/** The readers of expressions, for the files that read what stands in brackets. */
export const grammar: Grammar = {
  expression,
  named: namedExpression,
  starNamed: starNamedExpression,
  star: starExpression,
  value: valueExpressions,
  field: fieldExpressions,
  targets,
  disjunction,
  operand: (p) => binary(p, BAR_LEVEL),
};
