import { knownValue } from "#python";
import { meshPolicyTarget } from "../facts/mesh-policy-fields.ts";
import { charmRule } from "./rule.ts";

/** `_build_policy_resources_istio` logs an error and leaves None in the list, with which the whole reconcile fails (domain: vectors 4.5). */
export const droppedUnitRestriction = charmRule({
  name: "dropped-unit-restriction",
  summary: "A MeshPolicy for pods has methods, paths or hosts: the manager then applies none of its policies.",
  severities: ["error"],
  *findings({ policies }) {
    for (const policy of policies) {
      if (policy.kind !== "MeshPolicy" || meshPolicyTarget(policy).type !== "unit" || policy.endpoints.kind !== "known")
        continue;
      for (const endpoint of policy.endpoints.value)
        for (const name of ["methods", "paths", "hosts"] as const) {
          const values = knownValue(endpoint[name]);
          if (!values || values.length === 0) continue;
          yield {
            message: `No policy of this manager is applied: a policy for pods can't restrict \`${name}\`, and the library leaves a hole in its list instead.`,
            location: endpoint.arguments.get(name) ?? endpoint.call,
          };
        }
    }
  },
});
