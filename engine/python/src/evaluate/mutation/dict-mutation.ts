import type { PyExpression } from "#syntax";
import { keptBy, type Operation } from "../../condition/condition.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Frame } from "../names/scope.ts";
import { placeIn, snippet } from "../names/snippet.ts";
import { equal, isMaybe } from "../values/equality.ts";
import { sameValue, under } from "../values/join.ts";
import { NONE, restingOn, stringValue, unknownValue } from "../values/making.ts";
import type { DictEntry, DictValue, PyValue } from "../values/value.ts";
import type { Effect } from "./effect.ts";

/** The dict after one of its methods was called; `why` says in words what is going on. */
export function dictAfter(
  cx: Interpreter,
  dict: DictValue,
  effect: Extract<Effect, { kind: "mutate" }>,
  args: readonly PyExpression[],
  frame: Frame,
  why: string,
): DictValue {
  const [first, second] = args;
  switch (effect.method) {
    case "update": {
      let all: DictValue = dict;
      for (const argument of effect.call.args) {
        const value = cx.evaluate(argument.value, frame);
        const at = placeIn(frame, argument.span);
        if (argument.kind === "keyword" && argument.name) {
          const key = stringValue(argument.name.text);
          const keyAt = placeIn(frame, argument.name.span);
          all = { ...all, entries: [...all.entries, { key, value, condition: null, keyAt, at }] };
        } else all = merged(all, value, why);
      }
      return all;
    }
    case "setdefault": {
      if (!first) return dict;
      const entry: DictEntry = {
        key: cx.evaluate(first, frame),
        value: second ? cx.evaluate(second, frame) : NONE,
        condition: null,
        keyAt: placeIn(frame, first.span),
        at: placeIn(frame, (second ?? first).span),
      };
      // An entry that may be there already keeps this one from being set.
      const there = dict.entries.map((one) => (equal(one.key, entry.key) === true ? one.condition === null : null));
      if (there.includes(true)) return dict;
      const maybe = dict.open !== null || dict.entries.some((one) => equal(one.key, entry.key) !== false);
      const fresh = maybe ? under(entry, [{ kind: "new-key" }]) : entry;
      return { ...dict, entries: [...dict.entries, fresh] };
    }
    case "clear":
      return { ...dict, entries: [], open: null };
    case "pop": {
      const key = first ? cx.evaluate(first, frame) : unknownValue(why);
      return withoutKey(dict, key, { source: snippet(frame.scope.module.file, effect.at) });
    }
    default:
      return unreadable(dict, why);
  }
}

/** Computed dicts don't grow beyond this. */
const MOST_ENTRIES = 5000;

/** The dict with the entries of another behind its own. */
export function merged(dict: DictValue, more: PyValue, why: string): DictValue {
  if (more.kind !== "dict") return restingOn(unreadable(dict, more.kind === "unknown" ? more.why : why), [more]);
  if (dict.entries.length + more.entries.length > MOST_ENTRIES) return unreadable(dict, "it has too many entries");
  const overridden = more.open === null ? dict.overridden : dict.entries.length + more.overridden;
  const entries = [...dict.entries, ...more.entries];
  return restingOn({ ...dict, entries, overridden, open: dict.open ?? more.open }, [more]);
}

/** The dict after something that can't be read may have set any of its keys. */
export function unreadable(dict: DictValue, why: string): DictValue {
  return { ...dict, open: dict.open ?? why, overridden: dict.entries.length };
}

/** The dict without one key; entries whose key may be it become conditional. */
export function withoutKey(dict: DictValue, key: PyValue, by: Operation): DictValue {
  const entries: DictEntry[] = [];
  for (const entry of dict.entries) {
    if (sameValue(entry.key, key) && key.kind !== "unknown") continue;
    entries.push(isMaybe(entry.key, key) ? under(entry, keptBy(by)) : entry);
  }
  return { ...dict, entries };
}

/** A list, set or dict that something unreadable may have changed; any other value stays as it is. */
export function openedCollection(value: PyValue, why: string): PyValue {
  if (value.kind === "dict") return unreadable(value, why);
  return value.kind === "sequence" ? { ...value, open: value.open ?? why } : value;
}
