import type { Application, Topology } from "#mesh";
import { knownValue } from "#python";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { clusterRelation } from "../facts/cluster-relation.ts";
import { placeOf } from "../facts/deployed-applications.ts";
import { deploymentRule } from "./rule.ts";

/** "Incoherent deployment": without workers in all roles of the minimal deployment Coordinator handles no event. */
export const missingWorker = deploymentRule({
  name: "missing-worker",
  summary: "A coordinator without worker, or whose workers' roles do not cover the minimal deployment.",
  severities: ["error"],
  *findings({ topology, charmNamed }) {
    for (const application of topology.applications) {
      const charm = charmNamed(application.charm);
      const place = placeOf(application);
      if (application.kind !== "deployed" || !charm?.coordinator || !place) continue;
      const cluster = clusterRelation(charm.coordinator.endpoints, charm.declared);
      if (!cluster) continue;
      const related = [{ location: charm.coordinator.callee, message: "The coordinator is made here." }];
      const workers = workersOf(topology, application, cluster.endpoint);
      if (workers === null) continue;
      if (workers.length === 0) {
        yield {
          message: `“${application.name}” stays blocked: no worker is integrated with its “${cluster.endpoint}”, and a coordinator alone handles no event.`,
          location: place,
          related,
        };
        continue;
      }
      const missing = missingRoles(charm, workers);
      if (missing.length > 0)
        yield {
          message: `“${application.name}” stays blocked: its workers don't cover the roles ${missing.join(", ")}, which its minimal deployment needs.`,
          location: place,
          related,
        };
    }
  },
});

/** The applications at the other end of the cluster relation; null where an unknown endpoint may be one. */
function workersOf(topology: Topology, coordinator: Application, endpoint: string): readonly Application[] | null {
  const found: Application[] = [];
  for (const { provider, requirer } of topology.relations) {
    if (provider.application !== coordinator.name || provider.model !== coordinator.model) continue;
    if (provider.endpoint === null) return null;
    if (provider.endpoint !== endpoint) continue;
    const worker = topology.applications.find(
      (each) => each.name === requirer.application && each.model === requirer.model,
    );
    if (!worker) return null;
    found.push(worker);
  }
  return found;
}

function missingRoles(charm: CharmFacts, workers: readonly Application[]): readonly string[] {
  const config = charm.coordinator && knownValue(charm.coordinator.minimalDeployment);
  const meta = charm.coordinator && knownValue(charm.coordinator.metaRoles);
  const roles = workers.map((each) => each.role);
  if (!config || !meta || roles.includes(null)) return [];
  const covered = new Set(
    roles.flatMap((each) => (each ?? "").split(",")).flatMap((role) => [role, ...(meta.get(role) ?? [])]),
  );
  return config.filter((role) => !covered.has(role));
}
