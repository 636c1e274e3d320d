import { type ModelName, type PyValue, validatedModel } from "#mesh";
import { type FieldError, modelDump } from "../../../engine/mesh/src/policy/library/validation.ts";
import { canonicalText, member, pyShape, type Shape, text } from "../json-shape.ts";
import { firstError } from "./mesh-policies.ts";

export function meshPolicyValidation(input: PyValue): Shape {
  const data = member(input, "data");
  const validation = validatedModel("MeshPolicy", data);
  if ("instance" in validation) return { accepted: true, dump: modelDump(validation.instance) };
  const first = firstError(validation.errors);
  const charmlibs = validatedModel("MeshPolicy", data, "charmlibs");
  const other = "errors" in charmlibs ? firstError(charmlibs.errors) : null;
  const differs = canonicalText(pyShape(first)) !== canonicalText(pyShape(other));
  return {
    accepted: false,
    error_count: validation.errors.length,
    first_error: first,
    ...(differs ? { charmlibs_first_error: other } : {}),
  };
}

export function pydanticInputs(input: PyValue): Shape {
  const validation = validatedModel(text(input, "model") as ModelName, member(input, "data"));
  if ("instance" in validation) return { accepted: true, dump: modelDump(validation.instance) };
  return { accepted: false, errors: validation.errors.map(errorShape) };
}

export function errorShape(error: FieldError): Shape {
  const { type, loc, msg, value_error } = error;
  return { type, loc, msg, ...(value_error === undefined ? {} : { value_error }) };
}
