import type { CharmMetadata, CharmModel, CharmRelation } from "#charm";
import { knownValue, optionsOf, type Reason, reasonAt } from "#python";
import { dependentMemo, memo } from "#syntax";
import { relationId } from "./assembly/assembled.ts";
import { ASSUMED_MODEL, emptyTopology, unitNamesOf } from "./assembly/topology-parts.ts";
import { withoutConsumers } from "./assembly/without-consumer.ts";
import type { Application, RelationEnd, Topology, TopologyRelation } from "./topology.ts";

/** Parts of inferred topologies by what they are made for: an edit in one charm leaves those of all others as they are. */
const topologies = dependentMemo<CharmMetadata, Topology>();
const outlinesOfMetadata = dependentMemo<CharmMetadata, CharmOutline>();
const charmApplications = dependentMemo<CharmMetadata, Application>();
const remotesOfCharms = dependentMemo<CharmMetadata, readonly Remote[]>();
const clusterRelations = dependentMemo<CharmRelation, TopologyRelation>();

/**
 * A deployment that the charms themselves suggest, where no file describes one: each charm once, under its own name, in one model;
 * workers related to the coordinator of their cluster interface, or one placeholder per role where no worker charm is there; and
 * one placeholder application on the other side of each declared relation, named after the interface. Test charms are left out
 * unless there is nothing else. Says in `note` that it is inferred. The same object as long as nothing changes that it rests on.
 */
export function inferredTopology(models: readonly CharmModel[]): Topology {
  const own = models.filter((one) => !one.test);
  const charms = named((own.length > 0 ? own : models).map(outlineOf));
  const [first] = charms;
  if (!first) return topologyOf([]);
  const restsOn = charms.flatMap(({ name, outline }) => [name, outline]);
  const topology = topologies(first.outline.metadata, restsOn, () => topologyOf(charms));
  return withoutConsumers(topology, models);
}

function topologyOf(charms: readonly NamedCharm[]): Topology {
  const into: Inferred = {
    workers: workersByInterface(charms),
    applications: new Map(),
    relations: new Map(),
    joined: new Map(),
  };
  for (const charm of charms) addCharm(into, charm);
  for (const charm of charms) if (charm.outline.kind === "coordinator") addCluster(into, charm);
  const around = aroundOf(charms);
  for (const charm of charms)
    for (const remote of remotesOf(around, charm)) if (!isJoined(into, charm.name, remote)) addRemote(into, remote);
  return {
    ...emptyTopology("inferred", null),
    models: charms.length > 0 ? [ASSUMED_MODEL] : [],
    applications: [...into.applications.values()],
    relations: [...into.relations.values()],
    note: "Inferred from the charms: one application per charm, and a stand-in on the other side of each relation.",
  };
}

/** All that an inferred topology rests on of one charm. The same object as long as none of it changes. */
interface CharmOutline {
  readonly metadata: CharmMetadata;
  readonly kind: CharmModel["kind"];
  /** What its application is called, unless another charm is called that too. */
  readonly name: string;
  /** Where the charm's own calls say that its cluster's relation is. */
  readonly cluster: CharmRelation | null;
  /** The roles that a coordinator knows; one nameless worker where they can't be read. */
  readonly roles: readonly (string | null)[];
  /** Interfaces of its relations, by side. */
  readonly provided: readonly string[];
  readonly required: readonly string[];
}

const outlineOf = memo((model: CharmModel): CharmOutline => {
  const { metadata, kind } = model;
  const name = metadata.name ?? (model.charm.root.split("/").at(-1) || "charm");
  const cluster = clusterRelation(model);
  const roles = rolesOf(model);
  const on = (side: CharmRelation["side"]): string[] =>
    metadata.relations.flatMap((one) => (one.side === side && one.interface !== null ? [one.interface] : []));
  return outlinesOfMetadata(metadata, [kind, name, cluster, ...roles], () => {
    return { metadata, kind, name, cluster, roles, provided: on("provides"), required: on("requires") };
  });
});

