import type { PyExpression } from "#syntax";
import { type Condition, keptBy, type Operation } from "../../condition/condition.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Frame } from "../names/scope.ts";
import { placeIn, snippet } from "../names/snippet.ts";
import { isMaybe } from "../values/equality.ts";
import { mayCoincide } from "../values/iteration.ts";
import { sameValue, under } from "../values/join.ts";
import { isUnordered, restingOn, whyUnread } from "../values/making.ts";
import type { DictEntry, Element, PyValue, SequenceValue } from "../values/value.ts";
import { dictAfter, unreadable, withoutKey } from "./dict-mutation.ts";
import type { Effect } from "./effect.ts";

/** The collection after `collection.method(…)`; changes of other values can't be followed. */
export function mutated(
  cx: Interpreter,
  value: PyValue,
  effect: Extract<Effect, { kind: "mutate" }>,
  frame: Frame,
): PyValue {
  const args = effect.call.args.filter((argument) => argument.kind === "positional").map((argument) => argument.value);
  const plain = args.length === effect.call.args.length;
  if (value.kind === "sequence") {
    return plain
      ? sequenceAfter(cx, value, effect, args, frame)
      : { ...value, open: value.open ?? doubtOf(effect, frame) };
  }
  if (value.kind !== "dict") return value;
  return dictAfter(cx, value, effect, args, frame, doubtOf(effect, frame));
}

function doubtOf(effect: Effect, frame: Frame): string {
  return `\`${sourceOf(effect, frame).source}\` can't be followed`;
}

function sourceOf(effect: Effect, frame: Frame): Exclude<Operation, string> {
  return { source: snippet(frame.scope.module.file, effect.at) };
}

function sequenceAfter(
  cx: Interpreter,
  list: SequenceValue,
  effect: Extract<Effect, { kind: "mutate" }>,
  args: readonly PyExpression[],
  frame: Frame,
): SequenceValue {
  const [first, second] = args;
  const element = (expression: PyExpression): Element => ({
    value: cx.evaluate(expression, frame),
    condition: null,
    at: placeIn(frame, expression.span),
  });
  switch (effect.method) {
    case "append":
      return first ? { ...list, elements: [...list.elements, element(first)] } : list;
    case "add":
      return first ? withMember(list, element(first)) : list;
    case "insert": {
      if (!second || !first) return list;
      const index = cx.evaluate(first, frame);
      const known = index.kind === "int" && index.value >= 0 && list.elements.every((one) => one.condition === null);
      const at = known && list.open === null ? index.value : 0;
      return {
        ...list,
        unordered: list.unordered || !known || list.open !== null,
        elements: list.elements.toSpliced(at, 0, element(second)),
      };
    }
    case "extend":
    case "update": {
      let all = list;
      for (const expression of args) all = extended(cx, all, cx.evaluate(expression, frame));
      return all;
    }
    case "remove":
    case "discard":
      return first ? without(list, cx.evaluate(first, frame), sourceOf(effect, frame)) : list;
    case "difference_update": {
      let all = list;
      for (const expression of args) {
        const gone = cx.iterated(cx.evaluate(expression, frame));
        for (const one of gone?.elements ?? []) all = without(all, one.value, sourceOf(effect, frame), one.condition);
        if (!gone || gone.open !== null) all = doubted(all, sourceOf(effect, frame));
      }
      return all;
    }
    case "intersection_update": {
      const kept = first ? cx.iterated(cx.evaluate(first, frame)) : null;
      return kept ? { ...intersected(list, kept), lineage: list.lineage } : doubted(list, sourceOf(effect, frame));
    }
    case "clear":
      return { ...list, elements: [], open: null };
    case "pop":
      return popped(cx, list, first, frame, sourceOf(effect, frame));
    case "sort":
    case "reverse":
      return { ...list, unordered: true };
    default:
      return { ...list, open: list.open ?? doubtOf(effect, frame) };
  }
}

function popped(
  cx: Interpreter,
  list: SequenceValue,
  first: PyExpression | undefined,
  frame: Frame,
  by: Operation,
): SequenceValue {
  const certain =
    list.type === "list" &&
    !isUnordered(list) &&
    list.open === null &&
    list.elements.every((one) => one.condition === null);
  const index = first ? cx.evaluate(first, frame) : null;
  const at = index === null ? list.elements.length - 1 : index.kind === "int" ? index.value : null;
  if (!certain || at === null) return doubted(list, by);
  return { ...list, elements: list.elements.toSpliced(at, 1) };
}

