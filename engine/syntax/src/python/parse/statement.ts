import type { Span } from "../../text/span.ts";
import type { Identifier, PyAlias, PyExpression, PyStatement } from "../node.ts";
import { checkTarget, expression, starExpressions, target, valueExpressions } from "./expression.ts";
import { typeParameters } from "./parameter.ts";
import {
  accept,
  advance,
  complain,
  complainMissing,
  expect,
  identifier,
  type Parser,
  peek,
  readElements,
  spanFrom,
  startOf,
  startsExpression,
  startsOperand,
  textOf,
} from "./parser.ts";
import {
  AS,
  ASSERT,
  AUGMENTED,
  BREAK,
  COLON,
  COMMA,
  CONTINUE,
  DEL,
  DOT,
  ELLIPSIS,
  END,
  EQUAL,
  FROM,
  GLOBAL,
  IMPORT,
  NAME,
  NEWLINE,
  NONLOCAL,
  PASS,
  RAISE,
  RETURN,
  ROUND,
  ROUND_END,
  SEMICOLON,
  SQUARE,
  STAR,
} from "./token.ts";

/** simple_stmts: what stands on one logical line, up to its end, which is taken. */
export function simpleStatements(p: Parser): PyStatement[] {
  const found: PyStatement[] = [];
  for (;;) {
    const start = startOf(p);
    let statement = simpleStatement(p);
    if (p.kind !== SEMICOLON && p.kind !== NEWLINE && p.kind !== END) statement = withRest(p, start, statement);
    found.push(statement);
    if (!accept(p, SEMICOLON) || p.kind === NEWLINE || p.kind === END) break;
  }
  accept(p, NEWLINE);
  return found;
}

/** A statement with something behind it that can't be read: the part that it may belong to is broken. */
function withRest(p: Parser, start: number, statement: PyStatement): PyStatement {
  const isPython2 = statement.kind === "expression" && statement.value.kind === "name" && isPrint(statement.value.id);
  const word = isPython2 && startsExpression(p) ? p.text.slice(start, p.end) : null;
  while (p.kind !== SEMICOLON && p.kind !== NEWLINE && p.kind !== END) advance(p);
  const span = spanFrom(p, start);
  complain(
    p,
    span,
    word
      ? `\`${word}\` is a function in Python 3: its arguments need parentheses.`
      : "This could not be read as Python.",
  );
  const broken = (value: PyExpression): PyExpression => ({
    kind: "broken",
    span: { start: Math.min(value.span.start, p.end), end: p.end },
  });
  switch (statement.kind) {
    case "assign":
    case "augmented-assign":
      return { ...statement, span, value: broken(statement.value) };
    case "annotated-assign":
    case "return":
    case "raise":
      return { ...statement, span, value: statement.value && broken(statement.value) };
    case "import":
    case "import-from":
    case "global":
    case "nonlocal":
      return { ...statement, span };
    default:
      return { kind: "broken", span };
  }
}

function isPrint(name: string): boolean {
  return name === "print" || name === "exec";
}

function simpleStatement(p: Parser): PyStatement {
  const start = startOf(p);
  switch (p.kind) {
    case RETURN: {
      advance(p);
      const value = startsExpression(p) ? starExpressions(p) : null;
      return { kind: "return", span: spanFrom(p, start), value };
    }
    case RAISE:
      return raised(p, start);
    case PASS:
    case BREAK:
    case CONTINUE: {
      const { kind } = p;
      advance(p);
      const word = kind === PASS ? "pass" : kind === BREAK ? "break" : "continue";
      return { kind: word, span: spanFrom(p, start) };
    }
    case GLOBAL:
    case NONLOCAL: {
      const kind = p.kind === GLOBAL ? "global" : "nonlocal";
      advance(p);
      const names: Identifier[] = [identifier(p)];
      while (accept(p, COMMA)) names.push(identifier(p));
      return { kind, span: spanFrom(p, start), names };
    }
    case DEL:
      return deleted(p, start);
    case ASSERT: {
      advance(p);
      const test = expression(p);
      const message = accept(p, COMMA) ? expression(p) : null;
      return { kind: "assert", span: spanFrom(p, start), test, message };
    }
    case IMPORT: {
      advance(p);
      const names = [alias(p, true)];
      while (accept(p, COMMA)) names.push(alias(p, true));
      return { kind: "import", span: spanFrom(p, start), names: names.filter((each) => each.name.text !== "") };
    }
    case FROM:
      return importedFrom(p, start);
    case NAME:
      if (isTypeAlias(p)) return typeAlias(p, start);
      return assignment(p, start);
    default:
      return assignment(p, start);
  }
}

/** `type X = …` (PEP 695): anywhere else `type` is a name. */
function isTypeAlias(p: Parser): boolean {
  if (peek(p, 1) !== NAME || (peek(p, 2) !== EQUAL && peek(p, 2) !== SQUARE)) return false;
  return textOf(p) === "type";
}

