import { expression, inField, unstarred } from "./expression.ts";
import type { PyExpression } from "./node.ts";
import { childrenOf, fieldOf, kindOf, namedOf, type Reading, spanOf, textOf } from "./reading.ts";

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

export const boolean = (r: Reading, node: number): PyExpression => ({
  kind: "boolean",
  span: spanOf(r, node),
  operator: kindOf(r, fieldOf(r, node, "operator")) === "or" ? "or" : "and",
  left: inField(r, node, "left"),
  right: inField(r, node, "right"),
});

export const binary = (r: Reading, node: number): PyExpression => {
  const operator = textOf(r, fieldOf(r, node, "operator"));
  const right = inField(r, node, "right");
  return unstarred(r, node, inField(r, node, "left"), (left, span) => ({
    kind: "binary",
    span,
    operator,
    left,
    right,
  }));
};

export const unary = (r: Reading, node: number): PyExpression => {
  const operator = textOf(r, fieldOf(r, node, "operator"));
  return {
    kind: "unary",
    span: spanOf(r, node),
    operator: operator === "+" || operator === "~" ? operator : "-",
    operand: inField(r, node, "argument"),
  };
};

export const not = (r: Reading, node: number): PyExpression => ({
  kind: "unary",
  span: spanOf(r, node),
  operator: "not",
  operand: inField(r, node, "argument"),
});

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
