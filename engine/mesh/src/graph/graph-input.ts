import { type CharmModel, type InterfaceKnowledge, interfaceKnowledge } from "#charm";
import type { EffectivePolicies, EffectivePolicy } from "../policy/effective-policy.ts";
import { isClusterInterface } from "../topology/databags/with-databag-facts.ts";
import type { MeshMode } from "../topology/mesh-mode.ts";
import type { Application, RelationEnd, Topology, TopologyRelation } from "../topology/topology.ts";

export type GraphLayerId =
  | "applications"
  | "internal"
  | "service"
  | "unit"
  | "telemetry"
  | "telemetry-bypass"
  | "suggested"
  | "cross-model"
  | "mesh";

/** What may be chosen about a graph. Everything has a default. */
export interface GraphOptions {
  /** Default: the topology's own mode. */
  readonly mode?: MeshMode;
  /** Whether an application (`<model>/<app>`) has a certificate; one boolean speaks for all; absent: not known. */
  readonly tls?: boolean | ReadonlyMap<string, boolean>;
  /** The layers to draw; default: all. Applications are always there. */
  readonly layers?: readonly GraphLayerId[];
  /** Ports on which applications (`<model>/<app>`) really listen, for charms that are not in the workspace. */
  readonly ports?: ReadonlyMap<string, readonly number[]>;
}

/** A coordinator with the workers that are related to it. */
export interface Cluster {
  readonly coordinator: Application;
  /** The coordinator's charm, where it is in the workspace. */
  readonly charm: CharmModel | null;
  readonly workers: readonly { readonly application: Application; readonly relation: TopologyRelation }[];
}

/** All that a layer may look at. Built once per graph, in time linear in the topology and the policies. */
export interface GraphInput {
  readonly models: readonly CharmModel[];
  readonly topology: Topology;
  readonly effective: EffectivePolicies;
  readonly options: GraphOptions;
  readonly mode: MeshMode;
  /** By `<model>/<app>`. */
  readonly applications: ReadonlyMap<string, Application>;
  readonly relationsOf: ReadonlyMap<string, readonly TopologyRelation[]>;
  readonly relations: ReadonlyMap<string, TopologyRelation>;
  readonly policiesOf: ReadonlyMap<string, readonly EffectivePolicy[]>;
  /** Ports that policies of whatever relation name between two applications, by `<source> <target>`. */
  readonly portsBetween: ReadonlyMap<string, readonly number[]>;
  /** Cluster-internal policies by their source. */
  readonly internalOf: ReadonlyMap<string, readonly EffectivePolicy[]>;
  readonly clusters: readonly Cluster[];
  /** The cluster that an application belongs to, as coordinator or worker. */
  readonly clusterOf: ReadonlyMap<string, Cluster>;
  readonly charmOf: (application: Application) => CharmModel | null;
  readonly knowledgeOf: (relation: TopologyRelation) => InterfaceKnowledge | null;
}

/** `<model>/<app>`: how an application is found in the maps of the input. */
export function keyOf(end: RelationEnd | Application): string {
  return `${end.model}/${"name" in end ? end.name : end.application}`;
}

/** The endpoint of a relation on one application's side. */
export function endpointOf(relation: TopologyRelation, application: Application): string | null {
  const end = keyOf(relation.provider) === keyOf(application) ? relation.provider : relation.requirer;
  return end.endpoint;
}

/** The look-ups that the layers share. */
export function graphInput(
  models: readonly CharmModel[],
  topology: Topology,
  effective: EffectivePolicies,
  options: GraphOptions = {},
): GraphInput {
  const applications = new Map(topology.applications.map((one) => [keyOf(one), one]));
  const relationsOf = new Map<string, TopologyRelation[]>();
  for (const relation of topology.relations) {
    const ends = relation.peer ? [relation.provider] : [relation.provider, relation.requirer];
    for (const end of ends) listed(relationsOf, keyOf(end), relation);
  }
  const policiesOf = new Map<string, EffectivePolicy[]>();
  const internalOf = new Map<string, EffectivePolicy[]>();
  const portsBetween = new Map<string, number[]>();
  for (const policy of effective.policies) {
    const { source_namespace, source_app_name, target_namespace, target_app_name, endpoints } = policy.meshPolicy;
    const between = `${source_namespace}/${source_app_name} ${target_namespace}/${target_app_name}`;
    for (const port of endpoints.flatMap((endpoint) => endpoint.ports ?? [])) listed(portsBetween, between, port);
    if (policy.relation !== null) listed(policiesOf, policy.relation, policy);
    if (policy.origin === "cluster-internal") listed(internalOf, `${source_namespace}/${source_app_name}`, policy);
  }
  const charms = charmsByName(models);
  const charmOf = (application: Application): CharmModel | null =>
    application.charm === null ? null : (charms.get(application.charm) ?? null);
  const clusters = clustersOf(topology, applications, charmOf);
  const clusterOf = new Map<string, Cluster>();
  for (const cluster of clusters) {
    clusterOf.set(keyOf(cluster.coordinator), cluster);
    for (const { application } of cluster.workers) clusterOf.set(keyOf(application), cluster);
  }
  return {
    models,
    topology,
    effective,
    options,
    mode: options.mode ?? topology.mode,
    applications,
    relationsOf,
    relations: new Map(topology.relations.map((relation) => [relation.id, relation])),
    policiesOf,
    portsBetween,
    internalOf,
    clusters,
    clusterOf,
    charmOf,
    knowledgeOf: (relation) => (relation.interface === null ? null : interfaceKnowledge(relation.interface)),
  };
}

function listed<T>(into: Map<string, T[]>, key: string, value: T): void {
  const list = into.get(key);
  if (list) list.push(value);
  else into.set(key, [value]);
}

/** Charms by name; a test charm only if no other charm has its name. */
function charmsByName(models: readonly CharmModel[]): ReadonlyMap<string, CharmModel> {
  const found = new Map<string, CharmModel>();
  for (const model of models) {
    const { name } = model.metadata;
    const before = name === null ? undefined : found.get(name);
    if (name !== null && (before === undefined || (before.test && !model.test))) found.set(name, model);
  }
  return found;
}

function clustersOf(
  topology: Topology,
  applications: ReadonlyMap<string, Application>,
  charmOf: (application: Application) => CharmModel | null,
): readonly Cluster[] {
  const workers = new Map<string, { application: Application; relation: TopologyRelation }[]>();
  for (const relation of topology.relations) {
    if (relation.peer || !isClusterInterface(relation.interface)) continue;
    const worker = applications.get(keyOf(relation.requirer));
    if (worker) listed(workers, keyOf(relation.provider), { application: worker, relation });
  }
  return topology.applications.flatMap((coordinator) => {
    const charm = charmOf(coordinator);
    const found = workers.get(keyOf(coordinator)) ?? [];
    return charm?.kind === "coordinator" || found.length > 0 ? [{ coordinator, charm, workers: found }] : [];
  });
}
