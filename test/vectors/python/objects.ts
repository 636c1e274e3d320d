import type { PyValue } from "#mesh";
import type { FieldError } from "../../../engine/mesh/src/policy/library/validation.ts";
import { isDict, isList, type PyObject, tagged } from "../../../engine/mesh/src/policy/python/value.ts";

/** An exception that the expression raises. */
export class Raised extends Error {
  readonly type: string;
  readonly errors: readonly FieldError[] | null;
  constructor(type: string, message: string, errors: readonly FieldError[] | null = null) {
    super(message);
    this.type = type;
    this.errors = errors;
  }
}

/** Any complex number: no validator asks for its parts. */
export const COMPLEX: PyObject = { kind: "object", type: "complex" };

export type Callable = (positional: readonly Value[], named: ReadonlyMap<string, Value>) => Value;
/** A Python value, or something that can be called. */
export type Value = PyValue | Callable;

/** Enumerations by the function that stands for their class, so that a validator can iterate over them. */
const ENUMERATION_CLASSES = new WeakMap<Callable, readonly PyValue[]>();

/** Makes a callable an enumeration's class. */
export function enumerationClass(callable: Callable, members: readonly PyValue[]): Callable {
  ENUMERATION_CLASSES.set(callable, members);
  return callable;
}

/** A callable as the object that a validator sees: an enumeration iterates over its members. */
export function data(value: Value): PyValue {
  if (typeof value !== "function") return value;
  const members = ENUMERATION_CLASSES.get(value);
  return members ? iterable("EnumType", members) : { kind: "object", type: "function" };
}

export function iterable(type: string, items: readonly PyValue[]): PyValue {
  return { kind: "iterable", type, items };
}

export function unique(items: readonly PyValue[]): readonly PyValue[] {
  const seen = new Map(items.map((item) => [item, item]));
  return [...seen.values()];
}

export function iterated(value: Value): readonly PyValue[] {
  const held = data(value);
  if (typeof held === "string") return [...held];
  if (isList(held)) return held;
  if (isDict(held)) return [...held.keys()];
  const object = tagged(held);
  if (object?.kind === "iterable") return object.items;
  if (object?.kind === "bytes") return object.bytes;
  throw new Raised("TypeError", "object is not iterable");
}

export function integer(value: PyValue): bigint {
  if (typeof value === "number" || typeof value === "bigint") return BigInt(value);
  if (typeof value === "boolean") return value ? 1n : 0n;
  throw new Raised("TypeError", "bad operand type");
}
