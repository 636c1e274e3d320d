import { type PyInt, type PyValue, pyInt, tagged } from "../python/value.ts";

export interface Refused {
  readonly type: string;
  readonly msg: string;
}

/** A coerced value, or why pydantic refuses it. */
export type Coerced<T> = { readonly value: T } | { readonly refused: Refused };

/** Unicode White_Space: what pydantic's (Rust's) trim takes off, which is neither JavaScript's trim nor Python's strip. */
const SPACE = "[\\t\\n\\u000b\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const INTEGER = new RegExp(`^${SPACE}([+-]?)([0-9]+(?:_[0-9]+)*)(?:\\.0+)?${SPACE}$`);
/** Python's own limit on the digits of an integer in text. */
const MOST_DIGITS = 4300;
const INT64 = 2 ** 63;

const NO_INTEGER: Refused = {
  type: "int_parsing",
  msg: "Input should be a valid integer, unable to parse string as an integer",
};
/** What pydantic says of a str that has no UTF-8 form, where it needs one. */
export const NO_TEXT: Refused = {
  type: "string_unicode",
  msg: "Input should be a valid string, unable to parse raw data as a unicode string",
};
const TOO_LARGE: Refused = {
  type: "int_parsing_size",
  msg: "Unable to parse input string as an integer, exceeded maximum size",
};

/** pydantic's lax `int` (domain/vectors.md 1.4): no range check; bool, whole floats and numeric strings are taken. */
export function coercedInt(value: PyValue): Coerced<PyInt> {
  if (typeof value === "boolean") return { value: value ? 1 : 0 };
  if (typeof value === "number" || typeof value === "bigint") return { value };
  if (typeof value === "string") return integerOf(value);
  const object = tagged(value);
  if (object?.kind === "enum") return integerOf(object.value);
  if (object?.kind === "bytes" && object.type === "bytes") {
    const text = decoded(object.bytes);
    return text === null ? { refused: NO_INTEGER } : integerOf(text);
  }
  if (object?.kind === "float") return wholeFloat(object.value);
  return { refused: { type: "int_type", msg: "Input should be a valid integer" } };
}

/** Whether the text has a surrogate without its other half, and so no UTF-8 form. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Cs}/u.test(text);
}

function integerOf(text: string): Coerced<PyInt> {
  // pydantic reads it as UTF-8, which lone surrogates are not.
  if (hasLoneSurrogate(text)) return { refused: NO_TEXT };
  if (text.length > MOST_DIGITS) return { refused: TOO_LARGE };
  const [, sign = "", digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined) return { refused: NO_INTEGER };
  const magnitude = BigInt(digits.replaceAll("_", ""));
  return { value: pyInt(sign === "-" ? -magnitude : magnitude) };
}

function wholeFloat(value: number): Coerced<PyInt> {
  if (!Number.isFinite(value)) return { refused: { type: "finite_number", msg: "Input should be a finite number" } };
  if (!Number.isInteger(value)) {
    return {
      refused: { type: "int_from_float", msg: "Input should be a valid integer, got a number with a fractional part" },
    };
  }
  if (value >= INT64 || value <= -INT64) return { refused: TOO_LARGE };
  return { value: pyInt(BigInt(value)) };
}

/** pydantic's lax `str`: str and its subclasses (enum members), bytes that are UTF-8; nothing else. */
export function coercedString(value: PyValue): Coerced<string> {
  if (typeof value === "string") return { value };
  const object = tagged(value);
  if (object?.kind === "enum") return { value: object.value };
  if (object?.kind === "bytes") {
    const text = decoded(object.bytes);
    return text === null ? { refused: NO_TEXT } : { value: text };
  }
  return { refused: { type: "string_type", msg: "Input should be a valid string" } };
}

/** The text of UTF-8 bytes; null where they are none (overlong forms and surrogates included). */
function decoded(bytes: readonly number[]): string | null {
  const escaped = bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return null;
  }
}

/**
 * What pydantic's lax list takes as one: a list, and anything else that can be iterated but str, bytes and mappings.
 * A model instance iterates over its (name, value) pairs.
 */
export function listItems(value: PyValue): readonly PyValue[] | null {
  if (Array.isArray(value)) return value;
  const object = tagged(value);
  if (object?.kind === "iterable") return object.items;
  if (object?.kind !== "model") return null;
  return [...object.fields].map((pair) => ({ kind: "iterable", type: "tuple", items: pair }));
}
