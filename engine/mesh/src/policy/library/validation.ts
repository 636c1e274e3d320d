import { pythonRepr } from "../python/repr.ts";
import { valueRepr } from "../python/repr-value.ts";
import { isDict, isTruthy, type PyModelInstance, type PyValue, tagged } from "../python/value.ts";
import {
  type Coerced,
  coercedInt,
  coercedString,
  hasLoneSurrogate,
  listItems,
  NO_TEXT,
  type Refused,
} from "./coercion.ts";
import { type FieldType, type Generation, METHODS, MODELS, type ModelName } from "./models.ts";

/** One entry of pydantic's `ValidationError.errors()`. `value_error` is the text of a ValueError raised by a validator. */
export interface FieldError {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly value_error?: string;
}

export type Validation = { readonly instance: PyModelInstance } | { readonly errors: readonly FieldError[] };

type Location = readonly (string | number)[];

/**
 * `Model.model_validate(data)` in lax mode: the instance with all its fields coerced, or pydantic's errors in pydantic's order
 * (fields as declared, then index or mapping order, depth first). Unknown fields are dropped, as the library's models do.
 * Never throws. Rules: domain/vectors.md 1.4, each compared with pydantic 2.13.
 */
export function validatedModel(model: ModelName, data: PyValue, generation: Generation = "charm-lib"): Validation {
  const errors: FieldError[] = [];
  const validator: Validator = { generation, errors };
  const instance = instanceOf(validator, model, data, []);
  if (errors.length > 0 || instance === null) return { errors };
  return { instance };
}

interface Validator {
  readonly generation: Generation;
  readonly errors: FieldError[];
}

function instanceOf(validator: Validator, model: ModelName, data: PyValue, loc: Location): PyModelInstance | null {
  const object = tagged(data);
  if (object?.kind === "model" && object.model === model) return object;
  if (!isDict(data)) {
    const msg = `Input should be a valid dictionary or instance of ${model}`;
    validator.errors.push({ type: "model_type", loc, msg });
    return null;
  }
  const before = validator.errors.length;
  const fields = new Map<string, PyValue>();
  for (const field of MODELS[model]) {
    const given = data.get(field.name);
    const at = [...loc, field.name];
    if (given === undefined) {
      if (field.absent === "required") validator.errors.push({ type: "missing", loc: at, msg: "Field required" });
      fields.set(field.name, field.absent === "app" ? "app" : field.absent === "empty-list" ? [] : null);
    } else {
      fields.set(field.name, given === null && field.nullable ? null : coerced(validator, field.type, given, at));
    }
  }
  const instance: PyModelInstance = { kind: "model", model, fields };
  if (model === "MeshPolicy" && validator.errors.length === before) {
    const problem = meshPolicyProblem({
      target_type: fields.get("target_type") === "unit" ? "unit" : "app",
      target_app_name: fields.get("target_app_name") ?? null,
      target_selector_labels: fields.get("target_selector_labels") ?? null,
      target_service: fields.get("target_service") ?? null,
    });
    if (problem !== null) {
      validator.errors.push({ type: "value_error", loc, msg: `Value error, ${problem}`, value_error: problem });
    }
  }
  return instance;
}

function coerced(validator: Validator, type: FieldType, value: PyValue, loc: Location): PyValue {
  switch (type.type) {
    case "str":
      return accepted(validator, coercedString(value), loc);
    case "int":
      return accepted(validator, coercedInt(value), loc);
    case "method":
      return method(validator, value, loc);
    case "target-type":
      return targetType(validator, value, loc);
    case "labels":
      return labels(validator, value, loc);
    case "model":
      return instanceOf(validator, type.model, value, loc);
    case "list": {
      const items = listItems(value);
      if (items === null) {
        validator.errors.push({ type: "list_type", loc, msg: "Input should be a valid list" });
        return null;
      }
      return items.map((item, index) => coerced(validator, type.item, item, [...loc, index]));
    }
  }
}

function accepted(validator: Validator, result: Coerced<PyValue>, loc: Location): PyValue {
  if ("value" in result) return result.value;
  validator.errors.push({ type: result.refused.type, loc, msg: result.refused.msg });
  return null;
}

