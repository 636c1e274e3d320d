import { pythonRepr } from "./repr.ts";
import { type PyValue, tagged, typeName } from "./value.ts";

/** Python's `repr` of a value that can be a dict's key; of an object of unknown class its name in angle brackets. */
export function valueRepr(value: PyValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return pythonRepr(value);
  if (typeof value !== "object") return String(value);
  const object = tagged(value);
  switch (object?.kind) {
    case "float":
      return floatRepr(object.value);
    case "bytes":
      return bytesRepr(object.bytes);
    case "enum":
      return `<${object.enumeration}.${object.name}: ${pythonRepr(object.value)}>`;
    case "iterable":
      if (object.type !== "tuple") return `<${object.type}>`;
      return `(${object.items.map(valueRepr).join(", ")}${object.items.length === 1 ? "," : ""})`;
    default:
      return `<${typeName(value)}>`;
  }
}

/** Python's `repr` of a float: as JavaScript's, with `.0` on whole numbers and exponents from 1e16 on, of two digits. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function bytesRepr(bytes: readonly number[]): string {
  const delimiter = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  const escapes = new Map([
    [0x09, "\\t"],
    [0x0a, "\\n"],
    [0x0d, "\\r"],
    [0x5c, "\\\\"],
    [delimiter.charCodeAt(0), `\\${delimiter}`],
  ]);
  const text = bytes.map(
    (byte) =>
      escapes.get(byte) ??
      (byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`),
  );
  return `b${delimiter}${text.join("")}${delimiter}`;
}
