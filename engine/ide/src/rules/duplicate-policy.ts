import type { RawPolicy } from "#charm";
import { sameCondition } from "#python";
import { contains, exactGrant } from "../facts/policy-grant.ts";
import { removingPolicyFixes } from "../fixes/policy-edits.ts";
import { charmRule } from "./rule.ts";

const ALLOW_ALL = "generate_allow_all_authorization_policy";

/** Each policy is compared with so many others of its relation: more than any charm has. */
const MOST_COMPARED = 100;

/** Policies only allow, so one that another contains adds nothing. */
export const duplicatePolicy = charmRule({
  name: "duplicate-policy",
  summary: "Two policies allow the same, or one allows all that the other does.",
  severities: ["warning"],
  *findings({ policies, rawPolicies, imports, python }) {
    // The helper's policy selects the application's own pods; a charm's own function of that name may select others.
    const helper = imports.some((each) => each.module.startsWith("charmed_kubeflow_chisme") && each.name === ALLOW_ALL);
    const allowAll = helper ? rawPolicies.find((each) => each.kind === "allow-all" && isAlwaysThere(each)) : undefined;
    if (allowAll)
      for (const policy of policies) {
        if (policy.kind !== "UnitPolicy") continue;
        yield {
          message: "This policy adds nothing: an allow-all policy already lets all traffic into the pods.",
          location: policy.callee,
          related: [{ location: allowAll.call, message: "This is the allow-all policy." }],
          tags: ["unnecessary"],
          fixes: removingPolicyFixes(policy, python, true),
        };
      }
    const grants = policies.flatMap((policy, at) => {
      const grant = exactGrant(policy);
      return grant ? [{ policy, grant, at }] : [];
    });
    const byRelation = new Map<string, (typeof grants)[number][]>();
    for (const each of grants) {
      const list = byRelation.get(each.grant.relation);
      if (!list) byRelation.set(each.grant.relation, [each]);
      else if (list.length < MOST_COMPARED) list.push(each);
    }
    for (const { policy, grant, at } of grants) {
      const wider = byRelation.get(grant.relation)?.find((other) => {
        if (other.at === at || other.policy.holder !== policy.holder) return false;
        // A conditional grant does not always replace the other.
        if (other.policy.condition !== null && !sameCondition(other.policy.condition, policy.condition)) return false;
        if (!contains(other.grant, grant)) return false;
        return !contains(grant, other.grant) || (other.at < at && other.policy.call !== policy.call);
      });
      if (!wider) continue;
      const same = contains(grant, wider.grant);
      yield {
        message: same
          ? `This policy adds nothing: another one allows the same over “${grant.relation}”.`
          : `This policy adds nothing: another one for “${grant.relation}” allows all of this and more.`,
        location: policy.callee,
        related: [{ location: wider.policy.callee, message: "This is the other policy." }],
        tags: ["unnecessary"],
        fixes: removingPolicyFixes(policy, python, true),
      };
    }
  },
});

/**
 * The helper's policy is there whenever the charm's other policies are: always, or while the consumer has its relation. Another condition
 * may not hold when the UnitPolicy is needed (pvcviewer hands the helper's policy over only with a gateway).
 */
function isAlwaysThere({ handedOver }: RawPolicy): boolean {
  const condition = handedOver ?? null;
  if (condition === null) return true;
  const [clause] = condition;
  return condition.length === 1 && clause?.kind === "test" && /^self\.\w+\._relation$/.test(clause.source);
}
