import type { Location } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import { merged } from "../mutation/dict-mutation.ts";
import { snippet } from "../names/snippet.ts";
import { plainOf } from "../values/equality.ts";
import { join, optionsOfValue } from "../values/join.ts";
import {
  boolValue,
  dictionary,
  intValue,
  numberValue,
  restingOn,
  sequence,
  stringValue,
  unknownValue,
  whyUnread,
} from "../values/making.ts";
import type { BoundArguments, DictEntry, Element, PyValue } from "../values/value.ts";
import { type Builtin, certainElements, type Given } from "./builtin.ts";
import { collection, enumerated, filtered, mapped, range, sorted, zipped } from "./collection-functions.ts";
import { partsOf, textOf } from "./text-values.ts";

/** The result of calling a builtin or a function of the standard library; null where it isn't known here. */
export function builtinResult(cx: Interpreter, name: string, all: BoundArguments, at: Location): PyValue | null {
  const builtin = BUILTINS.get(name);
  if (!builtin) return null;
  const unread = unknownValue(`what \`${snippet(at.file, at.span)}\` gives is only known when the charm runs`);
  if (all.open !== null) return unread;
  const args = all.positional.map((argument) => cx.argument(argument));
  const first = all.positional[0]?.at;
  const text = first ? first.file.text.slice(first.span.start, first.span.end) : "";
  const result = builtin({ cx, args, all, at, text });
  return result ?? restingOn(unread, args);
}

/** For each option of the first argument by itself. */
function eachOption(convert: (value: PyValue, given: Given) => PyValue): Builtin {
  return (given) => {
    const [value] = given.args;
    if (!value) return null;
    return restingOn(
      join(optionsOfValue(value).map((option) => restingOn(convert(plainOf(option), given), [option]))),
      [value],
    );
  };
}

function integerOf(value: PyValue): PyValue {
  switch (value.kind) {
    case "int":
      return intValue(value.value);
    case "float":
      return numberValue(Math.trunc(value.value), true);
    case "bool":
      return intValue(value.value ? 1 : 0);
    case "string": {
      const text = value.value.trim().replaceAll("_", "");
      return /^[+-]?\d+$/.test(text)
        ? numberValue(Number(text), true)
        : unknownValue(`\`int(${JSON.stringify(value.value)})\` raises`);
    }
    case "enum-member":
      return integerOf(value.value);
    case "unknown":
      return value;
    default:
      return unknownValue(whyUnread(value) ?? "what `int()` gets is only known when the charm runs");
  }
}

function truthResult({ cx, args }: Given): PyValue | null {
  const [value] = args;
  if (!value) return boolValue(false);
  const known = cx.truth(value.configurable.length > 0 ? { ...value, configurable: [] } : value);
  if (known === null) return restingOn(unknownValue("whether it is true is decided when the charm runs"), [value]);
  return restingOn(boolValue(known), [value]);
}

function extreme(pick: (numbers: readonly number[]) => number): Builtin {
  return ({ cx, args, all }) => {
    const elements = args.length === 1 ? certainElements(cx, args[0])?.map((one) => one.value) : args;
    const numbers = elements?.map((one) => plainOf(one)).map((one) => (one.kind === "int" ? one.value : null));
    if (!elements || !numbers || numbers.length === 0 || numbers.includes(null) || all.keywords.size > 0) return null;
    return restingOn(intValue(pick(numbers as number[])), elements);
  };
}

function anyOrAll(all: boolean): Builtin {
  return ({ cx, args }) => {
    const elements = certainElements(cx, args[0]);
    const truths = elements?.map((one) => cx.truth(one.value));
    if (!truths) return null;
    if (truths.includes(!all)) return boolValue(!all);
    return truths.includes(null) ? null : boolValue(all);
  };
}

