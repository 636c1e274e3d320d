import { clusterDatabags, clusterWorkerData } from "#mesh";
import { deploymentRule } from "./rule.ts";

/** The tempo_cluster interface: the worker application publishes its role, each unit its topology and address. */
export const clusterDatabagMismatch = deploymentRule({
  name: "cluster-databag-mismatch",
  summary: "A worker's databag lacks its role, topology or address, or has one of the wrong type.",
  severities: ["error"],
  *findings({ topology }) {
    for (const databag of clusterDatabags(topology))
      for (const { message, location } of clusterWorkerData(databag).problems) yield { message, location };
  },
});
