import { type DeclaredPolicy, interfaceKnowledge, mayConnectTo } from "#charm";
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
        message: `${consequence(policy, policies)}: ${
          knowledge.opens === "none"
            ? `no traffic flows over \`${relation.interface}\` (${knowledge.about})`
            : `over \`${relation.interface}\` this charm connects to the other side, not the other way round`
        }.`,
        location: policy.relationLocation ?? policy.callee,
        related: [{ location: relation.key, message: `“${relation.endpoint}” is declared here.` }],
        fixes: removingPolicyFixes(policy, python, true),
      };
    }
  },
});

/** What the needless policy does: the first policy of a Service closes it for everything that no policy allows. */
function consequence(policy: DeclaredPolicy, policies: readonly DeclaredPolicy[]): string {
  const closing = policies.filter((each) => each.kind !== "UnitPolicy" && each.kind !== "MeshPolicy");
  if (policy.kind === "UnitPolicy") return "This policy is not needed";
  return closing.length === 1 && closing[0] === policy
    ? "This policy is not needed, and it closes the Service for everybody else: as its only policy it makes the waypoint deny all other traffic"
    : "This policy is not needed";
}
