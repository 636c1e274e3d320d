import type { Location } from "#syntax";
import { keptBy } from "../../condition/condition.ts";
import { dictGet } from "../expressions/subscripts.ts";
import type { Interpreter } from "../interpreter.ts";
import { extended, intersected, without } from "../mutation/mutation.ts";
import { plainOf } from "../values/equality.ts";
import { converted } from "../values/iteration.ts";
import {
  boolValue,
  intValue,
  isUnordered,
  NONE,
  restingOn,
  sequence,
  stringValue,
  unknownValue,
} from "../values/making.ts";
import { settledEntries } from "../values/settled-entries.ts";
import type { BoundArguments, DictValue, Element, PyValue, SequenceValue } from "../values/value.ts";
import { formattedBraces, LONGEST_TEXT, partsOf, plainText, textOf } from "./text-values.ts";

/** The result of a method of a string, list, tuple, set or dict; null where the method isn't known. */
export function methodResult(
  cx: Interpreter,
  receiver: PyValue,
  method: string,
  args: BoundArguments,
  at: Location,
): PyValue | null {
  if (args.open !== null) return null;
  const values = args.positional.map((argument) => cx.argument(argument));
  const plain = plainOf(receiver);
  switch (plain.kind) {
    case "string":
    case "template": {
      const named = new Map([...args.keywords].map(([name, argument]) => [name, cx.argument(argument)]));
      const result = textMethod(cx, plain, method, values, named);
      if (result?.kind === "string" && result.value.length > LONGEST_TEXT) return null;
      return result && restingOn(result, [receiver]);
    }
    case "sequence": {
      const result = sequenceMethod(cx, plain, method, values);
      return result && restingOn(result, [receiver]);
    }
    case "dict":
      return dictMethod(cx, plain, method, values, at);
    default:
      return null;
  }
}

