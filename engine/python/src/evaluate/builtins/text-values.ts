import type { PyExpression, PyFStringPart } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import type { Frame } from "../names/scope.ts";
import { snippet } from "../names/snippet.ts";
import { plainOf } from "../values/equality.ts";
import { join, optionsOfValue } from "../values/join.ts";
import { restingOn, stringValue, unknownValue } from "../values/making.ts";
import type { Hole, PyValue, TemplateValue } from "../values/value.ts";

type Part = string | Hole;

/** The text that `str(value)` gives; null where it isn't plain text, a number or the like. */
export function plainText(value: PyValue): string | null {
  switch (value.kind) {
    case "string":
      return value.value;
    case "int":
      return String(value.value);
    case "float":
      return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value);
    case "bool":
      return value.value ? "True" : "False";
    case "none":
      return "None";
    default:
      return null;
  }
}

/** Longer texts are not computed: `x = x + x` in a loop would fill the memory. */
export const LONGEST_TEXT = 100_000;

/** A string, or a template where some part is a hole. */
export function textOf(parts: readonly Part[], sources: readonly PyValue[]): PyValue {
  const length = parts.reduce((sum, part) => sum + (typeof part === "string" ? part.length : 1), 0);
  if (length > LONGEST_TEXT) return unknownValue("the text is too long");
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else if (part !== "") merged.push(part);
  }
  const only = merged.length === 0 ? "" : merged.length === 1 ? merged[0] : undefined;
  if (typeof only === "string") return restingOn(stringValue(only), sources);
  const template: TemplateValue = { kind: "template", parts: merged, because: [], configurable: [] };
  return restingOn(template, sources);
}

/** The parts that a value contributes to a longer text. */
export function partsOf(value: PyValue, text: string): readonly Part[] {
  const plain = plainOf(value);
  if (plain.kind === "template") return plain.parts;
  const known = plainText(plain);
  return known === null ? [{ value, text }] : [known];
}

/** `left + right` of texts. */
export function concatenated(left: PyValue, right: PyValue, text: string): PyValue {
  const [before = text, after = text] = splitAtPlus(text);
  return textOf([...partsOf(left, before), ...partsOf(right, after)], [left, right]);
}

function splitAtPlus(text: string): readonly string[] {
  const at = text.lastIndexOf("+");
  return at < 0 ? [text, text] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** An f-string: a string where every field is known, options where fields have some, else a template. */
export function fstringValue(
  cx: Interpreter,
  expression: Extract<PyExpression, { kind: "fstring" }>,
  frame: Frame,
): PyValue {
  if (expression.template) return unknownValue("it is a template string, not text");
  let ways: { readonly parts: readonly Part[]; readonly sources: readonly PyValue[] }[] = [{ parts: [], sources: [] }];
  for (const part of expression.parts) {
    if (part.kind === "text") {
      ways = ways.map((way) => ({ ...way, parts: [...way.parts, part.value] }));
      continue;
    }
    const value = cx.evaluate(part.value, frame);
    const text = snippet(frame.scope.module.file, part.value.span);
    const options = optionsOfValue(value);
    const spread = options.length * ways.length <= 16 ? options : [unknownValue("there are too many possibilities")];
    ways = ways.flatMap((way) =>
      spread.map((option) => ({
        parts: [...way.parts, ...fieldParts(option, part, text)],
        sources: [...way.sources, option, ...(value === option ? [] : [value])],
      })),
    );
  }
  return join(ways.map((way) => textOf(way.parts, way.sources)));
}

function fieldParts(value: PyValue, field: Extract<PyFStringPart, { kind: "field" }>, text: string): readonly Part[] {
  const format = field.format?.length ? formatText(field.format) : "";
  const plain = plainOf(value);
  if (field.conversion && field.conversion !== "s") return [{ value, text }];
  if (format === "") return partsOf(value, text);
  const padded = format === null ? null : formatted(plain, format);
  return [padded ?? { value, text }];
}

function formatText(parts: readonly PyFStringPart[]): string | null {
  return parts.every((part) => part.kind === "text") ? parts.map((part) => part.value).join("") : null;
}

/** The format specs that occur for ports and names: `d`, `s`, zero padding. */
function formatted(value: PyValue, format: string): string | null {
  const text = plainText(value);
  if (text === null) return null;
  if (format === "d" || format === "s") return text;
  const padding = /^0(\d+)d?$/.exec(format);
  return padding && value.kind === "int" ? text.padStart(Number(padding[1]), "0") : null;
}

/** `"…" % values`: only `%s` and `%d` with a readable right side; else a template. */
export function formattedPercent(format: string, values: PyValue): PyValue {
  const items =
    values.kind === "sequence" && values.type === "tuple" ? values.elements.map((one) => one.value) : [values];
  const parts: Part[] = [];
  let index = 0;
  for (const piece of format.split(/(%[sd%])/)) {
    if (piece === "%%") parts.push("%");
    else if (piece === "%s" || piece === "%d") {
      const value = items[index++];
      if (!value) return unknownValue("there are too few values for the format", values.because);
      for (const each of partsOf(value, `value ${index}`)) parts.push(each);
    } else parts.push(piece);
  }
  return textOf(parts, items);
}

/** `"…".format(…)`: plain, numbered and named fields. */
export function formattedBraces(
  format: string,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  const parts: Part[] = [];
  const sources: PyValue[] = [];
  let next = 0;
  for (const piece of format.split(/(\{\{|\}\}|\{[^{}]*\})/)) {
    if (piece === "{{" || piece === "}}") parts.push(piece.slice(1));
    else if (piece.startsWith("{") && piece.endsWith("}")) {
      const field = piece.slice(1, -1);
      const value =
        field === "" ? positional[next++] : /^\d+$/.test(field) ? positional[Number(field)] : named.get(field);
      const hole = value ?? unknownValue(`the field \`${piece}\` of the format can't be filled in`);
      sources.push(hole);
      for (const each of partsOf(hole, field === "" ? `value ${next}` : field)) parts.push(each);
    } else parts.push(piece);
  }
  return textOf(parts, sources);
}
