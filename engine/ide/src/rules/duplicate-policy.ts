import { contains, exactGrant } from "../facts/policy-grant.ts";
import { removingPolicyFixes } from "../fixes/policy-edits.ts";
import { charmRule } from "./rule.ts";

/** Policies only allow, so one that another contains adds nothing. */
export const duplicatePolicy = charmRule({
  name: "duplicate-policy",
  summary: "Two policies grant the same, or one contains the other.",
  severities: ["warning"],
  *findings({ policies, python }) {
    const grants = policies.map((policy) => ({ policy, grant: exactGrant(policy) }));
    for (const [at, { policy, grant }] of grants.entries()) {
      if (!grant) continue;
      const wider = grants.find((other, index) => {
        if (index === at || !other.grant || other.policy.holder !== policy.holder) return false;
        // What is granted under a condition does not always stand in for the other.
        if (other.policy.condition !== null && other.policy.condition !== policy.condition) return false;
        if (!contains(other.grant, grant)) return false;
        return !contains(grant, other.grant) || (index < at && other.policy.call !== policy.call);
      });
      if (!wider?.grant) continue;
      const same = contains(grant, wider.grant);
      yield {
        message: same
          ? `Another policy grants the same over “${grant.relation}”.`
          : `Another policy for “${grant.relation}” grants all of this and more.`,
        location: policy.callee,
        related: [{ location: wider.policy.callee, message: "This is the other policy." }],
        tags: ["unnecessary"],
        fixes: removingPolicyFixes(policy, python, true),
      };
    }
  },
});
