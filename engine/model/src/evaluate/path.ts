import type { PyExpression } from "#syntax";

/** `name` or `name.attribute` of an expression; null for anything else. */
export function pathOf(expression: PyExpression): string | null {
  if (expression.kind === "name") return expression.id;
  if (expression.kind === "attribute" && expression.object.kind === "name") {
    return `${expression.object.id}.${expression.name.text}`;
  }
  return null;
}
