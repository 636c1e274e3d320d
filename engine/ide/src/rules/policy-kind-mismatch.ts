import type { DeclaredPolicy } from "#charm";
import { knownValue } from "#python";
import { addressOf } from "../facts/published-address.ts";
import { convertedPolicyFixes } from "../fixes/policy-kind-edits.ts";
import { charmRule } from "./rule.ts";

/** A UnitPolicy is enforced at the pod, an AppPolicy at the Service's waypoint; each speaks only for traffic that comes that way. */
export const policyKindMismatch = charmRule({
  name: "policy-kind-mismatch",
  summary:
    "The charm publishes its pods' address over a relation and grants access to its Service, or the other way round.",
  severities: ["warning"],
  *findings(facts) {
    const { policies, policiesComplete, rawPolicies, resourceManagers, published, coordinator } = facts;
    if (!policiesComplete || rawPolicies.length > 0 || resourceManagers.length > 0) return;
    if (policies.some((each) => knownValue(each.relation) === undefined)) return;
    const metrics = coordinator?.endpoints.entries.findLast((each) => each.key === "metrics");
    for (const policy of policies) {
      const relation = knownValue(policy.relation);
      // For its metrics relation a coordinator grants both kinds by itself.
      if (relation === undefined || (metrics && knownValue(metrics.value) === relation)) continue;
      const kinds = new Set(policies.filter((each) => knownValue(each.relation) === relation).map(targetOf));
      const address = addressOf(published, relation);
      if (!address || kinds.has(address.kind) || policy.service.kind !== "known") continue;
      if (targetOf(policy) === "unit" ? false : policy.service.value !== null) continue;
      yield {
        message:
          address.kind === "unit"
            ? `Over “${relation}” this charm tells the address of its pod, and this ${policy.kind} lets in what comes to its Service: direct traffic to the pod stays denied.`
            : `Over “${relation}” this charm tells the address of its Service, and this UnitPolicy lets in what comes directly to its pods.`,
        location: policy.callee,
        related: [{ location: address.place.location, message: "The address is told here." }],
        fixes: convertedPolicyFixes(policy, facts),
      };
    }
  },
});

function targetOf(policy: DeclaredPolicy): "unit" | "app" {
  return policy.kind === "UnitPolicy" ? "unit" : "app";
}
