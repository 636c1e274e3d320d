import type { CharmModel, CharmRelation } from "../charm/charm-model.ts";
import { knownValue, optionsOf } from "../fact/fact.ts";
import { type Reason, reasonAt } from "../fact/reason.ts";
import { relationId } from "./assembly/assembled.ts";
import { ASSUMED_MODEL, emptyTopology, unitNamesOf } from "./assembly/topology-parts.ts";
import type { Application, RelationEnd, Topology, TopologyRelation } from "./topology.ts";

/**
 * A deployment that the charms themselves suggest, where no file describes one: each charm once, under its own name, in one model;
 * workers related to the coordinator of their cluster interface, or one placeholder per role where no worker charm is there; and
 * one placeholder application on the other side of each declared relation, named after the interface. Test charms are left out
 * unless there is nothing else. Says in `note` that it is inferred.
 */
export function inferredTopology(models: readonly CharmModel[]): Topology {
  const own = models.filter((one) => !one.test);
  const charms = named(own.length > 0 ? own : models);
  const into: Inferred = {
    bothSides: bothSides(charms),
    applications: new Map(),
    relations: new Map(),
    joined: new Map(),
  };
  for (const { name, model } of charms) addCharm(into, name, model);
  const workers = charms.filter(({ model }) => model.kind === "worker");
  for (const { name, model } of charms) if (model.kind === "coordinator") addCluster(into, name, model, workers);
  for (const { name, model } of charms)
    for (const relation of model.metadata.relations)
      if (!isJoined(into, name, relation)) addRemote(into, name, model, relation);
  return {
    ...emptyTopology("inferred", null),
    models: charms.length > 0 ? [ASSUMED_MODEL] : [],
    applications: [...into.applications.values()],
    relations: [...into.relations.values()],
    note: "Inferred from the charms: one application per charm, and a stand-in on the other side of each relation.",
  };
}

interface Inferred {
  /** Interfaces that some relation provides and another one requires. */
  readonly bothSides: ReadonlySet<string>;
  readonly applications: Map<string, Application>;
  readonly relations: Map<string, TopologyRelation>;
  /** Endpoints that a relation stands on, by application. */
  readonly joined: Map<string, Set<string | null>>;
}

interface NamedCharm {
  readonly name: string;
  readonly model: CharmModel;
}

function bothSides(charms: readonly NamedCharm[]): ReadonlySet<string> {
  const relations = charms.flatMap(({ model }) => model.metadata.relations);
  const on = (side: string): Set<string | null> =>
    new Set(relations.filter((one) => one.side === side).map((one) => one.interface));
  const required = on("requires");
  return new Set([...on("provides")].filter((name): name is string => name !== null && required.has(name)));
}

/** Charms under the names of their applications; of two charms with one name the later ones get a number. */
function named(models: readonly CharmModel[]): readonly NamedCharm[] {
  const used = new Map<string, number>();
  return models.map((model) => {
    const wanted = model.metadata.name ?? (model.charm.root.split("/").at(-1) || "charm");
    const count = (used.get(wanted) ?? 0) + 1;
    used.set(wanted, count);
    return { model, name: count === 1 ? wanted : `${wanted}-${count}` };
  });
}

function addCharm(into: Inferred, name: string, model: CharmModel): void {
  const { nameLocation, file } = model.metadata;
  const location = nameLocation ?? (file ? { file, span: { start: 0, end: 0 } } : null);
  const because = location ? [reasonAt(location, `the charm “${name}” is in the workspace`)] : [];
  into.applications.set(name, application(name, { charm: model.metadata.name, because }));
}

function application(name: string, more: Partial<Application>): Application {
  return {
    name,
    model: ASSUMED_MODEL,
    charm: null,
    units: 1,
    unitNames: unitNamesOf(name, 1),
    role: null,
    trust: null,
    onMesh: null,
    kind: "deployed",
    because: [],
    ...more,
  };
}

/** The endpoint of a coordinator or worker that its cluster runs over; null where it can't be read. */
export function clusterRelation(model: CharmModel): CharmRelation | null {
  const endpoints = model.coordinator?.endpoints ?? model.worker?.endpoints;
  const entry = endpoints?.entries.findLast((one) => one.key === "cluster");
  const endpoint = entry ? knownValue(entry.value) : undefined;
  return model.metadata.relations.find((relation) => relation.endpoint === endpoint) ?? null;
}

