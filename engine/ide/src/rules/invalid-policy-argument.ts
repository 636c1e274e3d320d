import type { DeclaredPolicy } from "#charm";
import { MODELS } from "#mesh";
import type { Finding } from "../diagnostic.ts";
import { passedByPosition, refusedValue } from "../facts/pydantic-refusals.ts";
import { charmRule } from "./rule.ts";

/** What pydantic refuses when the policy is made. */
export const invalidPolicyArgument = charmRule({
  name: "invalid-policy-argument",
  summary: "The library rejects this policy: a required field is absent, or a value has the wrong type.",
  severities: ["error"],
  *findings({ policies }) {
    for (const policy of policies) {
      // A MeshPolicy's own fields are `invalid-mesh-policy`'s.
      if (policy.kind !== "MeshPolicy") {
        yield* absentFields(policy);
        for (const argument of policy.arguments) yield* refusedValue(policy.kind, argument);
      }
      if (policy.endpoints.kind !== "known") continue;
      for (const endpoint of policy.endpoints.value) {
        yield* passedByPosition("Endpoint", endpoint.positional);
        for (const argument of endpoint.given) yield* refusedValue("Endpoint", argument);
      }
    }
  },
});

function* absentFields(policy: DeclaredPolicy): Iterable<Finding> {
  yield* passedByPosition(policy.kind, policy.positional);
  if (policy.argumentsOpen || policy.positional.length > 0) return;
  for (const field of MODELS[policy.kind]) {
    if (field.absent !== "required" || policy.arguments.some((each) => each.name === field.name)) continue;
    yield {
      message: `This charm fails with a ValidationError: ${policy.kind} needs \`${field.name}\` (“Field required”).`,
      location: policy.callee,
    };
  }
}
