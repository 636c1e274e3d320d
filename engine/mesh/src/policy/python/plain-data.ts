import { type PyValue, pyInt } from "./value.ts";

/**
 * Plain JavaScript data (as a charm's source was read into) as a Python value: objects are dicts in their order, whole numbers
 * ints, others floats. Anything else, undefined among it, is None.
 */
export function pyData(data: unknown): PyValue {
  if (typeof data === "string" || typeof data === "boolean") return data;
  if (typeof data === "bigint") return pyInt(data);
  if (typeof data === "number") return Number.isSafeInteger(data) ? data : { kind: "float", value: data };
  if (Array.isArray(data)) return data.map(pyData);
  if (data instanceof Map) return new Map([...data].map(([key, value]) => [pyData(key), pyData(value)]));
  if (typeof data !== "object" || data === null) return null;
  return new Map(Object.entries(data).map(([key, value]) => [key, pyData(value)]));
}
