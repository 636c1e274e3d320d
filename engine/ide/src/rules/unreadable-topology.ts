import type { Topology } from "#mesh";
import { deploymentRule } from "./rule.ts";

/** The unreadable parts of a deployment file: the rest of it is used, so no other finding would show them. */
export const unreadableTopology = deploymentRule({
  name: "unreadable-topology",
  summary: "Part of the deployment file is malformed.",
  severities: ["warning", "information"],
  *findings({ topology }) {
    const severity = isHandWritten(topology) ? "warning" : "information";
    for (const { code, message, location } of topology.problems)
      if (code === "unreadable-topology")
        yield { message: `This part of the deployment is left out: ${message}`, location, severity };
  },
});

/** A program's output is valid by definition; a mismatch means that this project's schema is behind, or that only the deployment knows a value. */
function isHandWritten(topology: Topology): boolean {
  return topology.source === "file" || topology.source === "bundle";
}
