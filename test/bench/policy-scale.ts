import type { CharmModel, DeclaredPolicy } from "#charm";
import { type Application, DEFAULT_MESH_MODE, type Topology, type TopologyRelation } from "#mesh";
import { known } from "#python";
import { coordinatorModel, modelOf, placeIn } from "../support/model-fixture.ts";

/** How large a deployment is; `api` is the number of relations of each coordinator beside those to its cluster. */
export interface Scale {
  readonly coordinators: number;
  readonly workersEach: number;
  readonly clients: number;
  readonly api: number;
  readonly policiesEach: number;
}

/** 200 applications, 50 coordinators, about 2,000 relations and 10,000 policies: the target of shared/design/performance.md. */
export const TARGET: Scale = { coordinators: 50, workersEach: 1, clients: 98, api: 38, policiesEach: 5 };

export interface Deployment {
  readonly models: readonly CharmModel[];
  readonly topology: Topology;
}

/** A deployment of that size in one model, each coordinator with a charm of its own. */
export function scaledDeployment(scale: Scale): Deployment {
  const applications: Application[] = [application("beacon", "istio-beacon-k8s")];
  const relations: TopologyRelation[] = [];
  const models: CharmModel[] = [modelOf("client", "requires api=api")];
  for (let client = 0; client < scale.clients; client++) applications.push(application(`client-${client}`, "client"));
  for (let at = 0; at < scale.coordinators; at++) {
    const charm = `coordinator-${at}`;
    const name = `cluster-${at}`;
    models.push(coordinatorCharm(charm, scale.policiesEach));
    applications.push(application(name, charm));
    relations.push(relation(`beacon:service-mesh`, `${name}:service-mesh`, "service_mesh"));
    for (let worker = 0; worker < scale.workersEach; worker++) {
      applications.push(application(`${name}-worker-${worker}`, "worker"));
      relations.push(relation(`${name}:${charm}-cluster`, `${name}-worker-${worker}:cluster`, `${charm}_cluster`));
    }
    for (let api = 0; api < scale.api; api++) {
      const client = `client-${(at * 7 + api) % scale.clients}`;
      relations.push(relation(`${name}:api`, `${client}:api`, `${charm}_api`));
    }
  }
  return { models, topology: topologyOf(applications, relations) };
}

function coordinatorCharm(charm: string, policies: number): CharmModel {
  const model = coordinatorModel(charm);
  return { ...model, policies: Array.from({ length: policies }, (_, at) => declared(charm, at)) };
}

/** The same charm after an edit: another object with one policy of another port. */
export function editedCharm(model: CharmModel): CharmModel {
  const [first, ...others] = model.policies;
  return first ? { ...model, policies: [{ ...first, ports: known([4444]) }, ...others] } : { ...model };
}

function declared(charm: string, at: number): DeclaredPolicy {
  const call = placeIn(`${charm}/src/charm.py`, 20 + at);
  const because = [{ text: "a policy in the charm's sources", location: call, citation: null }];
  const unit = at % 2 === 1;
  const endpoint = {
    ports: known([3000 + at, 4000 + at]),
    methods: known(["GET"]),
    paths: known([`/api/v${at}/*`]),
    hosts: known(null),
    call,
    arguments: new Map(),
    given: [],
    argumentsOpen: false,
    positional: [],
  };
  return {
    origin: "charm",
    kind: unit ? "UnitPolicy" : "AppPolicy",
    holder: "coordinator",
    callee: call,
    call,
    relation: known("api"),
    relationLocation: call,
    endpoints: known(unit ? [] : [endpoint]),
    ports: known(unit ? [9000 + at] : null),
    service: known(null),
    arguments: [],
    argumentsOpen: false,
    positional: [],
    fields: new Map(),
    condition: null,
    because,
  };
}

function application(name: string, charm: string): Application {
  return {
    name,
    model: "cos",
    charm,
    units: 1,
    unitNames: [],
    role: null,
    trust: null,
    onMesh: null,
    kind: "deployed",
    because: [],
  };
}

function relation(provider: string, requirer: string, name: string): TopologyRelation {
  const end = (text: string) => {
    const [app = "", endpoint = null] = text.split(":");
    return { model: "cos", application: app, endpoint };
  };
  return {
    id: `${provider}-${requirer}`,
    interface: name,
    provider: end(provider),
    requirer: end(requirer),
    peer: false,
    crossModel: null,
    because: [{ text: `${provider} – ${requirer}`, location: null, citation: null }],
  };
}

function topologyOf(applications: readonly Application[], relations: readonly TopologyRelation[]): Topology {
  return {
    source: "file",
    file: null,
    mode: DEFAULT_MESH_MODE,
    models: ["cos"],
    applications,
    relations,
    offers: [],
    databags: [],
    problems: [],
    note: null,
  };
}
