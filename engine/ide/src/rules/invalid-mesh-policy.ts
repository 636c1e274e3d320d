import { meshPolicyProblem } from "#mesh";
import { meshPolicyTarget } from "../facts/mesh-policy-fields.ts";
import { passedByPosition, refusedValue } from "../facts/pydantic-refusals.ts";
import { charmRule } from "./rule.ts";

/** What pydantic refuses of its fields, then the model's own validator; their texts are quoted. */
export const invalidMeshPolicy = charmRule({
  name: "invalid-mesh-policy",
  summary: "A MeshPolicy that the library's own validators refuse.",
  severities: ["error"],
  *findings({ policies }) {
    for (const policy of policies) {
      if (policy.kind !== "MeshPolicy") continue;
      const refused = [
        ...passedByPosition("MeshPolicy", policy.positional),
        ...policy.arguments.flatMap((each) => [...refusedValue("MeshPolicy", each)]),
      ];
      yield* refused;
      const missing = ["source_namespace", "source_app_name", "target_namespace"].filter(
        (name) => !policy.argumentsOpen && !policy.arguments.some((each) => each.name === name),
      );
      for (const name of missing)
        yield {
          message: `This charm fails with a ValidationError: MeshPolicy needs \`${name}\` (“Field required”).`,
          location: policy.callee,
        };
      const { type, appName, service, labels } = meshPolicyTarget(policy);
      if (refused.length > 0 || missing.length > 0 || type === undefined) continue;
      const sure = type === "app" ? labels === "some" || (appName !== undefined && service !== undefined) : true;
      const problem = sure
        ? meshPolicyProblem({
            target_type: type,
            // An unknown value counts as valid.
            target_app_name: appName ?? (type === "app" && appName === undefined ? "?" : null),
            target_service: service ?? null,
            target_selector_labels: labels === "some" ? new Map([["?", "?"]]) : null,
          })
        : null;
      if (problem !== null)
        yield {
          message: `This charm fails with a ValidationError: the library refuses this MeshPolicy, “${problem}”`,
          location: policy.callee,
        };
    }
  },
});