/** The set with one more member. */
function withMember(set: SequenceValue, fresh: Element): SequenceValue {
  const twin = set.elements.find((one) => sameValue(one.value, fresh.value));
  if (!twin) {
    const elements = [...set.elements, fresh];
    return { ...set, elements, loose: set.loose || mayCoincide(elements) };
  }
  if (twin.condition === null) return set;
  return { ...set, elements: set.elements.map((one) => (one === twin ? fresh : one)) };
}

/** Computed collections don't grow beyond this: `x = x + x` in a loop would fill the memory. */
const MOST_ELEMENTS = 2000;

/** The collection with all elements of `more` behind its own. */
export function extended(cx: Interpreter, list: SequenceValue, more: PyValue): SequenceValue {
  const items = cx.iterated(more);
  if (!items) {
    const why = whyUnread(more) ?? "what it is extended by can't be read";
    return restingOn({ ...list, open: list.open ?? why }, [more]);
  }
  if (list.elements.length + items.elements.length > MOST_ELEMENTS) {
    return { ...list, open: list.open ?? "it has too many elements" };
  }
  let all: SequenceValue = { ...list, open: list.open ?? items.open };
  if (list.type === "set") for (const one of items.elements) all = withMember(all, one);
  else
    all = {
      ...all,
      unordered: list.unordered || isUnordered(items),
      loose: list.loose || items.loose,
      elements: [...list.elements, ...items.elements],
    };
  return restingOn(all, [more]);
}

/** The collection without one value; where it isn't certain which element that is, those that may go become conditional. */
export function without(
  list: SequenceValue,
  gone: PyValue,
  by: Operation,
  condition: Condition | null = null,
): SequenceValue {
  const elements: Element[] = [];
  for (const one of list.elements) {
    const same = sameValue(one.value, gone) && one.value.kind !== "unknown";
    if (same && condition === null) continue;
    elements.push(same || isMaybe(one.value, gone) ? under(one, keptBy(by)) : one);
  }
  return { ...list, elements };
}

/** The elements that are in both; certain where both have them for certain. */
export function intersected(a: SequenceValue, b: SequenceValue): SequenceValue {
  const elements: Element[] = [];
  const both = (one: Element, others: SequenceValue, why: string | null): Element | null => {
    const twin = others.elements.find((other) => sameValue(other.value, one.value));
    if (twin) return twin.condition === null ? one : under(one, twin.condition);
    if (why !== null) return under(one, keptBy("intersection"));
    return others.elements.some((other) => isMaybe(other.value, one.value)) ? under(one, keptBy("intersection")) : null;
  };
  for (const one of a.elements) {
    const kept = both(one, b, b.open);
    if (kept) elements.push(kept);
  }
  if (a.open !== null) {
    for (const one of b.elements) {
      if (!elements.some((other) => sameValue(other.value, one.value)))
        elements.push(under(one, keptBy("intersection")));
    }
  }
  return restingOn({ ...a, elements, open: a.open !== null && b.open !== null ? a.open : null, lineage: {} }, [b]);
}

function doubted(list: SequenceValue, by: Operation): SequenceValue {
  return { ...list, elements: list.elements.map((one) => under(one, keptBy(by))) };
}

/** The collection after `collection[index] = value`, `del collection[index]` or an unpacking into it. */
export function withItem(
  cx: Interpreter,
  value: PyValue,
  effect: Extract<Effect, { kind: "set-item" }>,
  frame: Frame,
): PyValue {
  const why = doubtOf(effect, frame);
  if (value.kind === "dict") {
    const key = cx.evaluate(effect.index, frame);
    if (!effect.value) {
      const kept = withoutKey(value, key, sourceOf(effect, frame));
      return unreadable(kept, why);
    }
    const entry: DictEntry = {
      key,
      value: cx.evaluate(effect.value, frame),
      condition: null,
      keyAt: placeIn(frame, effect.index.span),
      at: placeIn(frame, effect.value.span),
    };
    return { ...value, entries: [...value.entries, entry] };
  }
  if (value.kind !== "sequence") return value;
  const index = cx.evaluate(effect.index, frame);
  const certain = !isUnordered(value) && value.open === null && value.elements.every((one) => one.condition === null);
  const old = index.kind === "int" && certain ? value.elements.at(index.value) : undefined;
  if (!old || !effect.value) return { ...doubted(value, sourceOf(effect, frame)), open: value.open ?? why };
  const fresh: Element = {
    value: cx.evaluate(effect.value, frame),
    condition: null,
    at: placeIn(frame, effect.value.span),
  };
  return { ...value, elements: value.elements.map((one) => (one === old ? fresh : one)) };
}
