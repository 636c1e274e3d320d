import { bothConditions, type Condition, sameCondition } from "../../condition/condition.ts";
import { mergedReasons, unknownValue } from "./making.ts";
import type { DictEntry, DictValue, Element, OneOfValue, PyValue, SequenceValue } from "./value.ts";

/** Why a value with more possibilities than help anybody is unknown. */
export const TOO_MANY = "there are too many possibilities";

/** With more possibilities than this, the value is unknown. */
const MOST_OPTIONS = 24;

/** All options of a value: itself, or the options of a one-of. */
export function optionsOfValue(value: PyValue): readonly PyValue[] {
  return value.kind === "one-of" ? value.options : [value];
}

/** Whether both are certainly the same value (chains aside). False if that is unknown. */
export function sameValue(a: PyValue, b: PyValue): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "none":
      return true;
    case "bool":
    case "int":
    case "float":
      return a.value === (b as typeof a).value;
    case "string":
      return a.value === (b as typeof a).value && a.bytes === (b as typeof a).bytes;
    case "external":
      return a.name === (b as typeof a).name;
    case "class":
      return a.class === (b as typeof a).class;
    case "module":
      return a.module === (b as typeof a).module;
    case "enum-member":
      return a.class === (b as typeof a).class && a.name === (b as typeof a).name;
    case "unknown":
      return a.why === (b as typeof a).why;
    case "instance": {
      const other = b as typeof a;
      return a.class === other.class && a.arguments === other.arguments && a.external[0] === other.external[0];
    }
    case "function": {
      const other = b as typeof a;
      return a.node === other.node && a.self === other.self && a.frame === other.frame;
    }
    case "sequence":
      return sameSequence(a, b as SequenceValue);
    case "dict":
      return sameEntries(a, b as DictValue);
    case "template": {
      const other = b as typeof a;
      return (
        a.parts.length === other.parts.length &&
        a.parts.every((part, i) => {
          const second = other.parts[i];
          if (typeof part === "string" || typeof second === "string" || !second) return part === second;
          return part.text === second.text && sameValue(part.value, second.value);
        })
      );
    }
    default:
      return false;
  }
}

function sameSequence(a: SequenceValue, b: SequenceValue): boolean {
  if (a.type !== b.type || a.open !== b.open || a.elements.length !== b.elements.length) return false;
  if (a.elements.length > 64) return a.elements === b.elements;
  return a.elements.every((element, i) => {
    const other = b.elements[i];
    return (
      other !== undefined && sameCondition(element.condition, other.condition) && sameValue(element.value, other.value)
    );
  });
}

function sameEntries(a: DictValue, b: DictValue): boolean {
  if (a.open !== b.open || a.entries.length !== b.entries.length || a.entries.length > 64) return false;
  return a.entries.every((entry, i) => {
    const other = b.entries[i];
    return (
      other !== undefined &&
      sameCondition(entry.condition, other.condition) &&
      sameValue(entry.key, other.key) &&
      sameValue(entry.value, other.value)
    );
  });
}

/** One of the values, whichever it is when the charm runs. A single distinct value stays itself. */
export function join(values: readonly PyValue[]): PyValue {
  const options: PyValue[] = [];
  for (const value of values) {
    for (const option of optionsOfValue(value)) {
      const chained =
        value.kind === "one-of" && value.because.length > 0
          ? { ...option, because: mergedReasons(value.because, option.because) }
          : option;
      const index = options.findIndex((other) => sameValue(other, option));
      const twin = options[index];
      if (!twin) {
        if (options.length === MOST_OPTIONS) return unknownValue(TOO_MANY);
        options.push(chained);
      } else if (twin.configurable.length < option.configurable.length) options[index] = chained;
    }
  }
  const first = options[0];
  if (!first) return unknownValue("nothing is assigned");
  if (options.length === 1) return first;
  const configurable = [...new Set(options.flatMap((option) => option.configurable))];
  const joined: OneOfValue = { kind: "one-of", options, because: [], configurable };
  return joined;
}

/**
 * The value where two paths join. Two states of one collection become one whose differing elements stand under a
 * condition: `ifFirst` for those that only the first has, `ifSecond` for those that only the second has.
 */
export function joinedBranches(first: PyValue, second: PyValue, ifFirst: Condition, ifSecond: Condition): PyValue {
  if (first === second) return first;
  if (first.kind === "sequence" && second.kind === "sequence" && first.lineage === second.lineage) {
    return {
      ...first,
      elements: joinedParts<Element>(first.elements, second.elements, ifFirst, ifSecond),
      open: first.open ?? second.open,
      because: mergedReasons(first.because, second.because),
    };
  }
  if (first.kind === "dict" && second.kind === "dict" && first.lineage === second.lineage) {
    return {
      ...first,
      entries: joinedParts<DictEntry>(first.entries, second.entries, ifFirst, ifSecond),
      open: first.open ?? second.open,
      overridden: first.overridden + second.overridden > 0 ? Number.POSITIVE_INFINITY : 0,
      because: mergedReasons(first.because, second.because),
    };
  }
  return join([first, second]);
}

function joinedParts<T extends { readonly condition: Condition | null; readonly value: PyValue }>(
  first: readonly T[],
  second: readonly T[],
  ifFirst: Condition,
  ifSecond: Condition,
): readonly T[] {
  // Values are compared by identity; a value that is in a collection twice counts twice.
  const left = new Map<PyValue, T[]>();
  for (const part of second) {
    const same = left.get(part.value);
    if (same) same.push(part);
    else left.set(part.value, [part]);
  }
  const merged = first.map((part) => {
    const twin = left.get(part.value)?.shift();
    if (!twin) return under(part, ifFirst);
    // What may be gone on one path only is no longer certain.
    return part.condition === null && twin.condition !== null ? { ...part, condition: twin.condition } : part;
  });
  const rest = new Set([...left.values()].flat());
  for (const part of second) if (rest.has(part)) merged.push(under(part, ifSecond));
  return merged;
}

/** The same element or entry under one more condition. */
export function under<T extends { readonly condition: Condition | null }>(part: T, condition: Condition): T {
  return { ...part, condition: bothConditions(condition, part.condition) };
}
