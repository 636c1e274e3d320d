import type {
  CharmModel,
  ConsumerCall,
  CoordinatorCall,
  DeclaredEndpoint,
  DeclaredPolicy,
  EndpointMap,
  RawNode,
  RawPolicy,
  TelemetryProxy,
  WorkerCall,
} from "#charm";
import { MODELS } from "#mesh";
import { type Condition, conditionText } from "#python";
import { type Location, positionAt } from "#syntax";
import { type Resolved, resolved } from "./resolved.ts";

type Json = Readonly<Record<string, unknown>>;

/** What was read from each charm: the plain JSON of `charm-mesh inspect` (contract.md). */
export interface Inspection {
  readonly version: 1;
  readonly charms: readonly Json[];
}

/**
 * The facts of some charms as `inspect` prints them. Paths are relative to each charm, lines count from 0, and every value
 * that had to be evaluated is a resolved object. A charm in the working directory itself has the path `.`.
 */
export function inspection(models: readonly CharmModel[]): Inspection {
  return { version: 1, charms: models.map(inspectedCharm) };
}

/** Names a place by the charm's own path of the file, and its first and last line. */
type Place = (location: Location) => { readonly path: string; readonly line: number; readonly end_line: number };

function inspectedCharm(model: CharmModel): Json {
  const paths = new Map([...model.charm.files].map(([path, file]) => [file, path]));
  const place: Place = ({ file, span }) => ({
    path: paths.get(file) ?? file.path,
    line: positionAt(file, span.start).line,
    end_line: positionAt(file, span.end).line,
  });
  const [consumer] = model.consumers;
  return {
    path: model.charm.root === "" ? "." : model.charm.root,
    name: model.metadata.name,
    kind: model.kind,
    test: model.test,
    relations: model.metadata.relations.map((relation) => ({
      endpoint: relation.endpoint,
      side: relation.side,
      interface: relation.interface,
      limit: relation.limit,
      optional: relation.optional,
      ...place(relation.key),
    })),
    coordinator: model.coordinator && inspectedCoordinator(model.coordinator, place),
    worker: model.worker && inspectedWorker(model.worker, place),
    consumer: consumer ? inspectedConsumer(consumer, place) : null,
    policies: [
      ...model.policies.map((policy) => inspectedPolicy(policy, place)),
      ...model.rawPolicies.map((policy) => inspectedRawPolicy(policy, place)),
    ],
    policies_complete: model.policiesComplete,
    resource_managers: model.resourceManagers.map((manager) => place(manager.call)),
    raw_policies: model.rawPolicies.map((policy) => ({ kind: policy.kind, ...place(policy.call) })),
    opened_ports: resolved(model.openedPorts),
    opened_port_calls: model.openedPortPlaces.map(place),
    published: model.published.map((each) => ({
      relation: each.relation,
      address: resolved(each.address),
      port: resolved(each.port),
      ...place(each.location),
    })),
    containers: model.metadata.containers.map((container) => container.name),
    config: Object.fromEntries(
      [...model.metadata.config.values()].map((option) => [
        option.name,
        { type: option.type, default: option.default },
      ]),
    ),
    parts: Object.fromEntries(model.metadata.partPlugins),
    charm_libs: model.metadata.charmLibs.map(({ lib, version }) => ({ lib, version })),
    libraries: model.libraries.map((library) => ({
      name: library.name,
      vendored: library.vendored,
      patch: library.patch,
      charm_libs: library.charmLib !== null,
    })),
    imports: model.imports.map(({ module, name, statement, typeCheckingOnly }) => ({
      module,
      name,
      type_checking_only: typeCheckingOnly,
      ...place(statement),
    })),
    dependencies: [...model.dependencies.packages.values()].map((dependency) => {
      const at = dependency.requirement?.location ?? dependency.lockedPackages[0]?.location ?? null;
      return {
        name: dependency.name,
        constraint: dependency.constraint,
        locked: dependency.locked,
        path: at ? place(at).path : null,
      };
    }),
    damaged: model.damaged,
  };
}

function inspectedCoordinator(coordinator: CoordinatorCall, place: Place): Json {
  return {
    class: coordinator.className,
    ...place(coordinator.call),
    endpoints: endpointValues(coordinator.endpoints),
    endpoints_complete: coordinator.endpoints.complete,
    worker_metrics_port: resolved(coordinator.workerMetricsPort),
    telemetry_proxy: telemetryProxy(coordinator),
    workload_tracing_protocols: resolved(coordinator.workloadTracingProtocols),
    peer_relation: resolved(coordinator.peerRelation),
    container_name: resolved(coordinator.containerName),
    worker_ports: resolved(coordinator.workerPorts),
    nginx_ports: resolved(coordinator.nginxServerPorts),
    roles: resolved(coordinator.roles),
  };
}

