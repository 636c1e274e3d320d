import type { PolicyArgument } from "#charm";
import { METHODS, MODELS, type ModelName, type PyValue, validatedModel } from "#mesh";
import type { Fact } from "#python";
import type { Location } from "#syntax";
import type { Finding } from "../diagnostic.ts";
import { replacementFix } from "../edits/fix.ts";

/*
 * What pydantic refuses of the arguments of the library's models, in its own words (domain: vectors 1.4, compared with pydantic 2.13).
 */

/** The first of the arguments that are passed by position: such a model takes none (TypeError). Nothing where there is none. */
export function* passedByPosition(model: string, [first]: readonly Location[]): Iterable<Finding> {
  if (first) yield { message: `This charm fails with a TypeError: ${model} takes keywords only.`, location: first };
}

/** What is refused of one argument, at the element that is to blame. Nothing for a name that the model does not have, or what can't be read. */
export function* refusedValue(model: ModelName, argument: PolicyArgument): Iterable<Finding> {
  const field = MODELS[model].find((each) => each.name === argument.name);
  if (!field) return;
  if (field.name === "endpoints") {
    yield* refusedEndpoints(model, argument);
    return;
  }
  if (field.type.type === "labels" && argument.shape === "mapping") return;
  if (argument.shape === "mapping") {
    yield refused(
      model,
      argument.name,
      argument.value,
      null,
      field.type.type === "list" ? NO_LIST : "Input should be a valid string",
    );
    return;
  }
  if (argument.elements) {
    for (const element of argument.elements) {
      const message = problemOf(model, argument.name, element, true);
      if (message !== null) yield refused(model, argument.name, element.location, element.data, message);
    }
    return;
  }
  const message = problemOf(model, argument.name, argument, false);
  if (message !== null) yield refused(model, argument.name, argument.value, argument.data, message);
}

const NO_LIST = "Input should be a valid list";
const NO_ENDPOINT = "Input should be a valid dictionary or instance of Endpoint";

/** A model instance can be iterated, which gives pairs and so no endpoint. */
function* refusedEndpoints(model: ModelName, { name, value, shape, elements }: PolicyArgument): Iterable<Finding> {
  if (shape === "scalar" || shape === "complex" || shape === "mapping")
    yield refused(model, name, value, null, NO_LIST);
  else if (shape === "endpoint" || shape === "another-model") yield refused(model, name, value, null, NO_ENDPOINT);
  for (const element of elements ?? [])
    if (
      element.shape === "scalar" ||
      element.shape === "complex" ||
      element.shape === "list" ||
      element.shape === "another-model"
    )
      yield refused(model, name, element.location, null, NO_ENDPOINT);
}

/** pydantic's message for one field's value, or null where it accepts the value or the answer is unknown. */
function problemOf(
  model: ModelName,
  name: string,
  { data, shape }: Pick<PolicyArgument, "data" | "shape">,
  element: boolean,
): string | null {
  const given = shape === "complex" ? COMPLEX : plainValue(data);
  if (given === undefined) return null;
  const value = (element ? [given] : given) as PyValue;
  const validation = validatedModel(model, new Map<string, PyValue>([[name, value]]));
  if (!("errors" in validation)) return null;
  return validation.errors.find((each) => each.loc[0] === name)?.msg ?? null;
}

const COMPLEX: PyValue = { kind: "object", type: "complex" };

/** A known value as Python has it; undefined where it is not known. */
function plainValue(data: Fact<unknown>): unknown {
  if (data.kind !== "known" || !isPlain(data.value)) return undefined;
  const { value } = data;
  return typeof value === "number" && !Number.isInteger(value) ? { kind: "float", value } : value;
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function refused(
  model: ModelName,
  name: string,
  location: Location,
  data: Fact<unknown> | null,
  message: string,
): Finding {
  const given = data?.kind === "known" ? data.value : null;
  const upper = typeof given === "string" ? given.trim().toUpperCase() : "";
  const isMethod = name === "methods" && upper !== given && METHODS.includes(upper);
  const written = location.file.text.slice(location.span.start, location.span.end);
  const quote = /^(["'])\w+\1$/.exec(written)?.[1];
  return {
    message: `This charm fails with a ValidationError: pydantic refuses this \`${name}\` of ${model}, “${message}”.`,
    location,
    fixes: isMethod && quote ? [replacementFix(`Use ${upper}`, location, quote + upper + quote)] : [],
  };
}
