import type { PyValue } from "#mesh";
import { modelDump } from "../../../engine/mesh/src/policy/library/validation.ts";
import { type Shape, text } from "../json-shape.ts";
import { pythonValue } from "../python/evaluation.ts";
import { Raised } from "../python/objects.ts";
import { errorShape } from "./pydantic.ts";

export function pydanticPythonInputs(input: PyValue): Shape {
  try {
    return { accepted: true, dump: modelDump(pythonValue(text(input, "python"))) };
  } catch (raised) {
    if (!(raised instanceof Raised)) throw raised;
    const errors = raised.errors?.map(errorShape) ?? [{ type: raised.type, msg: raised.message }];
    return { accepted: false, errors };
  }
}
