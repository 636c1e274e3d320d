import { knownValue } from "#python";
import { removingPolicyFixes } from "../fixes/policy-edits.ts";
import { charmRule } from "./rule.ts";

/** The coordinator's own PolicyResourceManager lets every part of the cluster reach every other (the explanation, "Cluster-internal policies"). */
export const policyOnClusterRelation = charmRule({
  name: "policy-on-cluster-relation",
  summary: "A policy for the cluster relation, which the internal policies cover already.",
  severities: ["warning"],
  *findings({ coordinator, wiring, policies, python }) {
    const entry = coordinator?.endpoints.entries.findLast((each) => each.key === "cluster");
    const cluster = entry && knownValue(entry.value);
    if (wiring.coordinator !== "all" || !entry || !cluster) return;
    for (const policy of policies) {
      if (policy.holder !== "coordinator" || knownValue(policy.relation) !== cluster) continue;
      yield {
        message: `This policy is not needed: coordinator and workers may reach each other over “${cluster}” anyway.`,
        location: policy.callee,
        related: [{ location: entry.valueLocation, message: "The cluster relation is named here." }],
        tags: ["unnecessary"],
        fixes: removingPolicyFixes(policy, python, true),
      };
    }
  },
});
