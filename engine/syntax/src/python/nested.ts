import type { Span } from "../text/span.ts";
import type { PyExpression, PyStatement } from "./node.ts";
import { brokenAt, fieldOf, type Reading, spanOf } from "./reading.ts";

/** Reads one kind of statement. */
export type StatementReader = (r: Reading, node: number) => PyStatement;

/** The expression of a tree-sitter node, by the grammar that reads it. */
export function expression(r: Reading, node: number): PyExpression {
  return r.grammar.expression(r, node);
}

/** The statements of a block, by the grammar that reads it. */
export function statements(r: Reading, block: number): PyStatement[] {
  return r.grammar.statements(r, block);
}

/** The expression in a field of a node. */
export function inField(r: Reading, node: number, name: string): PyExpression {
  const child = fieldOf(r, node, name);
  return child < 0 ? brokenAt(r, node) : expression(r, child);
}

/**
 * `*a.b(c)[d]` is one starred expression; tree-sitter may hang the star on the `a` alone. `rest` builds the expression around
 * what the star does not stand before.
 */
export function unstarred(
  r: Reading,
  node: number,
  object: PyExpression,
  rest: (object: PyExpression, span: Span) => PyExpression,
) {
  const span = spanOf(r, node);
  if (object.kind !== "starred" || object.span.start !== span.start) return rest(object, span);
  return {
    kind: "starred" as const,
    span,
    value: rest(object.value, { start: object.value.span.start, end: span.end }),
  };
}

/** A statement's end is the end of its last inner statement, as in CPython's tree; tree-sitter's may hold the lines behind it. */
export function endOf(body: readonly PyStatement[], fallback: number): number {
  return body.at(-1)?.span.end ?? fallback;
}
