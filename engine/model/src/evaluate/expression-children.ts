import type { PyComprehensionClause, PyExpression, PyFStringPart } from "#syntax";

const NONE: readonly PyExpression[] = [];

/** The expressions directly inside an expression, in source order. Total: every kind of node is covered. */
export function childExpressions(expression: PyExpression): readonly PyExpression[] {
  switch (expression.kind) {
    case "fstring":
      return inFString(expression.parts);
    case "attribute":
      return [expression.object];
    case "call":
      return expression.args.length === 0
        ? [expression.callee]
        : [expression.callee, ...expression.args.map((argument) => argument.value)];
    case "subscript":
      return [expression.object, expression.index];
    case "slice":
      return [expression.lower, expression.upper, expression.step].filter((part) => part !== null);
    case "list":
    case "tuple":
    case "set":
      return expression.items;
    case "dict":
      return expression.entries.flatMap((entry) => (entry.kind === "pair" ? [entry.key, entry.value] : [entry.value]));
    case "comprehension":
      return [...inClauses(expression.clauses), expression.element];
    case "dict-comprehension":
      return [...inClauses(expression.clauses), expression.key, expression.value];
    case "conditional":
      return [expression.test, expression.then, expression.otherwise];
    case "boolean":
    case "binary":
      return [expression.left, expression.right];
    case "unary":
      return [expression.operand];
    case "comparison":
      return [expression.left, ...expression.rest.map((part) => part.right)];
    case "lambda":
      return [expression.body];
    case "walrus":
    case "starred":
      return [expression.value];
    case "await":
    case "yield":
    case "yield-from":
      return expression.value ? [expression.value] : NONE;
    default:
      return NONE;
  }
}

function inFString(parts: readonly PyFStringPart[]): readonly PyExpression[] {
  return parts.flatMap((part) => {
    if (part.kind === "text") return [];
    return part.format ? [part.value, ...inFString(part.format)] : [part.value];
  });
}

function inClauses(clauses: readonly PyComprehensionClause[]): readonly PyExpression[] {
  return clauses.flatMap((clause) => [clause.target, clause.iterable, ...clause.conditions]);
}
