import { deploymentRule } from "./rule.ts";

/** juju refuses such a bundle, and no policy can follow from the relation. */
export const unknownApplication = deploymentRule({
  name: "unknown-application",
  summary: "A relation of a deployment names an application that is not there.",
  severities: ["error"],
  *findings({ topology }) {
    for (const { code, message, location } of topology.problems)
      if (code === "unknown-application") yield { message, location };
  },
});
