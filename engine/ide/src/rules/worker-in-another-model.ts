import { clusterRelation } from "../facts/cluster-relation.ts";
import { applicationAt, relationPlace } from "../facts/deployed-applications.ts";
import { deploymentRule } from "./rule.ts";

/** "The following policy assumes that the coordinator and worker will always be in the same model" (coordinated_workers/service_mesh.py). */
export const workerInAnotherModel = deploymentRule({
  name: "worker-in-another-model",
  summary: "Coordinator and worker are in different models.",
  severities: ["error"],
  *findings({ topology, charmNamed }) {
    for (const relation of topology.relations) {
      const { provider, requirer } = relation;
      const location = relationPlace(relation);
      if (!location || (provider.model === requirer.model && !relation.crossModel)) continue;
      const coordinator = charmNamed(applicationAt(topology, provider)?.charm ?? null);
      const worker = charmNamed(applicationAt(topology, requirer)?.charm ?? null);
      const ours = coordinator?.coordinator && clusterRelation(coordinator.coordinator.endpoints, coordinator.declared);
      const theirs = worker?.worker && clusterRelation(worker.worker.endpoints, worker.declared);
      if (ours?.endpoint !== provider.endpoint && theirs?.endpoint !== requirer.endpoint) continue;
      if (!ours && !theirs) continue;
      yield {
        message: `“${requirer.application}” and “${provider.application}” can't reach each other: the cluster's own policies assume one model, and these are two.`,
        location,
        related: [coordinator?.coordinator, worker?.worker].flatMap((call) =>
          call ? [{ location: call.callee, message: "This call makes it part of the cluster." }] : [],
        ),
      };
    }
  },
});
