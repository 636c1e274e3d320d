import type { Fact } from "../../fact/fact.ts";
import type { Reason } from "../../fact/reason.ts";
import { plainOf } from "./equality.ts";
import { optionsOfValue } from "./join.ts";
import { mergedReasons, outsideWhy } from "./making.ts";
import type { DictValue, Element, PyValue, SequenceValue } from "./value.ts";

type Plain<T> = (value: PyValue) => T | undefined;

/** At most this many combinations of a list whose elements have options are spelled out. */
const MOST_COMBINATIONS = 16;

/** The value as an int; a member of an int enumeration counts, a bool or text does not. */
export function asInt(value: PyValue): Fact<number> {
  return asPlain(value, plainInt, "a whole number");
}

/** The value as text; a template stays one. */
export function asString(value: PyValue): Fact<string> {
  const plain = plainOf(value);
  if (plain.kind !== "template") return asPlain(value, plainString, "text");
  const text = plain.parts.map((part) => (typeof part === "string" ? part : `{${part.text}}`)).join("");
  return { kind: "template", text, because: reasonsOf(value), ...configurableOf(value) };
}

/** The value as a bool. */
export function asBool(value: PyValue): Fact<boolean> {
  return asPlain(value, (one) => (one.kind === "bool" ? one.value : undefined), "True or False");
}

/** The value as a list of ints, as for `ports`. */
export function asIntList(value: PyValue): Fact<readonly number[]> {
  return asList(value, plainInt, "whole numbers");
}

/** The value as the list of ints that pydantic's lax mode makes of it (domain: vectors 1.4): digits in a text, whole floats and bools count. */
export function asCoercedIntList(value: PyValue): Fact<readonly number[]> {
  return asList(value, coercedInt, "whole numbers");
}

/** The value as a list of texts, as for `methods` and `paths`. */
export function asStringList(value: PyValue): Fact<readonly string[]> {
  return asList(value, plainString, "texts");
}

/** As the given conversion, but None is a value of its own. */
export function orNone<T>(convert: (value: PyValue) => Fact<T>): (value: PyValue) => Fact<T | null> {
  return (value) => {
    if (value.kind === "none")
      return { kind: "known", value: null, because: reasonsOf(value), ...configurableOf(value) };
    if (value.kind !== "one-of") return convert(value);
    const facts = value.options.map(orNone(convert));
    const options: (T | null)[] = [];
    for (const fact of facts) {
      if (fact.kind === "known") options.push(fact.value);
      else if (fact.kind === "oneOf") for (const each of fact.options) options.push(each);
      else
        return fact.kind === "unknown"
          ? { ...fact, because: mergedReasons(value.because, fact.because) }
          : unknownOf(value, "only some of its possibilities can be read");
    }
    const because = facts.reduce<readonly Reason[]>((all, fact) => mergedReasons(all, fact.because), value.because);
    return { kind: "oneOf", options, because, ...configurableOf(value) };
  };
}

/** The dict behind a value, where it is one for certain. */
export function asDict(value: PyValue): DictValue | null {
  return value.kind === "dict" ? value : null;
}

function plainInt(value: PyValue): number | undefined {
  const plain = plainOf(value);
  return plain.kind === "int" ? plain.value : undefined;
}

function coercedInt(value: PyValue): number | undefined {
  const plain = plainOf(value);
  if (plain.kind === "bool") return plain.value ? 1 : 0;
  if (plain.kind === "float") return Number.isInteger(plain.value) ? plain.value : undefined;
  if (plain.kind !== "string") return plainInt(plain);
  const digits = /^\s*([+-]?\d+(?:_\d+)*)(?:\.0+)?\s*$/.exec(plain.value)?.[1];
  return digits === undefined ? undefined : Number(digits.replaceAll("_", ""));
}

function plainString(value: PyValue): string | undefined {
  const plain = plainOf(value);
  return plain.kind === "string" && !plain.bytes ? plain.value : undefined;
}

/** All hops that a value rests on, those of its options included. */
export function reasonsOf(value: PyValue): readonly Reason[] {
  let all = value.because;
  if (value.kind === "one-of") for (const option of value.options) all = mergedReasons(all, reasonsOf(option));
  return all;
}

function configurableOf(
  value: PyValue,
  elements: readonly Element[] = [],
): { readonly configurable?: readonly string[] } {
  const options = [...new Set([...value.configurable, ...elements.flatMap((element) => element.value.configurable)])];
  return options.length > 0 ? { configurable: options } : {};
}

function unknownOf(value: PyValue, why: string): Fact<never> {
  return { kind: "unknown", why, because: reasonsOf(value) };
}

