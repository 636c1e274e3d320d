import type { Application, RelationEnd, Topology, TopologyRelation } from "#mesh";
import { knownValue } from "#python";
import { type Location, span } from "#syntax";
import type { Finding } from "../diagnostic.ts";
import { lineEndOf } from "../edits/layout.ts";
import type { CharmFacts } from "./charm-facts.ts";

/** The place of an application in the topology's file; null where its source has no places. */
export function placeOf(application: Application): Location | null {
  return application.because.find((each) => each.location !== null)?.location ?? null;
}

/** The place of a relation in the topology's file: its first line, so that a finding does not underline a whole mapping of many lines. */
export function relationPlace(relation: TopologyRelation): Location | null {
  const location = relation.because.find((each) => each.location !== null)?.location;
  if (!location) return null;
  const { file, span: whole } = location;
  const end = Math.min(whole.end, lineEndOf(file.text, whole.start));
  return { file, span: span(whole.start, whole.start + file.text.slice(whole.start, end).trimEnd().length) };
}

/**
 * Whether an application is certainly not on the mesh: its source says so, or others of the deployment are and it is not. A
 * deployment without any application on the mesh may omit its beacon.
 */
export function isOffMesh(application: Application, onMesh: ReadonlyMap<string, boolean>): boolean {
  if (application.onMesh !== null) return !application.onMesh;
  const joined = onMesh.get(`${application.model}/${application.name}`) ?? false;
  return !joined && [...onMesh.values()].includes(true);
}

/** The application at one end of a relation. */
export function applicationAt(topology: Topology, end: RelationEnd): Application | null {
  return topology.applications.find((each) => each.name === end.application && each.model === end.model) ?? null;
}

/**
 * Endpoints that the charm's policies cover, its coordinator's own defaults included, each with the place that covers it. Unreadable
 * names are omitted.
 */
export function coveredEndpoints(
  facts: Pick<CharmFacts, "policies" | "coordinator" | "wiring">,
): ReadonlyMap<string, Location> {
  const covered = new Map<string, Location>();
  for (const policy of facts.policies) {
    const name = policy.kind === "MeshPolicy" ? undefined : knownValue(policy.relation);
    if (name !== undefined && !covered.has(name)) covered.set(name, policy.callee);
  }
  if (facts.wiring.coordinator === "all") {
    const metrics = facts.coordinator?.endpoints.entries.findLast((each) => each.key === "metrics");
    const name = metrics && knownValue(metrics.value);
    if (name && !covered.has(name)) covered.set(name, metrics.valueLocation);
  }
  return covered;
}

/** The related location of a finding that rests on a policy. */
export function coveredHere(location: Location | undefined): NonNullable<Finding["related"]> {
  return location ? [{ location, message: "Covered by this policy." }] : [];
}
