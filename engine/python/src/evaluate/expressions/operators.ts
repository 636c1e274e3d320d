import type { Location } from "#syntax";
import { keptBy } from "../../condition/condition.ts";
import { concatenated, formattedPercent } from "../builtins/text-values.ts";
import type { Interpreter } from "../interpreter.ts";
import { merged } from "../mutation/dict-mutation.ts";
import { extended, intersected, without } from "../mutation/mutation.ts";
import { isNumber, plainOf } from "../values/equality.ts";
import { join, optionsOfValue } from "../values/join.ts";
import { numberValue, restingOn, sequence, stringValue, unknownValue, whyUnread } from "../values/making.ts";
import type { PyValue, SequenceValue } from "../values/value.ts";

/** `left operator right` for arithmetic, text, lists, sets and dicts; `keep` where it stands for `left operator= right`. */
export function binaryValue(
  cx: Interpreter,
  operator: string,
  left: PyValue,
  right: PyValue,
  at: Location,
  text: string,
  keep = false,
): PyValue {
  if (left.kind === "one-of" || right.kind === "one-of") {
    const options = optionsOfValue(left).flatMap((one) =>
      optionsOfValue(right).map((other) => binaryValue(cx, operator, one, other, at, text, keep)),
    );
    return restingOn(join(options.slice(0, 64)), [left, right]);
  }
  const made = combined(cx, operator, plainOf(left), plainOf(right), keep, text);
  if (!made) return unknownFrom([left, right], `\`${text}\` can't be computed`);
  return restingOn(made, [left, right]);
}

function unknownFrom(sources: readonly PyValue[], why: string): PyValue {
  const first = sources.find((source) => source.kind === "unknown");
  if (first) return first;
  const outside = sources.map(whyUnread).find((one) => one !== null);
  return restingOn(unknownValue(outside ?? why), sources);
}

function combined(
  cx: Interpreter,
  operator: string,
  left: PyValue,
  right: PyValue,
  keep: boolean,
  text: string,
): PyValue | null {
  if (isNumber(left) && isNumber(right)) return arithmetic(operator, left, right);
  if (operator === "+" && (isText(left) || isText(right))) return concatenated(left, right, text);
  if (operator === "%" && left.kind === "string") return formattedPercent(left.value, right);
  if (left.kind === "sequence") return combinedSequence(cx, operator, left, right, keep);
  if (left.kind === "dict" && operator === "|") {
    const whole = keep ? left : { ...left, lineage: {} };
    return merged(whole, right, "what it is merged with can't be read");
  }
  if (operator === "*" && left.kind === "string" && right.kind === "int" && right.value * left.value.length < 10_000) {
    return stringValue(left.value.repeat(Math.max(0, right.value)));
  }
  return null;
}

function isText(value: PyValue): boolean {
  return value.kind === "string" || value.kind === "template";
}

function combinedSequence(
  cx: Interpreter,
  operator: string,
  left: SequenceValue,
  right: PyValue,
  keep: boolean,
): PyValue | null {
  const whole = keep ? left : { ...left, lineage: {} };
  if (left.type !== "set") {
    if (operator === "+") return extended(cx, whole, right);
    const times = operator === "*" && right.kind === "int" ? right.value : null;
    if (times === null || times * left.elements.length > 1000) return null;
    return sequence(left.type, Array.from({ length: Math.max(0, times) }, () => left.elements).flat(), left.open);
  }
  const items = cx.iterated(right);
  if (operator === "|") return extended(cx, whole, right);
  if (operator === "&") {
    return items
      ? intersected(whole, items)
      : {
          ...whole,
          elements: whole.elements.map((one) => ({ ...one, condition: one.condition ?? keptBy("intersection") })),
        };
  }
  if (operator === "-") {
    let all: SequenceValue = whole;
    for (const one of items?.elements ?? []) all = without(all, one.value, "difference", one.condition);
    if (items && items.open === null) return all;
    return {
      ...all,
      elements: all.elements.map((one) => ({
        ...one,
        condition: one.condition ?? keptBy("difference"),
      })),
    };
  }
  return null;
}

type Numeric = Extract<PyValue, { kind: "int" | "float" | "bool" }>;

function arithmetic(operator: string, left: Numeric, right: Numeric): PyValue | null {
  const [a, b] = [Number(left.value), Number(right.value)];
  const integer = left.kind !== "float" && right.kind !== "float";
  switch (operator) {
    case "+":
      return numberValue(a + b, integer);
    case "-":
      return numberValue(a - b, integer);
    case "*":
      return numberValue(a * b, integer);
    case "/":
      return b === 0 ? null : numberValue(a / b, false);
    case "//":
      return b === 0 ? null : numberValue(Math.floor(a / b), integer);
    case "%":
      return b === 0 ? null : numberValue(a - Math.floor(a / b) * b, integer);
    case "**":
      return numberValue(a ** b, integer && b >= 0);
    default:
      return null;
  }
}
