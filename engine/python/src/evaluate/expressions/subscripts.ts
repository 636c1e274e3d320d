import type { Location } from "#syntax";
import { keptBy } from "../../condition/condition.ts";
import type { Interpreter } from "../interpreter.ts";
import { isConfig, undeclaredOption } from "../objects/config-values.ts";
import { classValue, isEnum, memberNames } from "../objects/enums.ts";
import { equal } from "../values/equality.ts";
import { join } from "../values/join.ts";
import {
  external,
  externalInstance,
  isUnordered,
  noArguments,
  restingOn,
  sequence,
  stringValue,
  unknownValue,
} from "../values/making.ts";
import type { Argument, DictValue, PyValue, SequenceValue } from "../values/value.ts";

/** `value[index]`. */
export function subscriptValue(cx: Interpreter, value: PyValue, index: PyValue, at: Location): PyValue {
  switch (value.kind) {
    case "one-of":
      return restingOn(
        join(value.options.filter((one) => one.kind !== "none").map((one) => subscriptValue(cx, one, index, at))),
        [value],
      );
    case "dict":
      return dictGet(cx, value, index, null, at);
    case "sequence":
      return restingOn(itemAt(value, index), [value, index]);
    case "string": {
      const one = index.kind === "int" ? value.value.at(index.value) : undefined;
      return one === undefined
        ? unknownValue("the character can't be read")
        : restingOn(stringValue(one), [value, index]);
    }
    case "class":
      if (isEnum(cx, value.class) && index.kind === "string" && memberNames(value.class).includes(index.value)) {
        return cx.attribute(classValue(value.class), index.value, at);
      }
      return value;
    case "external":
      return value.constant ? subscriptValue(cx, value.constant, index, at) : literalType(value.name, index, at);
    case "instance":
      // The result of a call outside the tree: its name identifies the item, as in `socket.getfqdn.split[-1]`.
      if (value.class !== null)
        return unknownValue(`an item of a \`${value.class.name}\` can't be read`, value.because);
      return restingOn(external(`${value.external[0] ?? "object"}[${index.kind === "int" ? index.value : ""}]`), [
        value,
      ]);
    case "unknown":
      return value;
    default:
      return unknownValue("an item of this value can't be read", value.because);
  }
}

/** `Literal["a", "b"]` keeps its members for `get_args`; other types stay what they are. */
function literalType(name: string, index: PyValue, at: Location): PyValue {
  if (!/(^|\.)Literal$/.test(name)) return unknownValue(`an item of \`${name}\` is only known when the charm runs`);
  const items = index.kind === "sequence" && index.type === "tuple" ? index.elements.map((one) => one.value) : [index];
  const positional = items.map(
    (value): Argument => ({ name: null, keyword: null, at, expression: null, frame: null, value, condition: null }),
  );
  return externalInstance("typing.Literal", { ...noArguments(), positional }, null, null);
}

/** `dict[key]`, or `dict.get(key, fallback)` where a fallback is given. */
export function dictGet(
  cx: Interpreter,
  dict: DictValue,
  key: PyValue,
  fallback: PyValue | null,
  at: Location,
): PyValue {
  if (key.kind === "one-of")
    return restingOn(join(key.options.map((one) => dictGet(cx, dict, one, fallback, at))), [key]);
  const candidates: PyValue[] = [];
  let certain = false;
  for (const [index, entry] of [...dict.entries.entries()].toReversed()) {
    const same = equal(entry.key, key);
    if (same === false) continue;
    // Options of the config are matched by name though their values are configurable.
    candidates.push(entry.value);
    if (same === true && entry.condition === null && index >= dict.overridden) {
      certain = true;
      break;
    }
    // With an unknown key every entry may be it.
  }
  const sources = [dict, key];
  if (certain) return restingOn(join(candidates.toReversed()), sources);
  if (isConfig(cx, dict) && key.kind === "string") {
    const set = candidates[0];
    // An option without a default does not exist until an operator sets it: by default, the fallback applies.
    if (set) return restingOn(fallback && set.kind === "unknown" ? restingOn(fallback, [set]) : set, [key]);
    return undeclaredOption(key.value, fallback);
  }
  if (dict.open !== null) candidates.push(unknownValue(dict.open));
  else if (fallback) candidates.push(fallback);
  if (candidates.length > 0) return restingOn(join(candidates.toReversed()), sources);
  return restingOn(unknownValue("the dict has no such key"), sources);
}

function itemAt(list: SequenceValue, index: PyValue): PyValue {
  if (index.kind !== "int" || isUnordered(list)) return anyOf(list);
  const certain = list.open === null && list.elements.every((one) => one.condition === null);
  if (!certain) {
    const prefix = list.elements.slice(0, index.value + 1);
    const found = index.value >= 0 && prefix.every((one) => one.condition === null) ? prefix[index.value] : undefined;
    return found ? found.value : anyOf(list);
  }
  return list.elements.at(index.value)?.value ?? unknownValue("the list has no such item");
}

function anyOf(list: SequenceValue): PyValue {
  const options = list.elements.map((one) => one.value);
  if (list.open !== null) options.push(unknownValue(list.open));
  return options.length > 0 ? join(options) : unknownValue("the list is empty");
}

/** `list[lower:upper]` without a step. */
export function sliceValue(value: PyValue, lower: PyValue | null, upper: PyValue | null): PyValue {
  const bound = (one: PyValue | null) =>
    one === null || one.kind === "none" ? undefined : one.kind === "int" ? one.value : null;
  const [from, to] = [bound(lower), bound(upper)];
  if (from === null || to === null) return unknownValue("the slice can't be read", value.because);
  if (value.kind === "string") return restingOn(stringValue(value.value.slice(from, to)), [value]);
  if (value.kind !== "sequence") return unknownValue("the slice can't be read", value.because);
  if (value.open !== null || isUnordered(value) || value.elements.some((one) => one.condition !== null)) {
    const elements = value.elements.map((one) => ({ ...one, condition: one.condition ?? keptBy("slice") }));
    return restingOn(sequence(value.type, elements, value.open), [value]);
  }
  return restingOn(sequence(value.type, value.elements.slice(from, to)), [value]);
}
