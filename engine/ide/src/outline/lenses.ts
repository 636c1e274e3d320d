import type { CharmModel } from "#charm";
import type { Location } from "#syntax";
import { type Deployment, deploymentOf, policiesFrom, policiesOpening } from "../analysis/deployment.ts";
import type { Analysis } from "../analysis/snapshot.ts";
import { offersMeshSupport } from "../mesh-support/offered-mesh-support.ts";

/** What a click on a lens asks for. */
export type LensAction = "show-graph" | "show-policies" | "add-mesh-support";

/** A lens without its title: a place can have several, one for each action. */
export interface LensPlace {
  readonly location: Location;
  readonly action: LensAction;
}

/** A line above a place, and what a click on it asks for. */
export interface Lens extends LensPlace {
  readonly title: string;
}

/** The lenses of a file; their titles are computed when they are shown. */
export function lensPlaces(analysis: Analysis, path: string): readonly LensPlace[] {
  const charm = analysis.charmOf(path);
  return charm ? [...placesOf(analysis, charm)].filter(({ location }) => location.file.path === path) : [];
}

/** A lens of `lensPlaces` with its title; null where the source no longer has it. */
export function lensAt(analysis: Analysis, path: string, offset: number, action: LensAction): Lens | null {
  const charm = analysis.charmOf(path);
  if (!charm) return null;
  const place = [...placesOf(analysis, charm)].find(
    ({ location, action: asked }) => location.file.path === path && location.span.start === offset && asked === action,
  );
  if (!place) return null;
  if (action === "add-mesh-support") return { ...place, title: "Add service mesh support" };
  if (action === "show-graph") return { ...place, title: "Show traffic graph" };
  const deployment = deploymentOf(analysis, charm);
  const policy = charm.policies.find(({ callee }) => callee === place.location);
  return { ...place, title: policy ? becomes(deployment, charm, policy.call) : opening(deployment, charm) };
}

/** How many policies open a charm: those inside its cluster apart from the others, where it has a cluster. */
function opening(deployment: Deployment, charm: CharmModel): string {
  const target = policiesOpening(deployment, charm);
  if (!charm.coordinator) return counted(target.length);
  const internal = target.filter((policy) => policy.origin === "cluster-internal").length;
  return `${internal} internal · ${target.length - internal} external policies`;
}

function* placesOf(analysis: Analysis, charm: CharmModel): Iterable<LensPlace> {
  const both = (location: Location): readonly LensPlace[] => [
    { location, action: "show-policies" },
    { location, action: "show-graph" },
  ];
  if (offersMeshSupport(analysis, charm))
    for (const location of [charm.metadata.nameLocation, charm.coordinator?.callee])
      if (location) yield { location, action: "add-mesh-support" };
  if (charm.coordinator) yield* both(charm.coordinator.callee);
  for (const consumer of charm.consumers) yield* both(consumer.callee);
  for (const policy of charm.policies)
    if (policy.holder !== null) yield { location: policy.callee, action: "show-policies" };
  const meshed = charm.coordinator !== null || charm.consumers.length > 0;
  for (const relation of charm.metadata.relations)
    if (meshed && relation.interface === "service_mesh") yield* both(relation.key);
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
