import type { Topology } from "#mesh";
import { deploymentRule } from "./rule.ts";

/** What a deployment file says in vain: the rest of it is used, so nothing else would tell. */
export const unreadableTopology = deploymentRule({
  name: "unreadable-topology",
  summary: "Part of the deployment file is malformed.",
  severities: ["warning", "information"],
  *findings({ topology }) {
    const severity = isHandWritten(topology) ? "warning" : "information";
    for (const { code, message, location } of topology.problems)
      if (code === "unreadable-topology") yield { message: `This part is left out. ${message}`, location, severity };
  },
});

/** What a program has written is what it should be; then it is our form that lags behind, or a value that only time will tell. */
function isHandWritten(topology: Topology): boolean {
  return topology.source === "file" || topology.source === "bundle";
}
