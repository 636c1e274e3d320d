import { bothConditions } from "../../condition/condition.ts";
import type { Interpreter } from "../interpreter.ts";
import { enumMembers, isEnum } from "../objects/enums.ts";
import { plainOf } from "./equality.ts";
import { sameValue } from "./join.ts";
import { orderOf, restingOn, sequence, stringValue } from "./making.ts";
import { settledEntries } from "./settled-entries.ts";
import type { Element, PyValue, SequenceValue } from "./value.ts";

/** The elements that iterating a value gives; null where they can't be read. */
export function iteratedValue(cx: Interpreter, value: PyValue): SequenceValue | null {
  switch (value.kind) {
    case "sequence":
      return value;
    case "dict": {
      const { entries, loose } = settledEntries(value);
      const elements = entries.map(
        (entry): Element => ({ value: entry.key, condition: entry.condition, at: entry.keyAt }),
      );
      return restingOn({ ...sequence("list", elements, value.open), loose }, [value]);
    }
    case "string": {
      if (value.value.length > 200) return null;
      const at = value.because[0]?.location;
      if (!at) return null;
      return sequence(
        "list",
        [...value.value].map((one) => ({ value: stringValue(one), condition: null, at })),
      );
    }
    case "class": {
      if (!isEnum(cx, value.class)) return null;
      const at = { file: value.class.module.file, span: value.class.node.name.span };
      const elements = enumMembers(cx, value.class).map((member) => ({ value: member, condition: null, at }));
      return restingOn(sequence("list", elements), [value]);
    }
    case "external":
      return value.constant ? iteratedValue(cx, value.constant) : null;
    case "one-of":
      return eitherSequence(cx, value.options);
    default:
      return null;
  }
}

/** What iterating one of several collections gives: only what is in all of them is certain. */
function eitherSequence(cx: Interpreter, options: readonly PyValue[]): SequenceValue | null {
  const lists: SequenceValue[] = [];
  for (const option of options) {
    const list = iteratedValue(cx, option);
    if (!list) return null;
    lists.push(list);
  }
  const elements: Element[] = [];
  for (const list of lists) {
    for (const element of list.elements) {
      if (elements.some((other) => sameValue(other.value, element.value))) continue;
      const inAll = lists.every((other) =>
        other.elements.some((one) => one.condition === null && sameValue(one.value, element.value)),
      );
      const condition = inAll ? null : bothConditions([{ kind: "choice", of: "collections" }], element.condition);
      elements.push({ ...element, condition });
    }
  }
  const open = lists.find((list) => list.open !== null)?.open ?? null;
  return restingOn({ ...sequence("list", elements, open), unordered: true, loose: true }, lists);
}

/** The collection as another type: what `list(x)`, `tuple(x)`, `set(x)` and `sorted(x)` give. */
export function converted(cx: Interpreter, value: PyValue, type: SequenceValue["type"]): SequenceValue | null {
  const items = iteratedValue(cx, value);
  if (!items) return null;
  const elements = type === "set" ? distinct(items.elements) : items.elements;
  return restingOn(
    {
      ...sequence(type, elements, items.open),
      ...orderOf(items),
      loose: type === "set" ? mayCoincide(elements) : items.loose,
    },
    [value],
  );
}

/** Whether elements of a set may turn out to be equal, so that their number is unknown. */
export function mayCoincide(elements: readonly Element[]): boolean {
  return elements.length > 1 && elements.some((one) => !COMPARABLE.has(plainOf(one.value).kind));
}

const COMPARABLE: ReadonlySet<string> = new Set(["none", "bool", "int", "float", "string", "enum-member", "class"]);

/** Without doubles; of two equal elements the certain one stays. */
export function distinct(elements: readonly Element[]): readonly Element[] {
  const found: Element[] = [];
  const places = new Map<string, number[]>();
  for (const element of elements) {
    const key = roughKey(element.value);
    const alike = places.get(key) ?? [];
    const index = alike.find((place) => sameElement(found[place], element));
    if (index === undefined) {
      places.set(key, [...alike, found.length]);
      found.push(element);
    } else if (found[index]?.condition !== null && element.condition === null) found[index] = element;
  }
  return found;
}

function sameElement(known: Element | undefined, element: Element): boolean {
  return known !== undefined && sameValue(known.value, element.value);
}

/** A text that is the same for the same values; numbers and texts of different values have different ones. */
function roughKey(value: PyValue): string {
  return "value" in value && typeof value.value !== "object" ? `${value.kind} ${String(value.value)}` : value.kind;
}
