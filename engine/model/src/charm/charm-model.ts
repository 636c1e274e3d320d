import type { Location, LockedPackage, Requirement, SourceFile, SyntaxProblem } from "#syntax";
import type { Fact } from "../fact/fact.ts";
import type { Reason } from "../fact/reason.ts";
import type { CharmFiles } from "./charm-files.ts";

export type RelationSide = "provides" | "requires" | "peers";

/** One relation of charmcraft.yaml; null fields are not set or not of the right type (then `problems` says so). */
export interface CharmRelation {
  readonly endpoint: string;
  readonly side: RelationSide;
  readonly interface: string | null;
  readonly limit: number | null;
  readonly optional: boolean | null;
  readonly scope: string | null;
  readonly description: string | null;
  /** The endpoint's key, its whole block, and the value of each field that is set. */
  readonly key: Location;
  readonly block: Location;
  readonly fields: ReadonlyMap<string, { readonly key: Location; readonly value: Location | null }>;
}

/** A block under provides, requires or peers that breaks the schema. */
export interface MetadataProblem {
  readonly location: Location;
  readonly message: string;
  readonly code: "invalid-relation-block" | "duplicate-endpoint-name";
  readonly related: readonly { readonly location: Location; readonly message: string }[];
}

export interface ConfigOption {
  readonly name: string;
  readonly type: string | null;
  readonly default: string | number | boolean | null;
  readonly location: Location;
}

export interface CharmLib {
  readonly lib: string;
  readonly version: string | null;
  readonly location: Location;
  readonly versionLocation: Location | null;
}

export interface CharmMetadata {
  readonly name: string | null;
  readonly nameLocation: Location | null;
  /** charmcraft.yaml or metadata.yaml: the file that declares the relations. null for a folder without either. */
  readonly file: SourceFile | null;
  readonly relations: readonly CharmRelation[];
  readonly containers: readonly { readonly name: string; readonly location: Location }[];
  readonly config: ReadonlyMap<string, ConfigOption>;
  readonly charmLibs: readonly CharmLib[];
  /** Plugins of the parts that build a charm (`charm`, `uv`, `poetry`, `reactive`…), by part name. */
  readonly partPlugins: ReadonlyMap<string, string>;
  readonly problems: readonly MetadataProblem[];
  /** Spans of the mapping keys `provides:` and `requires:` and so on, for insertions. */
  readonly sections: ReadonlyMap<string, { readonly key: Location; readonly value: Location | null }>;
}

/** One entry of the `endpoints={…}` map. */
export interface EndpointMapEntry {
  readonly key: string;
  readonly keyLocation: Location;
  /** `null` is Python's None. */
  readonly value: Fact<string | null>;
  readonly valueLocation: Location;
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
  readonly location: Location;
}

/** The `Coordinator(...)` call (or a subclass's). */
export interface CoordinatorCall {
  /** The class as called, e.g. TempoCoordinator. */
  readonly className: string;
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
  /** Roles of the roles_config, where readable. */
  readonly roles: Fact<readonly string[]>;
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
  /** The condition or early return that guards the creation, in words; null when it is always made. */
  readonly condition: string | null;
  readonly because: readonly Reason[];
}

export type PolicyKind = "AppPolicy" | "UnitPolicy" | "Policy" | "MeshPolicy";

export interface DeclaredEndpoint {
  readonly ports: Fact<readonly number[] | null>;
  readonly methods: Fact<readonly string[] | null>;
  readonly paths: Fact<readonly string[] | null>;
  readonly hosts: Fact<readonly string[] | null>;
  readonly call: Location;
  readonly arguments: ReadonlyMap<string, Location>;
}

/** One keyword of a policy call that is worth a word: an unknown name, a bad value. */
export interface PolicyArgument {
  readonly name: string;
  readonly keyword: Location | null;
  readonly value: Location;
}

