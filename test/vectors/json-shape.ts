import type { PyValue } from "#mesh";
import { isDict, isList, tagged } from "../../engine/mesh/src/policy/python/value.ts";
import { jsonText } from "./library/json-text.ts";

/** What a kind's runner may hand back: plain data mixed with the engine's own values. */
export type Shape = PyValue | undefined | readonly Shape[] | { readonly [key: string]: Shape };

/** The shape as a Python value: objects become dicts (undefined members are left out), arrays lists. */
export function pyShape(shape: unknown): PyValue {
  if (shape === null || shape === undefined) return null;
  if (typeof shape === "string" || typeof shape === "boolean" || typeof shape === "bigint") return shape;
  if (typeof shape === "number") return shape;
  if (Array.isArray(shape)) return shape.map(pyShape);
  if (shape instanceof Map) return new Map([...shape].map(([key, value]) => [key as PyValue, pyShape(value)]));
  if (typeof shape === "object" && !("kind" in shape && tagged(shape as PyValue) && isTagged(shape.kind))) {
    return new Map(
      Object.entries(shape).flatMap(([key, value]) => (value === undefined ? [] : [[key, pyShape(value)] as const])),
    );
  }
  return shape as PyValue;
}

function isTagged(kind: unknown): boolean {
  return ["float", "bytes", "iterable", "enum", "model", "object"].includes(String(kind));
}

/** Exceptions whose wording is Python's or the fake's own, and not part of the rules (domain/vectors.md, conventions). */
const INFORMATIVE = new Set(["JSONDecodeError", "TypeError", "AttributeError", "HTTPStatusError"]);

/**
 * One text per value, equal for what the vectors call equal: arrays are ordered, objects are not, 80.0 is 80, and the
 * informative messages don't count.
 */
export function canonicalText(value: PyValue): string {
  if (isList(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (isDict(value)) {
    const informative = INFORMATIVE.has(String(value.get("type")));
    const members = new Map<string, string>();
    for (const [key, member] of value) {
      if (informative && (key === "message" || key === "msg")) continue;
      // JSON knows only strings as keys: 1 and "1" are one, and the last one counts.
      members.set(jsonText(typeof key === "string" ? key : jsonText(key)), canonicalText(member));
    }
    return `{${[...members]
      .map((pair) => pair.join(":"))
      .sort()
      .join(",")}}`;
  }
  const object = tagged(value);
  if (object?.kind === "float" && Number.isInteger(object.value)) return BigInt(object.value).toString();
  return jsonText(value);
}

/** A member of an object of the vectors; an error in the file where it is not there. */
export function member(value: PyValue, key: string): PyValue {
  if (!isDict(value)) throw new Error(`expected an object with ${key}`);
  return value.get(key) ?? null;
}

export function text(value: PyValue, key: string): string {
  const found = member(value, key);
  if (typeof found !== "string") throw new Error(`expected a string under ${key}`);
  return found;
}

export function list(value: PyValue, key: string): readonly PyValue[] {
  const found = member(value, key);
  if (!isList(found)) throw new Error(`expected a list under ${key}`);
  return found;
}

export function dict(value: PyValue, key: string): ReadonlyMap<PyValue, PyValue> {
  const found = member(value, key);
  if (!isDict(found)) throw new Error(`expected an object under ${key}`);
  return found;
}

/** An object's members as strings by string. */
export function texts(value: ReadonlyMap<PyValue, PyValue>): ReadonlyMap<string, string> {
  return new Map([...value].map(([key, entry]) => [String(key), String(entry)]));
}