/** The proxy's ports; null where none is given; a resolved object where that can't be decided. */
function telemetryProxy({ telemetryProxy: fact }: CoordinatorCall): Json | Resolved | null {
  if (fact.kind === "known") return fact.value && proxyPorts(fact.value);
  return resolved(fact, (proxy) => proxy && proxyPorts(proxy));
}

function proxyPorts(proxy: TelemetryProxy): Json {
  return { http_port: resolved(proxy.httpPort), https_port: resolved(proxy.httpsPort) };
}

/** Of a duplicate key Python keeps the last value. */
function endpointValues(map: EndpointMap): Json {
  return Object.fromEntries(map.entries.map((entry) => [entry.key, resolved(entry.value)]));
}

function inspectedWorker(worker: WorkerCall, place: Place): Json {
  return {
    class: worker.className,
    ...place(worker.call),
    endpoints: endpointValues(worker.endpoints),
    endpoints_complete: worker.endpoints.complete,
  };
}

function inspectedConsumer(consumer: ConsumerCall, place: Place): Json {
  return {
    ...place(consumer.call),
    mesh_relation_name: resolved(consumer.meshRelationName),
    cross_model_mesh_requires_name: resolved(consumer.crossModelMeshRequiresName),
    cross_model_mesh_provides_name: resolved(consumer.crossModelMeshProvidesName),
    auto_join: resolved(consumer.autoJoin),
    condition: textOf(consumer.condition),
  };
}

function textOf(condition: Condition | null): string | null {
  return condition && conditionText(condition);
}

function inspectedPolicy(policy: DeclaredPolicy, place: Place): Json {
  const common = {
    origin: policy.origin,
    kind: policy.kind,
    ...place(policy.call),
    condition: textOf(policy.condition),
  };
  if (policy.kind === "MeshPolicy") {
    return { ...common, ...Object.fromEntries(meshPolicyFields(policy)) };
  }
  const withRelation = { ...common, relation: resolved(policy.relation) };
  if (policy.kind === "UnitPolicy") return { ...withRelation, ports: resolved(policy.ports) };
  const endpoints =
    policy.endpoints.kind === "known"
      ? policy.endpoints.value.map(inspectedEndpoint)
      : resolved(policy.endpoints, (list) => list.map(inspectedEndpoint));
  return { ...withRelation, endpoints, service: resolved(policy.service) };
}

/** A resource that the charm builds itself, as far as it could be read: what could not is `{"unknown": why}` in its place. */
function inspectedRawPolicy({ kind, call, condition, resource }: RawPolicy, place: Place): Json {
  const common = { origin: "raw", kind: "AuthorizationPolicy", ...place(call), condition: textOf(condition) };
  if (resource === null) return { ...common, allow_all: kind === "allow-all" };
  return { ...common, metadata: plainNode(resource.metadata), spec: plainNode(resource.spec) };
}

function plainNode(node: RawNode): unknown {
  switch (node.kind) {
    case "value":
      return node.value;
    case "list":
      return node.items.map(plainNode);
    case "object":
      return Object.fromEntries([...node.fields].map(([key, field]) => [key, plainNode(field)]));
    case "unread":
      return { unknown: node.why };
  }
}

/** The model's fields in its own order, with its defaults for those that are certainly not given; what it drops is left out. */
function meshPolicyFields({ fields, argumentsOpen }: DeclaredPolicy): [string, Json][] {
  const defaults: Readonly<Record<string, unknown>> = { null: null, "empty-list": [], app: "app" };
  return MODELS.MeshPolicy.flatMap(({ name, absent }): [string, Json][] => {
    const fact = fields.get(name);
    if (fact) return [[name, resolved(fact)]];
    return argumentsOpen || absent === "required" ? [] : [[name, { value: defaults[absent] }]];
  });
}

function inspectedEndpoint(endpoint: DeclaredEndpoint): Json {
  return {
    ports: resolved(endpoint.ports),
    methods: resolved(endpoint.methods),
    paths: resolved(endpoint.paths),
    hosts: resolved(endpoint.hosts),
  };
}
