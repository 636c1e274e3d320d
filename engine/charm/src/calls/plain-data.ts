import {
  type Argument,
  argumentValue,
  type Element,
  type Fact,
  type Hole,
  type InstanceValue,
  known,
  oneOf,
  type Program,
  type PyValue,
  unknown,
} from "#python";
import { memo } from "#syntax";
import type { GivenElement, GivenShape, PolicyArgument } from "../declared-policy.ts";
import { isMadeBy, libraryArguments } from "./library-calls.ts";

/**
 * A value as the plain data that pydantic receives: strings, numbers, booleans, null, arrays, objects. An enum member
 * counts as its value, an Endpoint as its given fields; `{app}` and `{model}` represent the application's and the model's name in a template, or in the strings
 * of a dict. Other objects, open lists and everything unread are `unknown`.
 */
export function plainData(program: Program, value: PyValue): Fact<unknown> {
  return knownData(program)(value);
}

/** Many policies may share one large value. */
const knownData = memo((program: Program) => memo((value: PyValue) => readData(program, value)));

function readData(program: Program, value: PyValue): Fact<unknown> {
  const inner = (each: PyValue) => plainData(program, each);
  switch (value.kind) {
    case "none":
      return known(null, value.because);
    case "bool":
    case "int":
    case "float":
      return known(value.value, value.because);
    case "string":
      return value.bytes ? unknown("a byte string", value.because) : known(value.value, value.because);
    case "enum-member":
      return inner(value.value);
    case "external": {
      if (value.constant) return inner(value.constant);
      const name = jujuName(value.name);
      return name === null
        ? unknown(`\`${value.name}\` is not in the charm`, value.because)
        : { kind: "template", text: name, because: value.because };
    }
    case "template": {
      const text = templateText(inner, value.parts);
      return text === null
        ? unknown("a string that is put together when the charm runs", value.because)
        : { kind: "template", text, because: value.because };
    }
    case "sequence": {
      if (value.open !== null) return unknown(value.open, value.because);
      const items = value.elements.map((each) => (each.condition === null ? inner(each.value) : null));
      return items.every((each) => each?.kind === "known")
        ? known(
            items.map((each) => (each?.kind === "known" ? each.value : null)),
            value.because,
          )
        : unknown("a list whose elements are not all known", value.because);
    }
    case "dict":
      return plainObject(inner, value);
    case "one-of": {
      const options = value.options.map(inner);
      return options.every((each) => each.kind === "known")
        ? oneOf(
            options.flatMap((each) => (each.kind === "known" ? [each.value] : [])),
            value.because,
          )
        : unknown("one of several values, not all of them readable", value.because);
    }
    case "instance": {
      const endpoint: PyValue = value;
      return isMadeBy(endpoint, "Endpoint") ? plainModel(program, endpoint) : unknown("not plain data", value.because);
    }
    case "unknown":
      return unknown(value.why, value.because);
    default:
      return unknown("not plain data", value.because);
  }
}

/** `{app}` and `{model}` for the names that Juju gives: their values are in the deployment, not in the charm. */
function jujuName(dotted: string): string | null {
  // `relation.app` is the other side's.
  if (/relation/i.test(dotted)) return null;
  if (/(?:^|\.)(?:app|Application)\.name$/.test(dotted)) return "{app}";
  return /(?:^|\.)(?:model|Model)\.name$/.test(dotted) ? "{model}" : null;
}

function templateText(inner: (value: PyValue) => Fact<unknown>, parts: readonly (string | Hole)[]): string | null {
  const texts = parts.map((part) => {
    if (typeof part === "string") return part;
    const filled = inner(part.value);
    return filled.kind === "template" ? filled.text : filled.kind === "known" ? String(filled.value) : null;
  });
  return texts.includes(null) ? null : texts.join("");
}

/** An `Endpoint(...)` as the fields that it is given. */
function plainModel(program: Program, value: InstanceValue): Fact<unknown> {
  const args = libraryArguments("Endpoint", value.arguments);
  if (args.open !== null) return unknown(args.open, value.because);
  const object: Record<string, unknown> = {};
  for (const [name, given] of args.byName) {
    const data = plainData(program, argumentValue(program, given));
    if (data.kind !== "known") return unknown("an endpoint whose fields are not all known", value.because);
    object[name] = data.value;
  }
  return known(object, value.because);
}

function plainObject(
  inner: (value: PyValue) => Fact<unknown>,
  value: Extract<PyValue, { kind: "dict" }>,
): Fact<unknown> {
  if (value.open !== null) return unknown(value.open, value.because);
  const object: Record<string, unknown> = {};
  for (const entry of value.entries) {
    const key = inner(entry.key);
    const data = inner(entry.value);
    const readable = data.kind === "known" || data.kind === "template";
    if (entry.condition !== null || key.kind !== "known" || typeof key.value !== "string" || !readable) {
      return unknown("a dict whose entries are not all known", value.because);
    }
    object[key.value] = data.kind === "known" ? data.value : data.text;
  }
  return known(object, value.because);
}

/** The arguments of a policy or endpoint as given, with the elements of those that are lists. */
export function givenArguments(program: Program, args: ReadonlyMap<string, Argument>): readonly PolicyArgument[] {
  return [...args].map(([name, argument]) => {
    const value = argumentValue(program, argument);
    return {
      name,
      keyword: argument.keyword,
      value: argument.at,
      data: plainData(program, value),
      shape: shapeOf(value),
      elements: value.kind === "sequence" ? value.elements.map((each) => givenElement(program, each)) : null,
    };
  });
}

function givenElement(program: Program, element: Element): GivenElement {
  return {
    location: element.at,
    data: plainData(program, element.value),
    shape: shapeOf(element.value),
    condition: element.condition,
  };
}

function shapeOf(value: PyValue): GivenShape {
  if (value.kind === "external" && value.constant) return shapeOf(value.constant);
  if (value.kind === "external" && value.name === "complex") return "complex";
  if (value.kind === "sequence") return "list";
  if (value.kind === "dict") return "mapping";
  if (value.kind === "enum-member" || value.kind === "template") return "scalar";
  if (["none", "bool", "int", "float", "string"].includes(value.kind)) return "scalar";
  if (value.kind !== "instance") return "unknown";
  if (isMadeBy(value, "Endpoint")) return "endpoint";
  return OTHER_MODELS.some((each) => isMadeBy(value, each)) ? "another-model" : "unknown";
}

const OTHER_MODELS = ["AppPolicy", "UnitPolicy", "Policy", "MeshPolicy"] as const;
