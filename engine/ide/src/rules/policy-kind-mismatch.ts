import type { DeclaredPolicy } from "#charm";
import { knownValue } from "#python";
import { addressOf } from "../facts/published-address.ts";
import { convertedPolicyFixes } from "../fixes/policy-kind-edits.ts";
import { charmRule } from "./rule.ts";

/** A UnitPolicy is enforced at the pod, an AppPolicy at the Service's waypoint; each applies only to traffic that comes that way. */
export const policyKindMismatch = charmRule({
  name: "policy-kind-mismatch",
  summary:
    "The charm publishes the address of its pods over a relation, and the policy only allows traffic to its Service, or the other way round.",
  severities: ["warning"],
  *findings(facts) {
    const { policies, policiesComplete, rawPolicies, resourceManagers, coordinator } = facts;
    if (!policiesComplete || rawPolicies.length > 0 || resourceManagers.length > 0) return;
    if (policies.some((each) => knownValue(each.relation) === undefined)) return;
    const metrics = coordinator?.endpoints.entries.findLast((each) => each.key === "metrics");
    for (const policy of policies) {
      const relation = knownValue(policy.relation);
      // For its metrics relation a coordinator grants both kinds by itself.
      if (relation === undefined || (metrics && knownValue(metrics.value) === relation)) continue;
      const kinds = new Set(policies.filter((each) => knownValue(each.relation) === relation).map(targetOf));
      const address = addressOf(facts.published, relation);
      if (!address || kinds.has(address.kind) || policy.service.kind !== "known") continue;
      if (targetOf(policy) === "unit" ? false : policy.service.value !== null) continue;
      yield {
        message:
          address.kind === "unit"
            ? `Traffic over “${relation}” will be denied: this charm publishes its pod's address there, but ${policy.kind === "AppPolicy" ? "an AppPolicy" : "a Policy"} only allows traffic to the Service. Use a UnitPolicy.`
            : `This policy has no effect on traffic over “${relation}”: this charm publishes its Service's address there, but a UnitPolicy only allows direct traffic to pods. Use an AppPolicy.`,
        location: policy.callee,
        related: [{ location: address.place.location, message: "The address is published here." }],
        fixes: convertedPolicyFixes(policy, facts),
      };
    }
  },
});

function targetOf(policy: DeclaredPolicy): "unit" | "app" {
  return policy.kind === "UnitPolicy" ? "unit" : "app";
}