function addCluster(into: Inferred, name: string, model: CharmModel, workers: readonly NamedCharm[]): void {
  const cluster = clusterRelation(model);
  if (!cluster?.interface) return;
  const provider = end(name, cluster.endpoint);
  const because = [reasonAt(cluster.key, `“${name}” coordinates workers over ${cluster.endpoint}`)];
  const fitting = workers.filter((worker) => clusterRelation(worker.model)?.interface === cluster.interface);
  for (const worker of fitting) {
    const theirs = clusterRelation(worker.model);
    if (!theirs) continue;
    addRelation(into, provider, end(worker.name, theirs.endpoint), cluster.interface, [
      ...because,
      reasonAt(theirs.key, `“${worker.name}” joins over ${theirs.endpoint}`),
    ]);
  }
  if (fitting.length > 0) return;
  for (const role of rolesOf(model)) {
    const worker = role === null ? `${name}-worker` : `${name}-${role}`;
    if (!into.applications.has(worker))
      into.applications.set(worker, application(worker, { kind: "placeholder", role, onMesh: null, because }));
    addRelation(into, provider, end(worker, null), cluster.interface, because);
  }
}

/** The roles that a coordinator knows; one nameless worker where they can't be read. */
function rolesOf(model: CharmModel): readonly (string | null)[] {
  const options = model.coordinator ? optionsOf(model.coordinator.roles) : null;
  const [roles] = options ?? [];
  return options?.length === 1 && roles && roles.length > 0 ? roles : [null];
}

/** Whether a relation already leads somewhere: a cluster's, whose other side is in the workspace or was made by role. */
function isJoined(into: Inferred, name: string, relation: CharmRelation): boolean {
  return into.joined.get(name)?.has(relation.endpoint) ?? false;
}

function addRemote(into: Inferred, name: string, model: CharmModel, relation: CharmRelation): void {
  const { interface: interfaceName, side } = relation;
  if (side === "peers" || interfaceName === null) return;
  // Its far side is another model, which nothing here suggests.
  if (interfaceName === "cross_model_mesh") return;
  const remote = remoteName(into, model, relation);
  const because = [reasonAt(relation.key, `“${name}” declares ${relation.endpoint} (${interfaceName})`)];
  const known = into.applications.get(remote);
  if (!known) into.applications.set(remote, application(remote, { kind: "placeholder", onMesh: true, because }));
  const own = end(name, relation.endpoint);
  const other = end(remote, null);
  if (side === "provides") addRelation(into, own, other, interfaceName, because);
  else addRelation(into, other, own, interfaceName, because);
}

/**
 * The stand-in's name: the interface's, in the letters that Juju allows. Where the charm has several relations of that interface
 * each has its own stand-in, with the endpoint's name behind it. Charms share a stand-in that stands on the same side for them.
 */
function remoteName(into: Inferred, model: CharmModel, relation: CharmRelation): string {
  const interfaceName = relation.interface ?? "";
  const base = interfaceName.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-");
  const several = model.metadata.relations.filter((one) => one.interface === interfaceName && one.side !== "peers");
  const suffix = several.length > 1 && relation.endpoint !== base ? `-${relation.endpoint}` : "";
  // Two charms on opposite sides of one interface must not get one stand-in that is related to itself.
  const side = suffix === "" && relation.side === "provides" && into.bothSides.has(interfaceName) ? "-requirer" : "";
  const name = `${base}${suffix}${side}`;
  return into.applications.get(name)?.kind === "deployed" ? `${name}-remote` : name;
}

function end(name: string, endpoint: string | null): RelationEnd {
  return { model: ASSUMED_MODEL, application: name, endpoint };
}

function addRelation(
  into: Inferred,
  provider: RelationEnd,
  requirer: RelationEnd,
  interfaceName: string,
  because: readonly Reason[],
): void {
  const id = relationId(provider, requirer);
  if (into.relations.has(id)) return;
  for (const { application: name, endpoint } of [provider, requirer]) {
    const endpoints = into.joined.get(name);
    if (endpoints) endpoints.add(endpoint);
    else into.joined.set(name, new Set([endpoint]));
  }
  into.relations.set(id, {
    id,
    interface: interfaceName,
    provider,
    requirer,
    peer: false,
    crossModel: null,
    because,
  });
}
