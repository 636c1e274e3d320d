import {
  type DeclaredPolicy,
  type Fact,
  knownValue,
  METHODS,
  MODELS,
  type PolicyArgument,
  type PyValue,
  validatedModel,
} from "#model";
import type { Location } from "#syntax";
import { replacementFix } from "../fixes/fix.ts";
import { charmRule, type Finding } from "./rule.ts";

/** What pydantic refuses when the policy is made; its own words are quoted (domain: vectors 1.4, compared with pydantic 2.13). */
export const invalidPolicyArgument = charmRule({
  name: "invalid-policy-argument",
  summary: "The library's model refuses a policy: a required field is absent, or a value has the wrong type.",
  severities: ["error"],
  needs: ["policies"],
  *findings({ policies }) {
    for (const policy of policies) {
      // A MeshPolicy's own rules are `invalid-mesh-policy`'s.
      if (policy.kind === "MeshPolicy") continue;
      yield* absentFields(policy);
      for (const argument of policy.arguments) yield* refusedValue(policy.kind, argument);
      if (policy.endpoints.kind !== "known") continue;
      for (const endpoint of policy.endpoints.value)
        for (const argument of endpoint.given) yield* refusedValue("Endpoint", argument);
    }
  },
});

function* absentFields(policy: DeclaredPolicy): Iterable<Finding> {
  const positional = policy.arguments.find((each) => !each.keyword);
  if (positional)
    yield {
      message: `${policy.kind} takes keywords only: a positional argument is a TypeError.`,
      location: positional.value,
    };
  if (policy.argumentsOpen || positional) return;
  for (const field of MODELS[policy.kind]) {
    if (field.absent !== "required" || policy.arguments.some((each) => each.name === field.name)) continue;
    yield {
      message: `${policy.kind} needs \`${field.name}\`: pydantic refuses it (“Field required”).`,
      location: policy.callee,
    };
  }
}

type Model = "AppPolicy" | "UnitPolicy" | "Policy" | "Endpoint";

function* refusedValue(model: Model, argument: PolicyArgument): Iterable<Finding> {
  const field = MODELS[model].find((each) => each.name === argument.name);
  if (!field || field.name === "endpoints") {
    const given = knownValue(argument.data);
    if (field && given === null)
      yield refused(model, argument.name, argument.value, null, "Input should be a valid list");
    return;
  }
  if (argument.elements) {
    for (const element of argument.elements) {
      const message = problemOf(model, argument.name, element.data, true);
      if (message !== null) yield refused(model, argument.name, element.location, element.data, message);
    }
    return;
  }
  const message = problemOf(model, argument.name, argument.data, false);
  if (message !== null) yield refused(model, argument.name, argument.value, argument.data, message);
}

/** pydantic's words for one field's value, or null where it takes it or it can't be told. */
function problemOf(model: Model, name: string, data: Fact<unknown>, element: boolean): string | null {
  if (data.kind !== "known" || !isPlain(data.value)) return null;
  const value = (element ? [data.value] : data.value) as PyValue;
  const validation = validatedModel(model, new Map<string, PyValue>([[name, value]]));
  if (!("errors" in validation)) return null;
  return validation.errors.find((each) => each.loc[0] === name)?.msg ?? null;
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function refused(model: Model, name: string, location: Location, data: Fact<unknown> | null, message: string): Finding {
  const given = data?.kind === "known" ? data.value : null;
  const upper = typeof given === "string" ? given.trim().toUpperCase() : "";
  const isMethod = name === "methods" && upper !== given && METHODS.includes(upper);
  const written = location.file.text.slice(location.span.start, location.span.end);
  const quote = /^(["'])\w+\1$/.exec(written)?.[1];
  return {
    message: `pydantic refuses this \`${name}\` of ${model}: “${message}”.`,
    location,
    fixes: isMethod && quote ? [replacementFix(`Use ${upper}`, location, quote + upper + quote)] : [],
  };
}