function method(validator: Validator, value: PyValue, loc: Location): PyValue {
  const text = coercedString(value);
  if ("value" in text && METHODS.includes(text.value)) return text.value;
  const refused = "value" in text && hasLoneSurrogate(text.value) ? NO_TEXT : BAD_METHOD;
  validator.errors.push({ type: refused.type, loc, msg: refused.msg });
  return null;
}

const BAD_METHOD: Refused = {
  type: "enum",
  msg: `Input should be ${alternatives(METHODS.map(pythonRepr))}`,
};

/** A Literal of enum members: their values as str count, bytes do not. */
function targetType(validator: Validator, value: PyValue, loc: Location): PyValue {
  const object = tagged(value);
  const text = object?.kind === "enum" ? object.value : value;
  if (text === "app" || text === "unit") return text;
  const refused = badTargetType(validator.generation);
  validator.errors.push({ type: refused.type, loc, msg: refused.msg });
  return null;
}

function badTargetType(generation: Generation): Refused {
  if (generation === "charmlibs") return { type: "enum", msg: "Input should be 'app' or 'unit'" };
  return {
    type: "literal_error",
    msg: "Input should be <PolicyTargetType.app: 'app'> or <PolicyTargetType.unit: 'unit'>",
  };
}

function alternatives(options: readonly string[]): string {
  return `${options.slice(0, -1).join(", ")} or ${options.at(-1)}`;
}

function labels(validator: Validator, value: PyValue, loc: Location): PyValue {
  if (!isDict(value)) {
    validator.errors.push({ type: "dict_type", loc, msg: "Input should be a valid dictionary" });
    return null;
  }
  const result = new Map<PyValue, PyValue>();
  for (const [key, member] of value) {
    const at = [...loc, keyPlace(key)];
    const name = accepted(validator, coercedString(key), [...at, "[key]"]);
    result.set(name, accepted(validator, coercedString(member), at));
  }
  return result;
}

/** How a mapping's key stands in `loc`: a str (lossily, where it is no UTF-8) or a small int as it is, else as Python prints it. */
function keyPlace(key: PyValue): string | number {
  if (typeof key === "string") return key.replace(/\p{Cs}/gu, "\ufffd\ufffd\ufffd");
  if (typeof key === "number") return key;
  if (typeof key === "boolean") return key ? 1 : 0;
  const object = tagged(key);
  return object?.kind === "enum" ? object.value : valueRepr(key);
}

/** The part of a MeshPolicy that its cross-field check looks at; only truth counts, so labels may have any form. */
export interface MeshPolicyTarget {
  readonly target_type: "app" | "unit";
  readonly target_app_name: PyValue;
  readonly target_selector_labels: PyValue;
  readonly target_service: PyValue;
}

/**
 * The library's cross-field check of a MeshPolicy: the text of its ValueError, or null. `enumText` is how Python prints the
 * target type inside an f-string: `PolicyTargetType.app` from 3.11 on, `app` before.
 */
export function meshPolicyProblem(policy: MeshPolicyTarget, enumText = (name: string) => `PolicyTargetType.${name}`) {
  const bad = "Bad policy configuration. ";
  const type = enumText(policy.target_type);
  const app = isTruthy(policy.target_app_name);
  const selected = isTruthy(policy.target_selector_labels);
  const service = isTruthy(policy.target_service);
  if (policy.target_type === "app") {
    if (!app && !service) {
      return `${bad}Neither target_app_name nor target_service specified for MeshPolicy with target_type ${type}`;
    }
    if (selected) return `${bad}MeshPolicy with target_type ${type} does not support target_selector_labels.`;
    return null;
  }
  if (app && selected) {
    return `${bad}MeshPolicy with target_type ${type} cannot specify both target_app_name and target_selector_labels.`;
  }
  return service ? `${bad}MeshPolicy with target_type ${type} does not support target_service.` : null;
}

/** `model_dump(mode="json")`: all fields in declaration order, nested models as dicts. */
export function modelDump(value: PyValue): PyValue {
  const object = tagged(value);
  if (object?.kind === "model") return new Map([...object.fields].map(([name, field]) => [name, modelDump(field)]));
  return Array.isArray(value) ? value.map(modelDump) : value;
}
