import { interfaceKnowledge, mayConnectTo } from "#charm";
import { knownValue } from "#python";
import { removingPolicyFixes } from "../fixes/policy-edits.ts";
import { charmRule } from "./rule.ts";

/** A policy lets the other side in; over these interfaces the other side never comes. */
export const policyWithoutTraffic = charmRule({
  name: "policy-without-traffic",
  summary: "A policy for a relation over which nobody connects to this charm.",
  severities: ["warning"],
  *findings({ policies, declared, python }) {
    if (declared.damaged) return;
    for (const policy of policies) {
      const name = knownValue(policy.relation);
      const relation = name === undefined ? undefined : declared.byName.get(name);
      if (policy.kind === "MeshPolicy" || !relation?.interface || relation.side === "peers") continue;
      const knowledge = interfaceKnowledge(relation.interface);
      if (!knowledge || mayConnectTo(knowledge, relation.side)) continue;
      yield {
        message:
          knowledge.opens === "none"
            ? `Over \`${relation.interface}\` no traffic flows (${knowledge.about}): this policy grants what nobody needs.`
            : `Over \`${relation.interface}\` this charm connects to the other side, not the other way round: this policy grants what nobody needs.`,
        location: policy.relationLocation ?? policy.callee,
        related: [{ location: relation.key, message: `“${relation.endpoint}” is declared here.` }],
        fixes: removingPolicyFixes(policy, python, true),
      };
    }
  },
});