function dictOf({ cx, args, all }: Given): PyValue | null {
  let made = dictionary([]);
  const [first] = args;
  if (first?.kind === "dict") made = { ...first, lineage: {} };
  else if (first) {
    const list = cx.iterated(first);
    if (!list) return restingOn(dictionary([], "what it is made of is only known when the charm runs"), [first]);
    const entries = list.elements.flatMap((one): DictEntry[] => {
      const [key, value] = one.value.kind === "sequence" ? one.value.elements : [];
      return key && value
        ? [{ key: key.value, value: value.value, condition: one.condition, keyAt: key.at, at: value.at }]
        : [];
    });
    made = restingOn(
      dictionary(entries, entries.length === list.elements.length ? list.open : "a pair can't be read"),
      [first],
    );
  }
  const named = [...all.keywords].map(
    ([name, argument]): DictEntry => ({
      key: stringValue(name),
      value: cx.argument(argument),
      condition: argument.condition,
      keyAt: argument.keyword ?? argument.at,
      at: argument.at,
    }),
  );
  return merged(made, dictionary(named), "");
}

function attributeNamed({ cx, args, at }: Given): PyValue | null {
  const [object, name, fallback] = args;
  if (!object || name?.kind !== "string") return null;
  const value = cx.attribute(object, name.value, at);
  return value.kind === "unknown" && fallback ? join([value, fallback]) : value;
}

function literalMembers({ args }: Given): PyValue | null {
  const [type] = args;
  if (type?.kind !== "instance" || !type.external.includes("typing.Literal") || !type.arguments) return null;
  const elements = type.arguments.positional.flatMap((one): Element[] =>
    one.value ? [{ value: one.value, condition: null, at: one.at }] : [],
  );
  return restingOn(sequence("tuple", elements), [type]);
}

const firstOf: Builtin = ({ args }) => args[0] ?? null;
const secondOf: Builtin = ({ args }) => args[1] ?? null;

/** By dotted name; semantics from https://docs.python.org/3/library/functions.html and typing's page. */
const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["builtins.int", eachOption(integerOf)],
  [
    "builtins.float",
    eachOption((value) =>
      value.kind === "int" || value.kind === "float"
        ? numberValue(value.value, false)
        : unknownValue(whyUnread(value) ?? "what `float()` gets is only known when the charm runs"),
    ),
  ],
  ["builtins.str", eachOption((value, { text }) => textOf(partsOf(value, text), []))],
  ["builtins.bool", truthResult],
  ["builtins.list", collection("list")],
  ["builtins.tuple", collection("tuple")],
  ["builtins.set", collection("set")],
  ["builtins.frozenset", collection("set")],
  ["builtins.iter", collection("list")],
  ["builtins.reversed", collection("list")],
  ["builtins.sorted", sorted],
  ["builtins.dict", dictOf],
  ["collections.OrderedDict", dictOf],
  [
    "builtins.len",
    ({ cx, args }) => {
      const elements = certainElements(cx, args[0]);
      return elements
        ? restingOn(intValue(elements.length), args)
        : args[0]?.kind === "string"
          ? intValue(args[0].value.length)
          : null;
    },
  ],
  ["builtins.range", range],
  ["builtins.enumerate", enumerated],
  ["builtins.zip", zipped],
  ["builtins.map", mapped],
  ["builtins.filter", filtered],
  ["builtins.min", extreme((numbers) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY))],
  ["builtins.max", extreme((numbers) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY))],
  [
    "builtins.sum",
    ({ cx, args }) => {
      const numbers = certainElements(cx, args[0])
        ?.map((one) => plainOf(one.value))
        .map((one) => (one.kind === "int" ? one.value : null));
      return numbers && args.length === 1 && !numbers.includes(null)
        ? intValue((numbers as number[]).reduce((a, b) => a + b, 0))
        : null;
    },
  ],
  [
    "builtins.abs",
    eachOption((value) =>
      value.kind === "int" ? intValue(Math.abs(value.value)) : unknownValue("what `abs()` gets can't be read"),
    ),
  ],
  ["builtins.any", anyOrAll(false)],
  ["builtins.all", anyOrAll(true)],
  ["builtins.getattr", attributeNamed],
  ["typing.cast", secondOf],
  ["typing.get_args", literalMembers],
  ["typing.Final", firstOf],
  ["copy.copy", firstOf],
  ["copy.deepcopy", firstOf],
]);
