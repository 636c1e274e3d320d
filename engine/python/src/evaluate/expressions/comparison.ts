import type { Interpreter } from "../interpreter.ts";
import { equal, isNumber } from "../values/equality.ts";
import { boolValue, restingOn, unknownValue } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";

/** `left operator right`; for comparisons of one step too. */
export function comparedValue(cx: Interpreter, operator: string, left: PyValue, right: PyValue): PyValue {
  const verdict = compared(cx, operator, left, right);
  if (verdict === null) return unknownValue("the comparison is decided when the charm runs");
  return restingOn(boolValue(verdict), [left, right]);
}

function compared(cx: Interpreter, operator: string, left: PyValue, right: PyValue): boolean | null {
  switch (operator) {
    case "==":
      return equal(left, right);
    case "!=":
      return negated(equal(left, right));
    case "is":
      return identical(left, right);
    case "is not":
      return negated(identical(left, right));
    case "in":
      return contained(cx, left, right);
    case "not in":
      return negated(contained(cx, left, right));
    default: {
      if (left.configurable.length > 0 || right.configurable.length > 0 || !isNumber(left) || !isNumber(right))
        return null;
      const [a, b] = [Number(left.value), Number(right.value)];
      if (operator === "<") return a < b;
      if (operator === "<=") return a <= b;
      return operator === ">" ? a > b : operator === ">=" ? a >= b : null;
    }
  }
}

function negated(verdict: boolean | null): boolean | null {
  return verdict === null ? null : !verdict;
}

function identical(left: PyValue, right: PyValue): boolean | null {
  if (left.configurable.length > 0 || right.configurable.length > 0) return null;
  const none = left.kind === "none" || right.kind === "none";
  const other = left.kind === "none" ? right : left;
  if (none && ["unknown", "external"].includes(other.kind)) return null;
  if (none && other.kind === "instance" && other.class === null) return null;
  if (none && other.kind !== "one-of") return other.kind === "none";
  return equal(left, right);
}

function contained(cx: Interpreter, item: PyValue, container: PyValue): boolean | null {
  if (item.configurable.length > 0 || container.configurable.length > 0) return null;
  if (item.kind === "string" && container.kind === "string") return container.value.includes(item.value);
  const items = cx.iterated(container);
  if (!items) return null;
  let possible = items.open !== null;
  for (const element of items.elements) {
    const verdict = equal(element.value, item);
    if (verdict === true && element.condition === null) return true;
    if (verdict !== false) possible = true;
  }
  return possible ? null : false;
}
