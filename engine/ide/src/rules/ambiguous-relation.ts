import { deploymentRule } from "./rule.ts";

/** juju refuses a relation without endpoints where more than one pair fits. */
export const ambiguousRelation = deploymentRule({
  name: "ambiguous-relation",
  summary: "A relation names no endpoints, and more than one pair of endpoints fits.",
  severities: ["error"],
  *findings({ topology }) {
    for (const { code, message, location } of topology.problems)
      if (code === "ambiguous-relation") yield { message, location };
  },
});