interface Inferred {
  /** Workers by the interface of their cluster. */
  readonly workers: ReadonlyMap<string, readonly Worker[]>;
  readonly applications: Map<string, Application>;
  readonly relations: Map<string, TopologyRelation>;
  /** Endpoints that a relation stands on, by application. */
  readonly joined: Map<string, Set<string | null>>;
}

interface NamedCharm {
  readonly name: string;
  readonly outline: CharmOutline;
}

/** A worker that the relation of its cluster is known of. */
interface Worker {
  readonly name: string;
  readonly cluster: CharmRelation;
}

function workersByInterface(charms: readonly NamedCharm[]): ReadonlyMap<string, readonly Worker[]> {
  const workers = new Map<string, Worker[]>();
  for (const { name, outline } of charms) {
    const { kind, cluster } = outline;
    if (kind !== "worker" || !cluster?.interface) continue;
    const list = workers.get(cluster.interface);
    if (list) list.push({ name, cluster });
    else workers.set(cluster.interface, [{ name, cluster }]);
  }
  return workers;
}

/** What the stand-in of a relation rests on beside its own charm. */
interface Around {
  /** Interfaces that some relation provides and another one requires. */
  readonly bothSides: ReadonlySet<string>;
  /** The names of the charms' applications. */
  readonly names: ReadonlySet<string>;
  /** All of that as a text, which is compared. */
  readonly text: string;
}

function aroundOf(charms: readonly NamedCharm[]): Around {
  const provided = new Set(charms.flatMap(({ outline }) => outline.provided));
  const required = new Set(charms.flatMap(({ outline }) => outline.required));
  const bothSides = new Set([...provided].filter((name) => required.has(name)));
  const names = new Set(charms.map(({ name }) => name));
  return { bothSides, names, text: JSON.stringify([[...bothSides], [...names]]) };
}

/** Charms under the names of their applications; of two charms with one name the later ones get a number. */
function named(outlines: readonly CharmOutline[]): readonly NamedCharm[] {
  const used = new Map<string, number>();
  return outlines.map((outline) => {
    const count = (used.get(outline.name) ?? 0) + 1;
    used.set(outline.name, count);
    return { outline, name: count === 1 ? outline.name : `${outline.name}-${count}` };
  });
}

