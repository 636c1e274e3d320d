import { interfaceKnowledge } from "#charm";
import type { Application, Databag, Topology, TopologyRelation } from "../topology.ts";
import { clusterWorkerData } from "./cluster-worker-data.ts";
import { crossModelMeshData, serviceMeshData } from "./mesh-databags.ts";

/**
 * The topology with the facts of its databags: the roles of workers, who got a beacon's labels, and whether cross-model mesh data is published.
 * What the source itself says stays.
 */
export function withDatabagFacts(topology: Topology): Topology {
  if (topology.databags.length === 0) return topology;
  const roles = workerRoles(topology);
  const subscribed = new Set(
    topology.databags.filter((databag) => serviceMeshData(databag) !== null).map((one) => one.relatedApplication),
  );
  return {
    ...topology,
    applications: topology.applications.map((one): Application => {
      const role = one.role ?? roles.get(one.name) ?? null;
      const onMesh = one.onMesh ?? (subscribed.has(one.name) ? true : null);
      return role === one.role && onMesh === one.onMesh ? one : { ...one, role, onMesh };
    }),
    relations: topology.relations.map((one) => withPublishedMeshData(one, topology.databags)),
  };
}

/** A relation of a cluster, by the interface's name: `tempo_cluster`, or `x_cluster` of an unknown charm. */
export function isClusterInterface(name: string | null): boolean {
  if (name === null) return false;
  const known = interfaceKnowledge(name);
  return known ? known.handledBy === "cluster" : name.endsWith("_cluster");
}

/** The databags that workers publish over cluster relations. */
export function clusterDatabags(topology: Topology): readonly Databag[] {
  const ends = new Set(
    topology.relations
      .filter((one) => isClusterInterface(one.interface))
      .map(({ requirer }) => `${requirer.application}:${requirer.endpoint ?? "?"}`),
  );
  return topology.databags.filter((databag) => ends.has(`${databag.application}:${databag.endpoint}`));
}

function workerRoles(topology: Topology): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const databag of clusterDatabags(topology)) {
    const { roles } = clusterWorkerData(databag);
    if (roles.length > 0) found.set(databag.application, roles.join(","));
  }
  return found;
}

function withPublishedMeshData(relation: TopologyRelation, databags: readonly Databag[]): TopologyRelation {
  const { crossModel } = relation;
  if (crossModel === null) return relation;
  const names = [relation.requirer.application, crossModel.alias, crossModel.saas];
  const published = databags.filter(
    (databag) => databag.unit === null && names.includes(databag.application) && databag.data.has("cmr_data"),
  );
  const isPublished = published.some((databag) => crossModelMeshData(databag) !== null);
  return isPublished && !crossModel.meshData
    ? { ...relation, crossModel: { ...crossModel, meshData: true } }
    : relation;
}