function asPlain<T>(value: PyValue, plain: Plain<T>, wanted: string): Fact<T> {
  const found: T[] = [];
  for (const option of optionsOfValue(value)) {
    const one = plain(option);
    if (one === undefined) return unknownOf(value, whyNot(option, wanted));
    if (!found.includes(one)) found.push(one);
  }
  const because = reasonsOf(value);
  const [first] = found;
  if (found.length === 1 && first !== undefined)
    return { kind: "known", value: first, because, ...configurableOf(value) };
  return { kind: "oneOf", options: found, because, ...configurableOf(value) };
}

/** Why a value is not what was wanted, in words. */
export function whyNot(value: PyValue, wanted: string): string {
  switch (value.kind) {
    case "unknown":
      return value.why;
    case "external":
      return outsideWhy(value.name);
    case "instance":
      return value.class
        ? `it is an instance of \`${value.class.name}\`, not ${wanted}`
        : `what \`${value.external[0] ?? "it"}\` gives is only known when the charm runs`;
    case "template":
      return "parts of the text are only known when the charm runs";
    case "none":
      return `it is None, not ${wanted}`;
    default:
      return `it is ${described(value)}, not ${wanted}`;
  }
}

function described(value: PyValue): string {
  switch (value.kind) {
    case "sequence":
      return `a ${value.type}`;
    case "enum-member":
      return `a member of \`${value.class.name}\``;
    case "string":
      return "text";
    case "int":
    case "float":
      return "a number";
    case "dict":
      return "a dict";
    case "bool":
      return "a bool";
    default:
      return `a ${value.kind}`;
  }
}

function asList<T>(value: PyValue, plain: Plain<T>, wanted: string): Fact<readonly T[]> {
  if (value.kind === "external" && value.constant) return asList(value.constant, plain, wanted);
  if (value.kind === "one-of") return oneOfLists(value, plain, wanted);
  if (value.kind !== "sequence") return unknownOf(value, whyNot(value, `a list of ${wanted}`));
  const because = value.elements.reduce((all, one) => mergedReasons(all, reasonsOf(one.value)), value.because);
  const marks = configurableOf(value, value.elements);
  const certain = value.open === null && value.elements.every((one) => one.condition === null);
  const combinations = certain ? combined(value, plain) : null;
  if (combinations) {
    const [only] = combinations;
    if (combinations.length === 1 && only) return { kind: "known", value: only, because, ...marks };
    return { kind: "oneOf", options: combinations, because, ...marks };
  }
  return partOf(value, plain, wanted, because, marks);
}

function partOf<T>(
  value: SequenceValue,
  plain: Plain<T>,
  wanted: string,
  because: readonly Reason[],
  marks: { readonly configurable?: readonly string[] },
): Fact<readonly T[]> {
  const possible = new Set<T>();
  const always = new Set<T>();
  let why = value.open;
  for (const element of value.elements) {
    const options = optionsOfValue(element.value);
    for (const option of options) {
      const one = plain(option);
      if (one === undefined) why ??= whyNot(option, wanted);
      else {
        possible.add(one);
        if (element.condition === null && options.length === 1) always.add(one);
      }
    }
  }
  if (possible.size === 0 && why !== null) return { kind: "unknown", why, because };
  const reasons =
    why === null ? because : [...because, { text: `not all can be read: ${why}`, location: null, citation: null }];
  return {
    kind: "subsetOf",
    possible: [...possible],
    always: [...always],
    open: why !== null,
    ...(why === null ? {} : { why }),
    because: reasons,
    ...marks,
  };
}

function oneOfLists<T>(
  value: Extract<PyValue, { kind: "one-of" }>,
  plain: Plain<T>,
  wanted: string,
): Fact<readonly T[]> {
  const options: (readonly T[])[] = [];
  for (const option of value.options) {
    const fact = asList(option, plain, wanted);
    if (fact.kind === "known") options.push(fact.value);
    else if (fact.kind === "oneOf") for (const each of fact.options) options.push(each);
    else
      return {
        kind: "unknown",
        why: fact.kind === "unknown" ? fact.why : "it is one of several lists that can't all be read",
        because: reasonsOf(value),
      };
  }
  const because = value.options.reduce(
    (all, option) => mergedReasons(all, asList(option, plain, wanted).because),
    value.because,
  );
  return { kind: "oneOf", options, because, ...configurableOf(value) };
}

/** Every list that the elements' options make together; null where an element can't be read or they are too many. */
function combined<T>(value: SequenceValue, plain: Plain<T>): readonly (readonly T[])[] | null {
  let lists: T[][] = [[]];
  for (const element of value.elements) {
    const options: T[] = [];
    for (const option of optionsOfValue(element.value)) {
      const one = plain(option);
      if (one === undefined) return null;
      if (!options.includes(one)) options.push(one);
    }
    if (lists.length * options.length > MOST_COMBINATIONS && options.length > 1) return null;
    const [only] = options;
    if (options.length === 1 && only !== undefined) for (const list of lists) list.push(only);
    else lists = lists.flatMap((list) => options.map((one) => [...list, one]));
  }
  return lists;
}