function typeAlias(p: Parser, start: number): PyStatement {
  advance(p);
  const name = identifier(p);
  const parameters = typeParameters(p);
  expect(p, EQUAL);
  const value = expression(p);
  return { kind: "type-alias", span: spanFrom(p, start), name, typeParameters: parameters, value };
}

function raised(p: Parser, start: number): PyStatement {
  advance(p);
  const value = startsExpression(p) ? expression(p) : null;
  const cause = value && accept(p, FROM) ? expression(p) : null;
  return { kind: "raise", span: spanFrom(p, start), value, cause };
}

function deleted(p: Parser, start: number): PyStatement {
  advance(p);
  const items = [target(p)];
  while (accept(p, COMMA) && startsExpression(p)) items.push(target(p));
  return { kind: "delete", span: spanFrom(p, start), targets: items };
}

/** An assignment, or an expression alone. */
function assignment(p: Parser, start: number): PyStatement {
  const first = valueExpressions(p);
  if (p.kind === EQUAL) return assigned(p, start, first);
  if (p.kind === COLON) {
    if (!isSingleTarget(first)) complain(p, first.span, "Only a name, an attribute or a subscript has a type.");
    advance(p);
    const annotation = expression(p);
    const value = accept(p, EQUAL) ? valueExpressions(p) : null;
    return { kind: "annotated-assign", span: spanFrom(p, start), target: first, annotation, value };
  }
  if (p.kind === AUGMENTED) {
    if (!isSingleTarget(first)) complain(p, first.span, "Nothing can be assigned to this.");
    const operator = textOf(p);
    advance(p);
    const value = valueExpressions(p);
    return { kind: "augmented-assign", span: spanFrom(p, start), target: first, operator, value };
  }
  // `self.x Call()`: only an attribute is surely a target.
  if (p.damage && first.kind === "attribute" && first.name.text !== "" && startsOperand(p.kind)) {
    complain(p, { start: p.end, end: p.end }, "A `=` is missing here.");
    const value = valueExpressions(p);
    return { kind: "assign", span: spanFrom(p, start), targets: [first], value };
  }
  return { kind: "expression", span: spanFrom(p, start), value: first };
}

/** `a = b = 1` is one assignment with two targets. */
function assigned(p: Parser, start: number, first: PyExpression): PyStatement {
  const found: PyExpression[] = [];
  let value = first;
  while (p.kind === EQUAL) {
    checkTarget(p, value);
    found.push(value);
    advance(p);
    value = valueExpressions(p);
  }
  return { kind: "assign", span: spanFrom(p, start), targets: found, value };
}

function isSingleTarget({ kind }: PyExpression): boolean {
  return kind === "name" || kind === "attribute" || kind === "subscript" || kind === "broken";
}

/** dotted_name, without the blanks that may stand around its dots. */
function dottedName(p: Parser): Identifier {
  const start = startOf(p);
  const first = identifier(p);
  if (p.kind !== DOT) return first;
  let { text } = first;
  while (accept(p, DOT)) text += `.${identifier(p).text}`;
  return { text, span: spanFrom(p, start) };
}

/** A name of an import, with the one that it is given. */
function alias(p: Parser, dotted: boolean): PyAlias {
  const start = startOf(p);
  const name = dotted ? dottedName(p) : identifier(p);
  const as = accept(p, AS) ? identifier(p) : null;
  return { span: spanFrom(p, start), name, as };
}

function importedFrom(p: Parser, start: number): PyStatement {
  advance(p);
  let level = 0;
  while (p.kind === DOT || p.kind === ELLIPSIS) {
    level += p.kind === DOT ? 1 : 3;
    advance(p);
  }
  const module = p.kind === NAME || level === 0 ? dottedName(p) : { text: "", span: { start: p.end, end: p.end } };
  expect(p, IMPORT);
  const names = importedNames(p).filter((each) => each.name.text !== "");
  return { kind: "import-from", span: spanFrom(p, start), module, level, names };
}

function importedNames(p: Parser): readonly PyAlias[] {
  if (p.kind === STAR) {
    const start = startOf(p);
    advance(p);
    const span = spanFrom(p, start);
    return [{ span, name: { text: "*", span }, as: null }];
  }
  if (accept(p, ROUND)) {
    const names = readElements<PyAlias>(p, ROUND_END, (each) => alias(each, false), brokenAlias);
    if (names.length === 0) complainMissing(p);
    expect(p, ROUND_END);
    return names;
  }
  const names: PyAlias[] = [];
  do names.push(alias(p, false));
  while (accept(p, COMMA));
  return names;
}

/** A name that can't be read is left out. */
function brokenAlias(span: Span): PyAlias {
  return { span, name: { text: "", span }, as: null };
}
