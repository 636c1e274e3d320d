import { deploymentRule } from "./rule.ts";

/** juju refuses a relation without endpoints where more than one pair fits. */
export const ambiguousRelation = deploymentRule({
  name: "ambiguous-relation",
  summary: "A relation leaves its endpoints out, and more than one pair of interfaces fits.",
  severities: ["error"],
  *findings({ topology }) {
    for (const { code, message, location } of topology.problems)
      if (code === "ambiguous-relation") yield { message, location };
  },
});
