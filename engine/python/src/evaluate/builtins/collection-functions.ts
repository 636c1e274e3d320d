import type { Location } from "#syntax";
import { keptBy } from "../../condition/condition.ts";
import type { Interpreter } from "../interpreter.ts";
import { plainOf } from "../values/equality.ts";
import { converted } from "../values/iteration.ts";
import { intValue, isUnordered, orderOf, restingOn, sequence, unknownValue } from "../values/making.ts";
import type { Element, PyValue, SequenceValue } from "../values/value.ts";
import { type Builtin, certainElements, type Given } from "./builtin.ts";

/** `list(x)`, `tuple(x)`, `set(x)`: open where what it is made of can't be read. */
export function collection(type: SequenceValue["type"]): Builtin {
  return ({ cx, args }) => {
    const [value] = args;
    if (!value) return sequence(type, []);
    const made = converted(cx, value, type);
    if (made) return made;
    const why = value.kind === "unknown" ? value.why : "what it is made of is only known when the charm runs";
    return restingOn(sequence(type, [], why), [value]);
  };
}

/** `sorted(x)`: in order where all elements are numbers or texts. */
export function sorted({ cx, args, all }: Given): PyValue | null {
  const list = args[0] ? converted(cx, args[0], "list") : null;
  if (!list) return collection("list")({ cx, args, all, at: NOWHERE, text: "" });
  const keys = list.elements.map((one) => plainOf(one.value));
  const byNumber = keys.every((key) => key.kind === "int");
  const byText = keys.every((key) => key.kind === "string");
  if (all.keywords.size > 0 || (!byNumber && !byText)) return { ...list, unordered: true };
  const elements = list.elements.toSorted((a, b) => {
    const [x, y] = [plainOf(a.value), plainOf(b.value)];
    if (x.kind === "int" && y.kind === "int") return x.value - y.value;
    return x.kind === "string" && y.kind === "string" ? (x.value < y.value ? -1 : x.value > y.value ? 1 : 0) : 0;
  });
  return { ...list, unordered: false, elements };
}

const NOWHERE: Location = { file: { path: "", version: 0, text: "" }, span: { start: 0, end: 0 } };

/** `range(…)` of known, small bounds. */
export function range({ args, at }: Given): PyValue | null {
  const numbers = args.map((one) => (one.kind === "int" ? one.value : null));
  if (numbers.includes(null)) return null;
  const [a = 0, b, step = 1] = numbers as number[];
  const [from, to] = b === undefined ? [0, a] : [a, b];
  if (step === 0 || Math.abs((to - from) / step) > 1000) return null;
  const elements: Element[] = [];
  for (let n = from; step > 0 ? n < to : n > to; n += step) elements.push({ value: intValue(n), condition: null, at });
  return restingOn(sequence("list", elements), args);
}

function pairs(at: Location, first: PyValue, second: PyValue): PyValue {
  return sequence(
    "tuple",
    [first, second].map((value) => ({ value, condition: null, at })),
  );
}

/** `enumerate(x)`. */
export function enumerated({ cx, args, all }: Given): PyValue | null {
  const list = args[0] ? cx.iterated(args[0]) : null;
  const start = args[1] ?? (all.keywords.get("start") ? null : intValue(0));
  if (!list || start?.kind !== "int") return null;
  const certain = !isUnordered(list) && list.elements.every((one) => one.condition === null);
  const elements = list.elements.map((one, index) => ({
    ...one,
    value: pairs(
      one.at,
      certain ? intValue(start.value + index) : unknownValue("its number depends on what is in the list"),
      one.value,
    ),
  }));
  return restingOn({ ...list, elements, lineage: {} }, [list]);
}

/** `zip(…)` of collections that are readable whole. */
export function zipped({ cx, args }: Given): PyValue | null {
  const lists = args.map((one) => orderedElements(cx, one));
  const known = lists.filter((list) => list !== null);
  const first = known[0];
  if (!first || known.length !== lists.length) return null;
  const length = known.reduce((least, list) => Math.min(least, list.length), Number.POSITIVE_INFINITY);
  const elements = first.slice(0, length).map((one, index) => {
    const members = known.flatMap((list) => list[index] ?? []);
    return { ...one, value: sequence("tuple", members) };
  });
  return restingOn(sequence("list", elements), args);
}

/** `map(f, x)`. */
export function mapped({ cx, args, at }: Given): PyValue | null {
  const [callee, items] = args;
  const list = items && args.length === 2 ? cx.iterated(items) : null;
  if (!callee || !list) return null;
  const elements = list.elements.map((one) => ({ ...one, value: cx.callPlain(callee, [one.value], at) }));
  return restingOn({ ...sequence("list", elements, list.open), ...orderOf(list) }, [list]);
}

/** `filter(f, x)`. */
export function filtered({ cx, args, at }: Given): PyValue | null {
  const [callee, items] = args;
  const list = items ? cx.iterated(items) : null;
  if (!callee || !list) return null;
  const elements = list.elements.flatMap((one): Element[] => {
    const truth = cx.truth(callee.kind === "none" ? one.value : cx.callPlain(callee, [one.value], at));
    if (truth === false) return [];
    return [truth === true ? one : { ...one, condition: one.condition ?? keptBy("filter") }];
  });
  return restingOn({ ...sequence("list", elements, list.open), ...orderOf(list) }, [list]);
}

function orderedElements(cx: Interpreter, value: PyValue): readonly Element[] | null {
  const list = cx.iterated(value);
  return list && isUnordered(list) ? null : certainElements(cx, value);
}
