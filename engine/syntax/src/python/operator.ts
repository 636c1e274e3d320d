import { cover } from "../text/span.ts";
import { expression, inField, unstarred } from "./nested.ts";
import type { PyExpression } from "./node.ts";
import { childrenOf, deepest, fieldOf, kindOf, namedOf, type Reading, spanOf, textOf } from "./reading.ts";

/* Expressions that operators make of others. */

export const comparison = (r: Reading, node: number): PyExpression => {
  const [head, ...others] = childrenOf(r, node);
  const rest: { operator: string; right: PyExpression }[] = [];
  for (let i = 0; i + 1 < others.length; i += 2) {
    const operator = others[i] ?? -1;
    rest.push({ operator: kindOf(r, operator), right: expression(r, others[i + 1] ?? -1) });
  }
  return { kind: "comparison", span: spanOf(r, node), left: expression(r, head ?? -1), rest };
};

/** `and` or `or` of two; longer chains nest on the left. */
export const boolean = (r: Reading, node: number): PyExpression => ({
  kind: "boolean",
  span: spanOf(r, node),
  operator: kindOf(r, fieldOf(r, node, "operator")) === "or" ? "or" : "and",
  left: inField(r, node, "left"),
  right: inField(r, node, "right"),
});

/**
 * A binary operation. The grammar lets `^` bind tighter than `&`; in Python it is the other way round, so where the two stand
 * side by side they are grouped anew.
 */
export const binary = (r: Reading, node: number): PyExpression => {
  const operator = operatorOf(r, node);
  if (operator === "&" && r.depth < deepest) {
    const operands: number[] = [];
    const operators: string[] = [];
    flatten(r, node, operands, operators);
    if (operators.includes("^") && operands.length + r.depth < deepest) return regrouped(r, operands, operators);
  }
  const right = inField(r, node, "right");
  return unstarred(r, node, inField(r, node, "left"), (left, span) => ({
    kind: "binary",
    span,
    operator,
    left,
    right,
  }));
};

function operatorOf(r: Reading, node: number): string {
  return textOf(r, fieldOf(r, node, "operator"));
}

/** The operands and operators of `&` and `^` that stand side by side, from left to right. */
function flatten(r: Reading, node: number, operands: number[], operators: string[]): void {
  const open: (number | string)[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "string") operators.push(next);
    else if (kindOf(r, next) === "binary_operator" && /^[&^]$/.test(operatorOf(r, next))) {
      open.push(fieldOf(r, next, "right"), operatorOf(r, next), fieldOf(r, next, "left"));
    } else operands.push(next);
  }
}

/** Runs of `&` first, then `^` between them, both from the left. */
function regrouped(r: Reading, operands: readonly number[], operators: readonly string[]): PyExpression {
  const terms: PyExpression[] = [];
  for (const [index, operand] of operands.entries()) {
    const right = expression(r, operand);
    const left = operators[index - 1] === "&" ? terms.pop() : undefined;
    terms.push(left ? joined("&", left, right) : right);
  }
  return terms.reduce((left, right) => joined("^", left, right));
}

function joined(operator: string, left: PyExpression, right: PyExpression): PyExpression {
  return { kind: "binary", span: cover(left.span, right.span), operator, left, right };
}

/** `await a ** b` is a power of what is awaited; the grammar awaits the power. */
export const awaited = (r: Reading, node: number): PyExpression => {
  const [child = -1] = namedOf(r, node);
  const span = spanOf(r, node);
  if (kindOf(r, child) !== "binary_operator" || operatorOf(r, child) !== "**") {
    return { kind: "await", span, value: expression(r, child) };
  }
  const base = inField(r, child, "left");
  const left: PyExpression = { kind: "await", span: { start: span.start, end: base.span.end }, value: base };
  return { kind: "binary", span, operator: "**", left, right: inField(r, child, "right") };
};

/** `-x`, `+x` or `~x`. */
export const unary = (r: Reading, node: number): PyExpression => {
  const operator = textOf(r, fieldOf(r, node, "operator"));
  return {
    kind: "unary",
    span: spanOf(r, node),
    operator: operator === "+" || operator === "~" ? operator : "-",
    operand: inField(r, node, "argument"),
  };
};

/** `not x`. */
export const not = (r: Reading, node: number): PyExpression => ({
  kind: "unary",
  span: spanOf(r, node),
  operator: "not",
  operand: inField(r, node, "argument"),
});

/** `a if b else c`. */
export const conditional = (r: Reading, node: number): PyExpression => {
  const [then = -1, test = -1, otherwise = -1] = namedOf(r, node);
  return {
    kind: "conditional",
    span: spanOf(r, node),
    test: expression(r, test),
    // biome-ignore lint/suspicious/noThenProperty: our name for what an expression yields when its test holds; no promise is near
    then: expression(r, then),
    otherwise: expression(r, otherwise),
  };
};