/** A policy that stands in the charm's sources. */
export interface DeclaredPolicy {
  readonly origin: "charm" | "resource-manager";
  readonly kind: PolicyKind;
  readonly callee: Location;
  readonly call: Location;
  readonly relation: Fact<string>;
  readonly relationLocation: Location | null;
  /** AppPolicy and Policy: their endpoints; an unreadable list is `unknown`. Empty for UnitPolicy. */
  readonly endpoints: Fact<readonly DeclaredEndpoint[]>;
  /** UnitPolicy: its ports (null: not given or None). */
  readonly ports: Fact<readonly number[] | null>;
  readonly service: Fact<string | null>;
  readonly arguments: readonly PolicyArgument[];
  readonly argumentsOpen: boolean;
  /** MeshPolicy: the model's own fields, by name, as far as given. */
  readonly fields: ReadonlyMap<string, Fact<unknown>>;
  /** In words, where the policy is added only under a condition. */
  readonly condition: string | null;
  readonly because: readonly Reason[];
}

/** A PolicyResourceManager that the charm makes for itself. */
export interface ResourceManagerCall {
  readonly call: Location;
  readonly callee: Location;
  readonly labels: Fact<ReadonlyMap<string, string>>;
  /** Whether the lightkube client gets a field_manager. */
  readonly fieldManager: Fact<"given" | "absent">;
  readonly because: readonly Reason[];
}

/** A raw AuthorizationPolicy or the allow-all helper: it may cover every relation, so rules stay silent. */
export interface RawPolicy {
  readonly kind: "allow-all" | "authorization-policy";
  readonly call: Location;
}

export type AddressKind = "unit" | "headless" | "application" | "external" | "none";

/** The address that the charm hands to the other side of a relation. */
export interface PublishedAddress {
  readonly relation: string;
  readonly address: Fact<AddressKind>;
  readonly port: Fact<number>;
  readonly location: Location;
}

export interface Library {
  /** Dotted, e.g. charms.istio_beacon_k8s.v0.service_mesh. */
  readonly name: string;
  readonly vendored: boolean;
  readonly patch: number | null;
  readonly file: SourceFile | null;
  readonly charmLib: CharmLib | null;
  /** Names that the charm imports from it, with their places. */
  readonly imports: readonly { readonly name: string; readonly location: Location }[];
}

export interface Dependency {
  readonly name: string;
  readonly constraint: string | null;
  readonly locked: string | null;
  readonly requirement: Requirement | null;
  readonly lockedPackage: LockedPackage | null;
}

export interface CharmDependencies {
  /** All direct requirements and everything that a lock brings in at run time. */
  readonly packages: ReadonlyMap<string, Dependency>;
  /** Files that were read: requirements.txt, pyproject.toml, uv.lock, poetry.lock. */
  readonly files: readonly SourceFile[];
  readonly hasLock: boolean;
}

/** One `from x import y` or `import x` of the charm's own Python, type-checking-only ones told apart. */
export interface ImportRecord {
  readonly module: string;
  readonly name: string | null;
  readonly location: Location;
  readonly typeCheckingOnly: boolean;
}

/** A place where the charm's Python names a relation (a literal equal to an endpoint's name in a relation context). */
export interface RelationUse {
  readonly endpoint: string;
  readonly location: Location;
  /** What kind of place it is. */
  readonly role: "endpoint-map" | "policy" | "library-argument" | "event" | "model-relation" | "constant" | "other";
}

export type CharmKind = "coordinator" | "worker" | "standalone" | "none";

export interface CharmModel {
  readonly charm: CharmFiles;
  readonly kind: CharmKind;
  /** The charm is part of another's tests. */
  readonly test: boolean;
  readonly metadata: CharmMetadata;
  readonly coordinator: CoordinatorCall | null;
  readonly worker: WorkerCall | null;
  readonly consumers: readonly ConsumerCall[];
  readonly policies: readonly DeclaredPolicy[];
  /** False where part of the policy list could not be read. */
  readonly policiesComplete: boolean;
  readonly resourceManagers: readonly ResourceManagerCall[];
  readonly rawPolicies: readonly RawPolicy[];
  readonly openedPorts: Fact<readonly number[]>;
  /** Every place that opens ports, for edits and links. */
  readonly openedPortPlaces: readonly Location[];
  readonly published: readonly PublishedAddress[];
  readonly libraries: readonly Library[];
  readonly dependencies: CharmDependencies;
  readonly imports: readonly ImportRecord[];
  readonly relationUses: readonly RelationUse[];
  /** True where some Python file of the charm is damaged, so that absence proves nothing. */
  readonly damaged: boolean;
  readonly problems: readonly { readonly file: SourceFile; readonly problem: SyntaxProblem }[];
}
