import type { Condition, Fact, Reason } from "#python";
import type { Location } from "#syntax";

/** One entry of the `endpoints={…}` map. */
export interface EndpointMapEntry {
  readonly key: string;
  readonly keyLocation: Location;
  /** `null` is Python's None. */
  readonly value: Fact<string | null>;
  readonly valueLocation: Location;
  /** Python text under which the entry is in the map at all; null: always. */
  readonly condition: Condition | null;
}

export interface EndpointMap {
  /** In source order, doubles included. */
  readonly entries: readonly EndpointMapEntry[];
  /** False where a spread, a computed key or damage hides entries: nothing may then be called missing. */
  readonly complete: boolean;
  /** The dict display, if there is one. */
  readonly location: Location | null;
}

export interface TelemetryProxy {
  readonly httpPort: Fact<number>;
  readonly httpsPort: Fact<number>;
  readonly httpPortLocation: Location | null;
  readonly httpsPortLocation: Location | null;
  readonly location: Location;
}

/** What is wrong with the arguments of a `WorkerTelemetryProxyConfig(...)`, which is a dataclass of two required fields. */
export interface TelemetryProxyCall {
  readonly call: Location;
  readonly callee: Location;
  /** Keywords that the class does not have. */
  readonly unknown: readonly { readonly name: string; readonly keyword: Location }[];
  /** Fields without a value; empty where arguments may be hidden. */
  readonly missing: readonly string[];
  /** Arguments by position beyond the two fields. */
  readonly surplus: readonly Location[];
}

/** The `Coordinator(...)` call (or a subclass's). */
export interface CoordinatorCall {
  /** The class as called, e.g. TempoCoordinator. */
  readonly className: string;
  /** True for the class of `cosl.coordinated_workers`, the package's earlier home, which has another API and no mesh support. */
  readonly earlier: boolean;
  readonly callee: Location;
  readonly call: Location;
  readonly endpoints: EndpointMap;
  readonly workerMetricsPort: Fact<number>;
  /** null: the argument is not given or None. A Fact where it can't be decided. */
  readonly telemetryProxy: Fact<TelemetryProxy | null>;
  readonly workloadTracingProtocols: Fact<readonly string[]>;
  readonly workloadTracingLocation: Location | null;
  readonly peerRelation: Fact<string>;
  readonly peerRelationLocation: Location | null;
  readonly containerName: Fact<string | null>;
  readonly containerNameLocation: Location | null;
  readonly resourcesRequests: Fact<"given" | "absent">;
  /** Ports that the workers open, where `worker_ports` is readable. */
  readonly workerPorts: Fact<readonly number[]>;
  readonly remoteWrite: Fact<"given" | "absent">;
  /** Ports that the charm's own nginx configuration listens on (`server_ports_to_locations`), where readable. */
  readonly nginxServerPorts: Fact<readonly number[]>;
  /** Roles of the roles_config, where readable. */
  readonly roles: Fact<readonly string[]>;
  /** Roles that the workers must cover, and the members of each meta role (`all`), where readable. */
  readonly minimalDeployment: Fact<readonly string[]>;
  readonly metaRoles: Fact<ReadonlyMap<string, readonly string[]>>;
  /** Every keyword (or parameter name of a positional argument) with its value's place. */
  readonly arguments: ReadonlyMap<string, Location>;
  /** True where `**kwargs` or damage may hide arguments. */
  readonly argumentsOpen: boolean;
  readonly because: readonly Reason[];
}

export interface WorkerCall {
  readonly className: string;
  readonly callee: Location;
  readonly call: Location;
  readonly endpoints: EndpointMap;
  readonly because: readonly Reason[];
}

/** An object of the mesh libraries that the charm makes and nothing keeps. */
export interface DiscardedObject {
  readonly concept: "ServiceMeshConsumer" | "ServiceMeshProvider" | "Coordinator" | "Worker";
  /** What is called where it gets lost: the class itself, a factory, or the component that holds it. */
  readonly name: string;
  readonly callee: Location;
  /** The call whose result is lost. */
  readonly call: Location;
  /** The call that makes the library object; the same as `call` unless it goes through a factory or component. */
  readonly made: Location;
  /** The local name that it is bound to; null for a bare statement. */
  readonly local: Location | null;
  /** Where that name is used. */
  readonly uses: readonly Location[];
  /** The first parameter of the method around the call (`self`); null outside a method. */
  readonly receiver: string | null;
}

/** A ServiceMeshConsumer that the charm makes for itself. */
export interface ConsumerCall {
  readonly callee: Location;
  readonly call: Location;
  readonly meshRelationName: Fact<string>;
  readonly crossModelMeshRequiresName: Fact<string>;
  readonly crossModelMeshProvidesName: Fact<string>;
  readonly autoJoin: Fact<boolean>;
  /** Keyword → place of its value; a name that is absent here rests on the library's default. */
  readonly arguments: ReadonlyMap<string, Location>;
  readonly argumentsOpen: boolean;
  /** The tests and early returns that guard the creation; null when it is always made. */
  readonly condition: Condition | null;
  readonly because: readonly Reason[];
}
