import { interfaceKnowledge } from "#charm";
import type { Application, MeshMode, Topology } from "../topology/topology.ts";
import { applicationKey, type Deployed, deployedOf } from "./effective/deployed.ts";

const cache = new WeakMap<Topology, Map<boolean, ReadonlyMap<string, boolean>>>();

/**
 * Which applications are on the mesh, by `<model>/<app>`; one of which that can't be told is not in the map. In this order: what the
 * topology says of it; beacons are; with model-on-mesh, all of the beacons' models are (of every model where no beacon is known);
 * whoever is related to a beacon is, and the workers of a coordinator that is; a placeholder of an inferred topology counts as
 * on the mesh; an application that lives elsewhere can't be told; all others are not.
 */
export function meshMembership(topology: Topology, mode: MeshMode): ReadonlyMap<string, boolean> {
  const known = cache.get(topology) ?? new Map<boolean, ReadonlyMap<string, boolean>>();
  cache.set(topology, known);
  const members = known.get(mode.modelOnMesh) ?? membersOf(topology, mode.modelOnMesh);
  known.set(mode.modelOnMesh, members);
  return members;
}

function membersOf(topology: Topology, modelOnMesh: boolean): ReadonlyMap<string, boolean> {
  const deployed = deployedOf(topology);
  const models = new Set(deployed.beacons.map((beacon) => beacon.model));
  const beacons = new Set(deployed.beacons);
  const members = new Map<string, boolean>();
  for (const application of topology.applications) {
    const key = applicationKey(application.model, application.name);
    const whole = modelOnMesh && (models.size === 0 || models.has(application.model));
    const joined = whole || beacons.has(application) || deployed.beaconOf.has(key);
    const onMesh = application.onMesh ?? (joined || byKind(application));
    if (onMesh !== null) members.set(key, onMesh);
  }
  for (const worker of clusterWorkers(topology, deployed, members)) members.set(worker, true);
  return members;
}

function byKind(application: Application): boolean | null {
  if (application.kind === "placeholder") return true;
  return application.kind === "saas" ? null : false;
}

/** The workers that get the mesh labels from their coordinator, over the cluster relation. */
function clusterWorkers(
  topology: Topology,
  deployed: Deployed,
  members: ReadonlyMap<string, boolean>,
): readonly string[] {
  return topology.relations.flatMap((relation) => {
    if (relation.peer || relation.interface === null) return [];
    if (!isClusterInterface(relation.interface)) return [];
    const { provider, requirer } = relation;
    if (members.get(applicationKey(provider.model, provider.application)) !== true) return [];
    const worker = applicationKey(requirer.model, requirer.application);
    return deployed.applications.get(worker)?.onMesh == null ? [worker] : [];
  });
}

/** tempo_cluster and its like; of an interface that the catalogue does not know, the name decides, as for the map's key `cluster`. */
function isClusterInterface(name: string): boolean {
  const known = interfaceKnowledge(name);
  return known ? known.handledBy === "cluster" : /.[-_]cluster$/.test(name);
}