function textMethod(
  cx: Interpreter,
  text: PyValue,
  method: string,
  args: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue | null {
  if (text.kind !== "string") return null;
  const { value } = text;
  const [first, second] = args.map((one) => plainOf(one));
  const one = first?.kind === "string" ? first.value : null;
  const two = second?.kind === "string" ? second.value : null;
  switch (method) {
    case "format":
      return formattedBraces(value, args, named);
    case "lower":
    case "casefold":
      return stringValue(value.toLowerCase());
    case "upper":
      return stringValue(value.toUpperCase());
    case "strip":
      return first ? null : stringValue(value.trim());
    case "lstrip":
    case "rstrip":
      return stripped(value, method, one, first === undefined);
    case "replace":
      return one !== null && two !== null && one !== "" && args.length === 2
        ? stringValue(value.replaceAll(one, two))
        : null;
    case "removeprefix":
      return one === null ? null : stringValue(value.startsWith(one) ? value.slice(one.length) : value);
    case "removesuffix":
      return one === null ? null : stringValue(value.endsWith(one) ? value.slice(0, value.length - one.length) : value);
    case "startswith":
      return one === null ? null : boolValue(value.startsWith(one));
    case "endswith":
      return one === null ? null : boolValue(value.endsWith(one));
    case "split":
      return splitText(value, one, second, first === undefined);
    case "join":
      return first ? joined(cx, value, first) : null;
    case "isdigit":
      return boolValue(/^\d+$/.test(value));
    case "capitalize":
      return stringValue(value.charAt(0).toUpperCase() + value.slice(1).toLowerCase());
    default:
      return null;
  }
}

function stripped(value: string, method: string, what: string | null, none: boolean): PyValue | null {
  if (none) return stringValue(method === "lstrip" ? value.trimStart() : value.trimEnd());
  if (what === null) return null;
  let [from, to] = [0, value.length];
  if (method === "lstrip") while (from < to && what.includes(value.charAt(from))) from++;
  else while (to > from && what.includes(value.charAt(to - 1))) to--;
  return stringValue(value.slice(from, to));
}

function splitText(value: string, separator: string | null, most: PyValue | undefined, none: boolean): PyValue | null {
  if (!none && (separator === null || separator === "")) return null;
  let parts = none ? value.trim().split(/\s+/) : value.split(separator ?? "");
  if (most) {
    if (most.kind !== "int" || separator === null) return null;
    parts = [
      ...parts.slice(0, most.value),
      ...(parts.length > most.value ? [parts.slice(most.value).join(separator)] : []),
    ];
  }
  return textList(parts);
}

function textList(parts: readonly string[]): PyValue {
  // Elements of computed lists have no place of their own; nothing points at them.
  const at = NOWHERE;
  return sequence(
    "list",
    parts.map((part) => ({ value: stringValue(part), condition: null, at })),
  );
}

const NOWHERE: Location = { file: { path: "", version: 0, text: "" }, span: { start: 0, end: 0 } };

function joined(cx: Interpreter, separator: string, items: PyValue): PyValue | null {
  const list = cx.iterated(items);
  if (!list || list.open !== null || isUnordered(list) || list.elements.some((one) => one.condition !== null))
    return null;
  const parts = list.elements.flatMap((one, index) => [
    ...(index > 0 ? [separator] : []),
    ...partsOf(one.value, plainText(one.value) ?? "…"),
  ]);
  return textOf(parts, [list, ...list.elements.map((one) => one.value)]);
}

function sequenceMethod(
  cx: Interpreter,
  list: SequenceValue,
  method: string,
  args: readonly PyValue[],
): PyValue | null {
  const fresh: SequenceValue = { ...list, lineage: {} };
  switch (method) {
    case "copy":
      return fresh;
    case "union": {
      let all = fresh;
      for (const one of args) all = extended(cx, all, one);
      return all;
    }
    case "intersection": {
      let all = fresh;
      for (const one of args) {
        const other = converted(cx, one, "set");
        all = other ? intersected(all, other) : doubted(all);
      }
      return all;
    }
    case "difference": {
      let all = fresh;
      for (const one of args) {
        const other = cx.iterated(one);
        for (const gone of other?.elements ?? []) all = without(all, gone.value, "difference", gone.condition);
        if (!other || other.open !== null) all = doubted(all);
      }
      return all;
    }
    case "index":
    case "count": {
      const [item] = args;
      const certain =
        list.open === null &&
        !list.loose &&
        !(method === "index" && isUnordered(list)) &&
        list.elements.every((one) => one.condition === null);
      if (!item || item.kind === "unknown" || !certain) return null;
      const texts = list.elements.map((one) => plainText(plainOf(one.value)));
      const wanted = plainText(plainOf(item));
      if (wanted === null || texts.includes(null)) return null;
      if (method === "count") return intValue(texts.filter((text) => text === wanted).length);
      return texts.includes(wanted) ? intValue(texts.indexOf(wanted)) : null;
    }
    case "append":
    case "add":
    case "extend":
    case "update":
    case "insert":
    case "remove":
    case "discard":
    case "clear":
    case "sort":
    case "reverse":
      return NONE;
    default:
      return null;
  }
}

function doubted(list: SequenceValue): SequenceValue {
  const elements: Element[] = list.elements.map((one) => ({
    ...one,
    condition: one.condition ?? keptBy("set operation"),
  }));
  return { ...list, elements };
}

function dictMethod(
  cx: Interpreter,
  dict: DictValue,
  method: string,
  args: readonly PyValue[],
  at: Location,
): PyValue | null {
  switch (method) {
    case "get":
    case "pop":
    case "setdefault": {
      const [key, fallback] = args;
      return key ? dictGet(cx, dict, key, fallback ?? NONE, at) : null;
    }
    case "copy":
      return { ...dict, lineage: {} };
    case "keys":
      return cx.iterated(dict);
    case "values": {
      const { entries, loose } = settledEntries(dict);
      const elements = entries.map(({ value, condition, at: place }) => ({ value, condition, at: place }));
      return restingOn({ ...sequence("list", elements, dict.open), loose }, [dict]);
    }
    case "items": {
      const { entries, loose } = settledEntries(dict);
      const elements: Element[] = entries.map((entry) => ({
        value: sequence("tuple", [
          { value: entry.key, condition: null, at: entry.keyAt },
          { value: entry.value, condition: null, at: entry.at },
        ]),
        condition: entry.condition,
        at: entry.keyAt,
      }));
      return restingOn({ ...sequence("list", elements, dict.open), loose }, [dict]);
    }
    case "update":
    case "clear":
      return NONE;
    default:
      return unknownValue(`\`.${method}()\` of a dict can't be followed`);
  }
}
