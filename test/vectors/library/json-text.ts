import { floatRepr } from "../../../engine/mesh/src/policy/python/repr-value.ts";
import { isDict, isList, type PyValue, tagged } from "../../../engine/mesh/src/policy/python/value.ts";

const PLAIN = /^[ !#-[\]-~]*$/;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
};

/** Python's `json.dumps(text)` of a str: pure ASCII, each other UTF-16 unit as `\uNNNN`. */
export function jsonString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  let result = '"';
  for (let index = 0; index < text.length; index++) {
    const unit = text[index] ?? "";
    const code = text.charCodeAt(index);
    result += SHORT[unit] ?? (code >= 0x20 && code <= 0x7e ? unit : `\\u${code.toString(16).padStart(4, "0")}`);
  }
  return `${result}"`;
}

/**
 * Python's `json.dumps(value)` with defaults, in insertion order (domain/vectors.md 1.5). What JSON can't say (bytes, sets,
 * functions) never comes out of the libraries' models and is written as null.
 */
export function jsonText(value: PyValue): string {
  if (value === null) return "null";
  if (typeof value === "string") return jsonString(value);
  if (typeof value !== "object") return String(value);
  if (isList(value)) return `[${value.map(jsonText).join(", ")}]`;
  if (isDict(value)) {
    const members: string[] = [];
    for (const [key, member] of value) members.push(`${jsonString(keyText(key))}: ${jsonText(member)}`);
    return `{${members.join(", ")}}`;
  }
  const object = tagged(value);
  if (object?.kind === "enum") return jsonString(object.value);
  if (object?.kind === "float") return floatText(object.value);
  if (object?.kind === "iterable" && object.type === "tuple") return `[${object.items.map(jsonText).join(", ")}]`;
  return "null";
}

function keyText(key: PyValue): string {
  if (typeof key === "string") return key;
  const object = tagged(key);
  return object?.kind === "enum" ? object.value : jsonText(key);
}

/** JSON's form of a float, NaN and the infinities as Python writes them. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return floatRepr(value);
}
