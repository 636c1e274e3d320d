import { type Application, knownValue, type RelationEnd, type Topology } from "#model";
import type { Location } from "#syntax";
import type { CharmFacts } from "./charm-facts.ts";

/** Where an application stands in the topology's file; null where its source does not tell. */
export function placeOf(application: Application): Location | null {
  return application.because.find((each) => each.location !== null)?.location ?? null;
}

/** The application at one end of a relation. */
export function applicationAt(topology: Topology, end: RelationEnd): Application | null {
  return topology.applications.find((each) => each.name === end.application && each.model === end.model) ?? null;
}

/** Endpoints that the charm's policies speak for, its coordinator's own defaults included. Names that can't be read are left out. */
export function coveredEndpoints(facts: Pick<CharmFacts, "policies" | "coordinator" | "wiring">): ReadonlySet<string> {
  const covered = new Set<string>();
  for (const policy of facts.policies) {
    const name = policy.kind === "MeshPolicy" ? undefined : knownValue(policy.relation);
    if (name !== undefined) covered.add(name);
  }
  if (facts.wiring.coordinator === "all") {
    const metrics = facts.coordinator?.endpoints.entries.findLast((each) => each.key === "metrics");
    const name = metrics && knownValue(metrics.value);
    if (name) covered.add(name);
  }
  return covered;
}
