import { optionsOfValue, sameValue } from "./join.ts";
import { isUnordered } from "./making.ts";
import type { PyValue, SequenceValue } from "./value.ts";

/** Whether a value is Python-true; null where that is not certain, as for config options that anyone may set. */
export function truthOf(value: PyValue): boolean | null {
  if (value.configurable.length > 0) return null;
  switch (value.kind) {
    case "none":
      return false;
    case "bool":
      return value.value;
    case "int":
    case "float":
      return value.value !== 0;
    case "string":
      return value.value.length > 0;
    case "template":
      return value.parts.some((part) => typeof part === "string" && part !== "") ? true : null;
    case "sequence":
      if (value.elements.some((element) => element.condition === null)) return true;
      return value.elements.length === 0 && value.open === null ? false : null;
    case "dict":
      if (value.entries.some((entry) => entry.condition === null)) return true;
      return value.entries.length === 0 && value.open === null ? false : null;
    case "class":
    case "function":
    case "module":
      return true;
    case "one-of": {
      const truths = new Set(value.options.map(truthOf));
      return truths.size === 1 ? ([...truths][0] ?? null) : null;
    }
    case "external":
      return value.constant ? truthOf(value.constant) : null;
    case "instance":
      return value.class && value.external.length === 0 && value.arguments !== null ? plainTruth(value) : null;
    default:
      return null;
  }
}

/** An object without `__bool__` and `__len__` is true; a class that has one of them is not asked. */
function plainTruth(value: Extract<PyValue, { kind: "instance" }>): boolean | null {
  const body = value.class?.node.body ?? [];
  const special = body.some((one) => one.kind === "function" && /^__(bool|len)__$/.test(one.name.text));
  return special || (value.class?.node.bases.length ?? 0) > 0 ? null : true;
}

/** Whether the two could be equal without our knowing: at least one of them is not certain. */
export function isMaybe(a: PyValue, b: PyValue): boolean {
  return equal(a, b) === null;
}

/** Whether `a == b`; null where that is not certain. */
export function equal(a: PyValue, b: PyValue): boolean | null {
  if (a.configurable.length > 0 || b.configurable.length > 0) return null;
  const left = plainOf(a);
  const right = plainOf(b);
  if (left.kind === "one-of" || right.kind === "one-of") {
    const verdicts = new Set(
      optionsOfValue(left).flatMap((one) => optionsOfValue(right).map((other) => equal(one, other))),
    );
    return verdicts.size === 1 ? ([...verdicts][0] ?? null) : null;
  }
  if (isNumber(left) && isNumber(right)) return Number(left.value) === Number(right.value);
  if (!isScalar(left) || !isScalar(right)) {
    if (left.kind === "enum-member" && right.kind === "enum-member") return sameValue(left, right);
    if (left.kind === "sequence" && right.kind === "sequence") return sameLists(left, right);
    const certain = (one: PyValue) =>
      isScalar(one) || one.kind === "enum-member" || one.kind === "sequence" || one.kind === "dict";
    return certain(left) && certain(right) && left.kind !== right.kind ? false : null;
  }
  return sameValue(left, right);
}

function sameLists(a: SequenceValue, b: SequenceValue): boolean | null {
  if (a.open !== null || b.open !== null || isUnordered(a) || isUnordered(b)) return null;
  if ([...a.elements, ...b.elements].some((element) => element.condition !== null)) return null;
  if (a.type !== b.type || a.elements.length !== b.elements.length) return false;
  const verdicts = a.elements.map((element, i) => equal(element.value, b.elements[i]?.value ?? element.value));
  if (verdicts.includes(false)) return false;
  return verdicts.includes(null) ? null : true;
}

function isScalar(value: PyValue): boolean {
  return ["none", "bool", "int", "float", "string"].includes(value.kind);
}

/** Whether arithmetic applies; Python's bools are ints. */
export function isNumber(value: PyValue): value is Extract<PyValue, { kind: "int" | "float" | "bool" }> {
  return value.kind === "int" || value.kind === "float" || value.kind === "bool";
}

/** A str or int enum's member compares like its value; so does a vendored constant. */
export function plainOf(value: PyValue): PyValue {
  if (value.kind === "external" && value.constant) return value.constant;
  if (value.kind === "enum-member" && /\b(str|int|IntEnum|StrEnum|IntFlag)\b/.test(basesText(value)))
    return value.value;
  return value;
}

function basesText(value: Extract<PyValue, { kind: "enum-member" }>): string {
  const { node, module } = value.class;
  return node.bases.map((base) => module.file.text.slice(base.span.start, base.span.end)).join(" ");
}
