import type { PyValue } from "./value.ts";

/** More parts than this are not looked through: as many as there are ports. */
export const MOST_PARTS = 65_536;

const sizes = new WeakMap<PyValue, number>();

/**
 * The number of values that a collection holds, with those in its elements: an element that is in it twice counts twice, as whatever
 * goes through it meets it twice. `X = [X, X]` doubles it, which no text or step limits. At most one more than `MOST_PARTS`.
 */
export function sizeOf(value: PyValue): number {
  if (value.kind !== "sequence" && value.kind !== "dict" && value.kind !== "template" && value.kind !== "one-of")
    return 1;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  let size = 1;
  for (const part of partsOf(value)) {
    size += sizeOf(part);
    if (size > MOST_PARTS) break;
  }
  sizes.set(value, Math.min(size, MOST_PARTS + 1));
  return size;
}

function* partsOf(value: Extract<PyValue, { kind: "sequence" | "dict" | "template" | "one-of" }>): Iterable<PyValue> {
  if (value.kind === "one-of") yield* value.options;
  else if (value.kind === "sequence") for (const element of value.elements) yield element.value;
  else if (value.kind === "dict")
    for (const entry of value.entries) {
      yield entry.key;
      yield entry.value;
    }
  else for (const part of value.parts) if (typeof part !== "string") yield part.value;
}
