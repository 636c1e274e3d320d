import type { PyExpression } from "#syntax";
import { pathOf } from "./path.ts";

/** The variables that a test narrows. */
export function testedPaths(test: PyExpression, depth = 0): readonly string[] {
  if (depth > 20) return [];
  switch (test.kind) {
    case "name":
    case "attribute":
      return [pathOf(test) ?? []].flat();
    case "unary":
      return testedPaths(test.operand, depth + 1);
    case "boolean":
      return [...testedPaths(test.left, depth + 1), ...testedPaths(test.right, depth + 1)];
    case "comparison":
      return testedPaths(test.left, depth + 1);
    default:
      return [];
  }
}

/** `if TYPE_CHECKING:` never runs, but what it imports is what annotations mean. */
export function isTypeChecking(test: PyExpression): boolean {
  return (
    (test.kind === "name" && test.id === "TYPE_CHECKING") ||
    (test.kind === "attribute" && test.name.text === "TYPE_CHECKING")
  );
}
