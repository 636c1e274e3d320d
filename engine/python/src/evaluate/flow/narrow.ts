import type { PyExpression } from "#syntax";
import { truthOf } from "../values/equality.ts";
import { join } from "../values/join.ts";
import type { PyValue } from "../values/value.ts";
import { pathOf } from "./path.ts";

/**
 * What a variable can be where the outcome of a test is known: `if x:`, `if not x:`, `if x is None:`,
 * `if (x := …):` and `and`/`or` of such. Options that the test rules out are left out.
 */
export function narrowed(
  state: PyValue | null,
  path: string,
  test: PyExpression,
  holds: boolean,
  depth = 0,
): PyValue | null {
  if (state?.kind !== "one-of" || depth > 20) return state;
  switch (test.kind) {
    case "name":
    case "attribute":
      return pathOf(test) === path ? withTruth(state, holds) : state;
    case "walrus":
      return test.target.text === path ? withTruth(state, holds) : state;
    case "unary":
      return test.operator === "not" ? narrowed(state, path, test.operand, !holds, depth + 1) : state;
    case "boolean": {
      // `a and b` holds where both do; `a or b` fails where both do.
      if ((test.operator === "and") !== holds) return state;
      return narrowed(narrowed(state, path, test.left, holds, depth + 1), path, test.right, holds, depth + 1);
    }
    case "comparison": {
      const [first] = test.rest;
      const isNone = first?.right.kind === "constant" && first.right.value === "None" && test.rest.length === 1;
      if (!isNone || pathOf(test.left) !== path) return state;
      if (first.operator === "is" || first.operator === "==") return ofNone(state, holds);
      return first.operator === "is not" || first.operator === "!=" ? ofNone(state, !holds) : state;
    }
    default:
      return state;
  }
}

function withTruth(state: Extract<PyValue, { kind: "one-of" }>, truth: boolean): PyValue {
  return only(state, (option) => truthOf(option) !== !truth);
}

function ofNone(state: Extract<PyValue, { kind: "one-of" }>, none: boolean): PyValue {
  return only(state, (option) => (none ? canBeNone(option) : option.kind !== "none"));
}

/** What comes from outside the tree may turn out to be None. */
function canBeNone(value: PyValue): boolean {
  if (value.kind === "instance") return value.class === null;
  return value.kind === "none" || value.kind === "unknown" || value.kind === "external";
}

function only(state: Extract<PyValue, { kind: "one-of" }>, keep: (option: PyValue) => boolean): PyValue {
  const kept = state.options.filter(keep);
  if (kept.length === 0 || kept.length === state.options.length) return state;
  const one = join(kept);
  return state.because.length > 0 ? { ...one, because: [...state.because, ...one.because] } : one;
}

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

/** Whether a test is `TYPE_CHECKING`: the branch never runs, but annotations mean what it imports. */
export function isTypeChecking(test: PyExpression): boolean {
  return (
    (test.kind === "name" && test.id === "TYPE_CHECKING") ||
    (test.kind === "attribute" && test.name.text === "TYPE_CHECKING")
  );
}
