import { interfaceKnowledge } from "#charm";
import { memo } from "#syntax";
import { beaconMode, type MeshMode, modelMode } from "../topology/mesh-mode.ts";
import type { Application, Topology } from "../topology/topology.ts";
import { applicationKey, type Deployed, deployedOf } from "./effective/deployed.ts";

/** By the parts of the mode that decide. */
const memberships = memo((_: Topology) => new Map<string, ReadonlyMap<string, boolean>>());

/**
 * Which applications are on the mesh, by `<model>/<app>`; an application for which this is not known is absent. In this order: what
 * the topology says of it; beacons are; all of a model whose beacon has model-on-mesh (or, without any beacon in the topology, whose
 * mode has it); what is related to a beacon and whose charm makes a consumer, and the workers of a coordinator that is; a placeholder of an inferred topology counts
 * as on the mesh; an application that lives elsewhere is not known; all others are not. Source: istio-beacon-k8s, src/charm.py
 * (canonical/service-mesh ba7356f): `_put_charm_on_mesh`, `_add_labels`, and `mesh_labels_for_service_mesh_relation`, which gives
 * subscribers no labels where the model's namespace carries them.
 */
export function meshMembership(topology: Topology, mode: MeshMode): ReadonlyMap<string, boolean> {
  const known = memberships(topology);
  const key = JSON.stringify([mode.modelOnMesh, mode.beacons]);
  const members = known.get(key) ?? membersOf(topology, mode);
  known.set(key, members);
  return members;
}

/** Whether all of a model is on the mesh, so that its namespace carries the labels and each of its Services is behind the waypoint. */
export function isModelOnMesh(topology: Topology, mode: MeshMode, model: string): boolean {
  const { beacons } = deployedOf(topology);
  if (beacons.length === 0) return modelMode(mode, model).modelOnMesh;
  return beacons.some((beacon) => beacon.model === model && beaconMode(mode, beacon).modelOnMesh);
}

function membersOf(topology: Topology, mode: MeshMode): ReadonlyMap<string, boolean> {
  const deployed = deployedOf(topology);
  const whole = new Map(topology.models.map((model) => [model, isModelOnMesh(topology, mode, model)]));
  const beacons = new Set(deployed.beacons);
  const members = new Map<string, boolean>();
  for (const application of topology.applications) {
    const key = applicationKey(application.model, application.name);
    const subscribed = deployed.beaconOf.get(key)?.beacon;
    const joined =
      (whole.get(application.model) ?? isModelOnMesh(topology, mode, application.model)) ||
      beacons.has(application) ||
      (subscribed !== undefined && application.hasConsumer !== false && !beaconMode(mode, subscribed).modelOnMesh);
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
