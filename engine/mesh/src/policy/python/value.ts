/*
 * Python values as the charm libraries meet them, for the places where JSON or plain JavaScript would lose something:
 * the order of mappings whose keys look like numbers, integers of any size, 80.0 beside 80, and what JSON can't say at all.
 */

/** An int: a `number` while it is exact, else a `bigint` (see `pyInt`). */
export type PyInt = number | bigint;

export interface PyFloat {
  readonly kind: "float";
  readonly value: number;
}

/** bytes and bytearray, as their byte values. */
export interface PyBytes {
  readonly kind: "bytes";
  readonly type: "bytes" | "bytearray";
  readonly bytes: readonly number[];
}

/** What is no list but can be iterated: tuple, set, range, generator, dict view … A set is here without its order. */
export interface PyIterable {
  readonly kind: "iterable";
  readonly type: string;
  readonly items: readonly PyValue[];
}

/** A member of a `class X(str, enum.Enum)`. */
export interface PyEnumMember {
  readonly kind: "enum";
  readonly enumeration: string;
  readonly name: string;
  readonly value: string;
}

/** An instance of one of the pydantic models, with its (coerced) fields in declaration order. */
export interface PyModelInstance {
  readonly kind: "model";
  readonly model: string;
  readonly fields: ReadonlyMap<string, PyValue>;
}

/** Any other object: a function, a class. */
export interface PyObject {
  readonly kind: "object";
  readonly type: string;
}

export type PyList = readonly PyValue[];
export type PyDict = ReadonlyMap<PyValue, PyValue>;
export type PyValue =
  | null
  | boolean
  | string
  | PyInt
  | PyFloat
  | PyBytes
  | PyList
  | PyDict
  | PyIterable
  | PyEnumMember
  | PyModelInstance
  | PyObject;

/** A failure as Python would raise it. `type` is the class. */
export interface PythonError {
  readonly type: string;
  readonly message: string;
}

/** Either a value or the exception that Python raises in its place. */
export type Result<T> = { readonly value: T } | { readonly error: PythonError };

/** The result of a failure. */
export function failure(type: string, message: string): { readonly error: PythonError } {
  return { error: { type, message } };
}

/** The shortest exact form of an integer: a `number` where that is safe. */
export function pyInt(value: bigint): PyInt {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Whether the value is a list (a tuple is none). */
export function isList(value: PyValue): value is PyList {
  return Array.isArray(value);
}

/** Whether the value is a dict. */
export function isDict(value: PyValue): value is PyDict {
  return value instanceof Map;
}

/** The value as one of the tagged forms, or null. */
export function tagged(
  value: PyValue,
): PyFloat | PyBytes | PyIterable | PyEnumMember | PyModelInstance | PyObject | null {
  return typeof value === "object" && value !== null && "kind" in value ? value : null;
}

/** Python's truth of a value: null, "", [], {}, 0, 0.0, false, b"" and empty tuples or sets are false. */
export function isTruthy(value: PyValue): boolean {
  if (value === null || typeof value !== "object") return Boolean(value);
  if (isList(value)) return value.length > 0;
  if (isDict(value)) return value.size > 0;
  switch (value.kind) {
    case "float":
      return value.value !== 0;
    case "bytes":
      return value.bytes.length > 0;
    case "enum":
      return value.value !== "";
    case "iterable":
      return value.items.length > 0 || value.type === "generator" || value.type === "iterator";
    default:
      return true;
  }
}

/** The name of the value's Python class, as error messages print it. */
export function typeName(value: PyValue): string {
  if (value === null) return "NoneType";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "str";
  if (typeof value !== "object") return "int";
  if (isList(value)) return "list";
  if (isDict(value)) return "dict";
  switch (value.kind) {
    case "float":
      return "float";
    case "enum":
      return value.enumeration;
    case "model":
      return value.model;
    default:
      return value.type;
  }
}
