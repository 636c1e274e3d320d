import type { PyExpression } from "#syntax";

/** `name` or `name.attribute` of an expression; null for anything else. */
export function pathOf(expression: PyExpression): string | null {
  if (expression.kind === "name") return expression.id;
  if (expression.kind === "attribute" && expression.object.kind === "name") {
    return `${expression.object.id}.${expression.name.text}`;
  }
  return null;
}

/** Methods that return an element of the collection itself, not a copy. */
const HANDING_OUT: ReadonlySet<string> = new Set(["get", "setdefault", "values", "items"]);

/**
 * The variables whose very objects an expression may give, or hold in what it gives: `a`, `a["x"]`, `[a, b]`, `a if … else b`.
 * What calls make is new, but for what a collection hands out (`a.get("x")`).
 */
export function heldPaths(expression: PyExpression, depth = 0): readonly string[] {
  const path = pathOf(expression);
  if (path) return [path];
  if (depth > 20) return [];
  const inner = (one: PyExpression) => heldPaths(one, depth + 1);
  switch (expression.kind) {
    case "subscript":
      return inner(expression.object);
    case "call": {
      const { callee } = expression;
      return callee.kind === "attribute" && HANDING_OUT.has(callee.name.text) ? inner(callee.object) : [];
    }
    case "conditional":
      return [...inner(expression.then), ...inner(expression.otherwise)];
    case "boolean":
      return [...inner(expression.left), ...inner(expression.right)];
    case "walrus":
      return [expression.target.text, ...inner(expression.value)];
    case "list":
    case "tuple":
    case "set":
      return expression.items.flatMap(inner);
    case "dict":
      return expression.entries.flatMap((entry) => inner(entry.value));
    case "starred":
      return inner(expression.value);
    default:
      return [];
  }
}

/** The variables whose very objects an expression may be: `a`, `a if … else b`, `a or b`. */
export function aliasPaths(expression: PyExpression): readonly string[] {
  const path = pathOf(expression);
  if (path) return [path];
  switch (expression.kind) {
    case "conditional":
      return [...aliasPaths(expression.then), ...aliasPaths(expression.otherwise)];
    case "boolean":
      return [...aliasPaths(expression.left), ...aliasPaths(expression.right)];
    case "walrus":
      return [expression.target.text, ...aliasPaths(expression.value)];
    default:
      return [];
  }
}
