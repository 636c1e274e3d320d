import { METHODS, MODELS, type ModelName, type PyValue, validatedModel } from "#mesh";
import { isDict, isTruthy, type PyEnumMember, pyInt, tagged } from "../../../engine/mesh/src/policy/python/value.ts";
import {
  type Callable,
  COMPLEX,
  data,
  enumerationClass,
  integer,
  iterable,
  iterated,
  Raised,
  unique,
  type Value,
} from "./objects.ts";

export function instance(model: ModelName, given: PyValue): PyValue {
  const validation = validatedModel(model, given);
  if ("instance" in validation) return validation.instance;
  throw new Raised("ValidationError", `validation of ${model} failed`, validation.errors);
}

function modelClass(model: ModelName): Callable {
  return (positional, named) => {
    if (positional.length > 0) {
      // The deprecated Policy has an __init__ of its own.
      const owner = model === "Policy" ? "Policy" : "BaseModel";
      const given = positional.length + 1;
      throw new Raised("TypeError", `${owner}.__init__() takes 1 positional argument but ${given} were given`);
    }
    return instance(model, new Map([...named].map(([name, value]) => [name, data(value)])));
  };
}

function members(enumeration: string, values: readonly string[]): readonly PyEnumMember[] {
  return values.map((value) => ({ kind: "enum", enumeration, name: value.toLowerCase(), value }));
}

/** The library's enumerations, by name. */
export const ENUMERATIONS: Readonly<Record<string, readonly PyEnumMember[]>> = {
  Method: members("Method", METHODS),
  PolicyTargetType: members("PolicyTargetType", ["app", "unit"]),
};

function enumeration(name: string): Callable {
  return enumerationClass(([value]) => {
    const text = tagged(data(value ?? null));
    const wanted = text?.kind === "enum" ? text.value : value;
    const found = ENUMERATIONS[name]?.find((entry) => entry.value === wanted);
    if (found) return found;
    throw new Raised("ValueError", `${String(wanted)} is not a valid ${name}`);
  }, ENUMERATIONS[name] ?? []);
}

function range([first = 0, second, step = 1]: readonly Value[]): PyValue {
  const [from, to] = second === undefined ? [0, Number(first)] : [Number(first), Number(second)];
  const by = Number(step);
  const items: number[] = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) items.push(at);
  return iterable("range", items);
}

function float([value]: readonly Value[]): PyValue {
  const text = String(value).trim().toLowerCase().replaceAll("_", "");
  const special: Record<string, number> = { nan: Number.NaN, inf: Infinity, infinity: Infinity, "-inf": -Infinity };
  return { kind: "float", value: special[text.replace(/^\+/, "")] ?? Number(text) };
}

function mapped([mapper, ...sources]: readonly Value[]): PyValue {
  const items = sources.map((source) => iterated(source ?? null));
  const shortest = Math.min(...items.map((list) => list.length));
  if (typeof mapper !== "function") throw new Raised("TypeError", "object is not callable");
  const at = (index: number) => items.map((list) => list[index] ?? null);
  return iterable(
    "map",
    Array.from({ length: shortest }, (_, index) => data(mapper(at(index), new Map()))),
  );
}

function whole([value]: readonly Value[]): PyValue {
  const object = tagged(data(value ?? null));
  if (object?.kind === "float") return pyInt(BigInt(Math.trunc(object.value)));
  return typeof value === "string"
    ? pyInt(BigInt(value.trim().replaceAll("_", "")))
    : pyInt(integer(data(value ?? null)));
}

function textOf([value]: readonly Value[]): PyValue {
  const held = data(value ?? null);
  const object = tagged(held);
  return object?.kind === "enum" ? `${object.enumeration}.${object.name}` : String(held);
}

function bytesOf(type: "bytes" | "bytearray"): Callable {
  return ([value]) => {
    const held = data(value ?? null);
    const bytes =
      held === null ? [] : typeof held === "string" ? [...new TextEncoder().encode(held)] : iterated(held).map(Number);
    return { kind: "bytes", type, bytes };
  };
}

function collection(
  type: string,
  prepared: (items: readonly PyValue[]) => readonly PyValue[] = (items) => items,
): Callable {
  return ([source]) => iterable(type, source === undefined ? [] : prepared(iterated(source)));
}

function ordered(items: readonly PyValue[]): readonly PyValue[] {
  return [...items].sort((a, b) => (String(a) < String(b) ? -1 : 1)).sort((a, b) => Number(a) - Number(b) || 0);
}

/** What an expression can name: the library's models and enumerations, and Python's own functions. */
export const NAMES: Readonly<Record<string, Callable>> = {
  ...Object.fromEntries(Object.keys(MODELS).map((model) => [model, modelClass(model as ModelName)])),
  Method: enumeration("Method"),
  PolicyTargetType: enumeration("PolicyTargetType"),
  range,
  float,
  complex: () => COMPLEX,
  int: whole,
  str: textOf,
  map: mapped,
  list: ([source]) => (source === undefined ? [] : [...iterated(source)]),
  sorted: ([source]) => ordered(iterated(source ?? null)),
  len: ([source]) => iterated(source ?? null).length,
  tuple: collection("tuple"),
  set: collection("set", unique),
  frozenset: collection("frozenset", unique),
  iter: collection("iterator"),
  reversed: collection("iterator", (items) => [...items].reverse()),
  enumerate: collection("iterator", (items) => items.map((item, index) => iterable("tuple", [index, item]))),
  filter: ([test, source]) =>
    iterable(
      "iterator",
      iterated(source ?? null).filter((item) =>
        isTruthy(typeof test === "function" ? data(test([item], new Map())) : item),
      ),
    ),
  zip: (sources) => {
    const items = sources.map(iterated);
    const length = Math.min(...items.map((list) => list.length));
    return iterable(
      "iterator",
      Array.from({ length }, (_, at) =>
        iterable(
          "tuple",
          items.map((list) => list[at] ?? null),
        ),
      ),
    );
  },
  dict: ([source], named) => {
    const given = data(source ?? null);
    const start: [PyValue, PyValue][] = isDict(given)
      ? [...given]
      : given === null
        ? []
        : iterated(given).map((pair) => {
            const [key = null, value = null] = iterated(pair);
            return [key, value];
          });
    return new Map([...start, ...[...named].map(([key, value]) => [key, data(value)] as [PyValue, PyValue])]);
  },
  bool: ([value]) => isTruthy(data(value ?? null)),
  bytes: bytesOf("bytes"),
  bytearray: bytesOf("bytearray"),
  object: () => ({ kind: "object", type: "object" }),
};
