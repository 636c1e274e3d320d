import type { PyComprehensionClause, PyExpression, PyFStringPart } from "#syntax";

type Visit = (child: PyExpression) => void;

/** Visits the expressions directly inside an expression, in source order. Total: every kind of node is covered. */
export function eachChild(expression: PyExpression, visit: Visit): void {
  switch (expression.kind) {
    case "fstring":
      inFString(expression.parts, visit);
      break;
    case "attribute":
      visit(expression.object);
      break;
    case "call":
      visit(expression.callee);
      for (const argument of expression.args) visit(argument.value);
      break;
    case "subscript":
      visit(expression.object);
      visit(expression.index);
      break;
    case "slice":
      if (expression.lower) visit(expression.lower);
      if (expression.upper) visit(expression.upper);
      if (expression.step) visit(expression.step);
      break;
    case "list":
    case "tuple":
    case "set":
      for (const item of expression.items) visit(item);
      break;
    case "dict":
      for (const entry of expression.entries) {
        if (entry.kind === "pair") visit(entry.key);
        visit(entry.value);
      }
      break;
    case "comprehension":
      inClauses(expression.clauses, visit);
      visit(expression.element);
      break;
    case "dict-comprehension":
      inClauses(expression.clauses, visit);
      visit(expression.key);
      visit(expression.value);
      break;
    case "conditional":
      visit(expression.test);
      visit(expression.then);
      visit(expression.otherwise);
      break;
    case "boolean":
    case "binary":
      visit(expression.left);
      visit(expression.right);
      break;
    case "unary":
      visit(expression.operand);
      break;
    case "comparison":
      visit(expression.left);
      for (const part of expression.rest) visit(part.right);
      break;
    case "lambda":
      visit(expression.body);
      break;
    case "walrus":
    case "starred":
      visit(expression.value);
      break;
    case "await":
    case "yield":
    case "yield-from":
      if (expression.value) visit(expression.value);
      break;
    default:
      break;
  }
}

function inFString(parts: readonly PyFStringPart[], visit: Visit): void {
  for (const part of parts) {
    if (part.kind === "text") continue;
    visit(part.value);
    if (part.format) inFString(part.format, visit);
  }
}

function inClauses(clauses: readonly PyComprehensionClause[], visit: Visit): void {
  for (const clause of clauses) {
    visit(clause.target);
    visit(clause.iterable);
    for (const condition of clause.conditions) visit(condition);
  }
}

/** The expressions directly inside an expression, in source order. */
export function childExpressions(expression: PyExpression): readonly PyExpression[] {
  const children: PyExpression[] = [];
  eachChild(expression, (child) => children.push(child));
  return children;
}
