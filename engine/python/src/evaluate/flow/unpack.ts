import type { Interpreter } from "../interpreter.ts";
import type { UnpackStep } from "../mutation/effect.ts";
import { join, optionsOfValue } from "../values/join.ts";
import { isUnordered, restingOn, sequence, unknownValue } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";

/** The part of an unpacked value that one name of the target gets. */
export function unpacked(cx: Interpreter, value: PyValue, steps: readonly UnpackStep[]): PyValue {
  let part = value;
  for (const step of steps) part = join(optionsOfValue(part).map((option) => oneStep(cx, option, step)));
  return part;
}

function oneStep(cx: Interpreter, value: PyValue, step: UnpackStep): PyValue {
  const items = cx.iterated(value);
  if (!items)
    return value.kind === "unknown" ? value : unknownValue("what is unpacked here can't be read", value.because);
  const certain = items.open === null && items.elements.every((element) => element.condition === null);
  if (!certain || isUnordered(items))
    return unknownValue("how many elements are unpacked here is not certain", value.because);
  const { length } = items.elements;
  if (step.star === "self") {
    return restingOn(sequence("list", items.elements.slice(step.index, length - step.behind)), [value]);
  }
  const index = step.star === "before" ? length - 1 - step.behind : step.index;
  const element = items.elements[index];
  return element
    ? restingOn(element.value, [value])
    : unknownValue("there are too few elements to unpack", value.because);
}
