import type { CharmModel } from "#charm";
import type { Location } from "#syntax";
import { type Deployment, deploymentOf, policiesFrom, policiesOpening } from "../analysis/deployment.ts";
import type { Analysis } from "../analysis/snapshot.ts";

/** A line above a place, and what a click on it asks for. */
export interface Lens {
  readonly location: Location;
  readonly title: string;
  readonly action: "show-graph" | "show-policies";
}

/** The places of a file that carry a lens; their titles are worked out when they are shown. */
export function lensPlaces(analysis: Analysis, path: string): readonly Location[] {
  const charm = analysis.charmOf(path);
  return charm ? [...placesOf(charm)].filter((place) => place.file.path === path) : [];
}

/** The lens at a place that `lensPlaces` gave; null where it is gone meanwhile. */
export function lensAt(analysis: Analysis, path: string, offset: number): Lens | null {
  const charm = analysis.charmOf(path);
  if (!charm) return null;
  const deployment = deploymentOf(analysis, charm);
  const here = (place: Location): boolean => place.file.path === path && place.span.start === offset;
  const target = policiesOpening(deployment, charm);
  const internal = target.filter((policy) => policy.origin === "cluster-internal").length;
  const all = `${internal} internal · ${target.length - internal} external policies`;
  if (charm.coordinator && here(charm.coordinator.callee))
    return { location: charm.coordinator.callee, title: `${all} · show graph`, action: "show-graph" };
  for (const consumer of charm.consumers) {
    if (here(consumer.callee))
      return { location: consumer.callee, title: `${counted(target.length)} · show graph`, action: "show-graph" };
  }
  for (const policy of charm.policies) {
    if (!here(policy.callee)) continue;
    return {
      location: policy.callee,
      title: becomes(deployment, charm, policy.call),
      action: "show-policies",
    };
  }
  for (const relation of charm.metadata.relations) {
    if (relation.interface === "service_mesh" && here(relation.key)) {
      return {
        location: relation.key,
        title: `${charm.coordinator ? all : counted(target.length)} · show graph`,
        action: "show-graph",
      };
    }
  }
  return null;
}

function* placesOf(charm: CharmModel): Iterable<Location> {
  if (charm.coordinator) yield charm.coordinator.callee;
  for (const consumer of charm.consumers) yield consumer.callee;
  for (const policy of charm.policies) if (policy.holder !== null) yield policy.callee;
  const meshed = charm.coordinator !== null || charm.consumers.length > 0;
  for (const relation of charm.metadata.relations)
    if (meshed && relation.interface === "service_mesh") yield relation.key;
}

function counted(count: number): string {
  return count === 1 ? "1 policy" : `${count} policies`;
}

/** How many resources a declared policy becomes; where a file describes a deployment in which that is none, the file is named. */
function becomes(found: Deployment, charm: CharmModel, call: Location): string {
  const { file } = found.topology;
  const count = policiesFrom(found, charm, call).filter(({ resource }) => resource !== null).length;
  const where = count === 0 && file ? ` in ${file.path}` : "";
  return count === 1 ? "1 authorization policy" : `${count} authorization policies${where}`;
}