function addCharm(into: Inferred, { name, outline: { metadata } }: NamedCharm): void {
  const made = charmApplications(metadata, [name], () => {
    const { nameLocation, file } = metadata;
    const location = nameLocation ?? (file ? { file, span: { start: 0, end: 0 } } : null);
    const because = location ? [reasonAt(location, `the charm “${name}” is in the workspace`)] : [];
    return application(name, { charm: metadata.name, because });
  });
  into.applications.set(name, made);
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

function addCluster(into: Inferred, { name, outline }: NamedCharm): void {
  const { cluster, roles } = outline;
  if (!cluster?.interface) return;
  const provider = end(name, cluster.endpoint);
  const because = (): Reason => reasonAt(cluster.key, `“${name}” coordinates workers over ${cluster.endpoint}`);
  const fitting = into.workers.get(cluster.interface) ?? [];
  for (const { name: worker, cluster: theirs } of fitting) {
    const made = clusterRelations(theirs, [cluster, name, worker], () =>
      relationOf(provider, end(worker, theirs.endpoint), cluster.interface, [
        because(),
        reasonAt(theirs.key, `“${worker}” joins over ${theirs.endpoint}`),
      ]),
    );
    addRelation(into, made);
  }
  if (fitting.length > 0) return;
  for (const role of roles) {
    const worker = role === null ? `${name}-worker` : `${name}-${role}`;
    if (!into.applications.has(worker)) {
      const standIn = application(worker, { kind: "placeholder", role, onMesh: null, because: [because()] });
      into.applications.set(worker, standIn);
    }
    addRelation(into, relationOf(provider, end(worker, null), cluster.interface, [because()]));
  }
}

function rolesOf(model: CharmModel): readonly (string | null)[] {
  const options = model.coordinator ? optionsOf(model.coordinator.roles) : null;
  const [roles] = options ?? [];
  return options?.length === 1 && roles && roles.length > 0 ? roles : [null];
}

/** The other side of a relation that a charm declares. */
interface Remote {
  readonly endpoint: string;
  readonly standIn: Application;
  readonly relation: TopologyRelation;
}

/** Whether a relation already leads somewhere: a cluster's, whose other side is in the workspace or was made by role. */
function isJoined(into: Inferred, name: string, { endpoint }: Remote): boolean {
  return into.joined.get(name)?.has(endpoint) ?? false;
}

function addRemote(into: Inferred, { standIn, relation }: Remote): void {
  if (!into.applications.has(standIn.name)) into.applications.set(standIn.name, standIn);
  addRelation(into, relation);
}

function remotesOf(around: Around, { name, outline: { metadata } }: NamedCharm): readonly Remote[] {
  return remotesOfCharms(metadata, [name, around.text], () =>
    metadata.relations.flatMap((relation) => remoteOf(around, name, metadata, relation) ?? []),
  );
}

function remoteOf(around: Around, name: string, metadata: CharmMetadata, relation: CharmRelation): Remote | null {
  const { interface: interfaceName, side, endpoint } = relation;
  if (side === "peers" || interfaceName === null) return null;
  // Its far side is another model, which nothing here suggests.
  if (interfaceName === "cross_model_mesh") return null;
  const remote = remoteName(around, metadata, relation);
  const because = [reasonAt(relation.key, `“${name}” declares ${endpoint} (${interfaceName})`)];
  const [own, other] = [end(name, endpoint), end(remote, null)];
  const [provider, requirer] = side === "provides" ? [own, other] : [other, own];
  return {
    endpoint,
    standIn: application(remote, { kind: "placeholder", onMesh: true, because }),
    relation: relationOf(provider, requirer, interfaceName, because),
  };
}

/**
 * The stand-in's name: the interface's, in the letters that Juju allows. Where the charm has several relations of that interface
 * each has its own stand-in, with the endpoint's name behind it. Charms share a stand-in that stands on the same side for them.
 */
function remoteName({ bothSides, names }: Around, metadata: CharmMetadata, relation: CharmRelation): string {
  const interfaceName = relation.interface ?? "";
  const base = interfaceName.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-");
  const suffix =
    (interfaceCounts(metadata).get(interfaceName) ?? 0) > 1 && relation.endpoint !== base
      ? `-${relation.endpoint}`
      : "";
  // Two charms on opposite sides of one interface must not get one stand-in that is related to itself.
  const side = suffix === "" && relation.side === "provides" && bothSides.has(interfaceName) ? "-requirer" : "";
  const name = `${base}${suffix}${side}`;
  return names.has(name) ? `${name}-remote` : name;
}

/** How many relations of each interface a charm declares, peers aside. */
const interfaceCounts = memo((metadata: CharmMetadata): ReadonlyMap<string, number> => {
  const made = new Map<string, number>();
  for (const { interface: name, side } of metadata.relations)
    if (side !== "peers" && name !== null) made.set(name, (made.get(name) ?? 0) + 1);
  return made;
});

function end(name: string, endpoint: string | null): RelationEnd {
  return { model: ASSUMED_MODEL, application: name, endpoint };
}

function addRelation(into: Inferred, relation: TopologyRelation): void {
  if (into.relations.has(relation.id)) return;
  for (const { application: name, endpoint } of [relation.provider, relation.requirer]) {
    const endpoints = into.joined.get(name);
    if (endpoints) endpoints.add(endpoint);
    else into.joined.set(name, new Set([endpoint]));
  }
  into.relations.set(relation.id, relation);
}

function relationOf(
  provider: RelationEnd,
  requirer: RelationEnd,
  interfaceName: string | null,
  because: readonly Reason[],
): TopologyRelation {
  const id = relationId(provider, requirer);
  return { id, interface: interfaceName, provider, requirer, peer: false, crossModel: null, because };
}
