import type { Fact } from "#python";
import type { Location, LockedPackage, Requirement, SourceFile, SyntaxProblem } from "#syntax";
import type { AddressKind } from "./catalog/address-publishers.ts";
import type { CharmFiles } from "./charm-files.ts";
import type { DeclaredPolicy, MeshTypeUse, MethodMember, RawPolicy, ResourceManagerCall } from "./declared-policy.ts";
import type { ConsumerCall, CoordinatorCall, DiscardedObject, TelemetryProxyCall, WorkerCall } from "./library-call.ts";
import type { CharmLib, CharmMetadata } from "./metadata/metadata.ts";

export type { AddressKind } from "./catalog/address-publishers.ts";
export type * from "./declared-policy.ts";
export type * from "./library-call.ts";
export type * from "./metadata/metadata.ts";

/** The address that the charm hands to the other side of a relation. */
export interface PublishedAddress {
  readonly relation: string;
  readonly address: Fact<AddressKind>;
  readonly port: Fact<number>;
  readonly scheme: Fact<"http" | "https">;
  /** The Service that the address names, where that is another than the application's own; null: none. `{app}` is the application's name. */
  readonly service: string | null;
  readonly location: Location;
}

/** A port for which the charm asks an ingress over a relation, and the scheme that its server speaks there. */
export interface IngressedPort {
  readonly relation: string;
  readonly port: Fact<number>;
  readonly scheme: Fact<"http" | "https">;
}

/** An argument of `set_ports` as source text, with its port. */
export interface WrittenPort {
  readonly location: Location;
  readonly port: Fact<number>;
}

/** An admission webhook of the charm: the API server calls a Service for it. */
export interface AdmissionWebhook {
  /** null where it has none, or it can't be read. */
  readonly name: string | null;
  /** The Service's name; `{app}` represents the application's. */
  readonly service: string;
  readonly location: Location;
}

/** A Service in a manifest that the charm applies. */
export interface ManifestService {
  /** `{app}` represents the application's name. */
  readonly name: string;
  readonly location: Location;
  /** The application whose pods it leads to, by the label that Juju gives them; null where it selects by others. */
  readonly selects: string | null;
  /** It carries the label that puts it behind a waypoint, if only under a condition. */
  readonly throughWaypoint: boolean;
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
  /** The one version that the charm runs with; null where there is no lock, where forks differ, and for a git revision or a folder. */
  readonly locked: string | null;
  readonly requirement: Requirement | null;
  /** The entries of the lock that the charm may run with, of which each fork and each Python takes one. */
  readonly lockedPackages: readonly LockedPackage[];
}

export interface CharmDependencies {
  /** All direct requirements and everything that a lock brings in at run time. */
  readonly packages: ReadonlyMap<string, Dependency>;
  /** Files that were read: requirements.txt, pyproject.toml, uv.lock, poetry.lock. */
  readonly files: readonly SourceFile[];
  readonly hasLock: boolean;
  /** What could not be read in them. */
  readonly problems: readonly { readonly file: SourceFile; readonly problem: SyntaxProblem }[];
}

/** One `from x import y` or `import x` of the charm's own Python; type-checking-only imports are marked. */
export interface ImportRecord {
  readonly module: string;
  readonly name: string | null;
  readonly location: Location;
  /** The whole statement. */
  readonly statement: Location;
  readonly typeCheckingOnly: boolean;
}

/** A place in the charm's Python that holds the name of one of its endpoints. */
export interface RelationUse {
  readonly endpoint: string;
  /** The name: a string with its quotes, or the part of an event's attribute or of `application:endpoint` that is the name. */
  readonly location: Location;
  /** The whole word around it: the attribute of an event, else the same. */
  readonly whole: Location;
  /** The name is written as in an event, where hyphens are underscores. */
  readonly isEvent: boolean;
  /**
   * What kind of place it is. `constant`: the string reaches a place that takes a relation's name through variables. `shared`: it also
   * reaches one that takes another name. `unrelated`: it names a container, a service, an application, a role or a unit only.
   * `other`: no context shows what it names.
   */
  readonly role:
    | "endpoint-map"
    | "policy"
    | "library-argument"
    | "event"
    | "model-relation"
    | "application-endpoint"
    | "constant"
    | "shared"
    | "unrelated"
    | "other";
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
  /** Every call of WorkerTelemetryProxyConfig. */
  readonly telemetryProxyCalls: readonly TelemetryProxyCall[];
  readonly consumers: readonly ConsumerCall[];
  /** Mesh objects that nothing keeps: ops collects them before they do anything. */
  readonly discarded: readonly DiscardedObject[];
  readonly policies: readonly DeclaredPolicy[];
  /** False where part of the policy list could not be read. */
  readonly policiesComplete: boolean;
  /** Every `Method.x` that the charm's own Python writes, right or wrong. */
  readonly methodMembers: readonly MethodMember[];
  readonly resourceManagers: readonly ResourceManagerCall[];
  /** Where `mesh_type` is compared or tested without being called, so that the result never changes. */
  readonly meshTypeUses: readonly MeshTypeUse[];
  readonly rawPolicies: readonly RawPolicy[];
  readonly webhooks: readonly AdmissionWebhook[];
  /** Services in manifests that the charm applies. */
  readonly manifestServices: readonly ManifestService[];
  readonly openedPorts: Fact<readonly number[]>;
  /** Every place that opens ports, for edits and links. */
  readonly openedPortPlaces: readonly Location[];
  /** The arguments of `set_ports`, for edits that name a port as the charm does. */
  readonly writtenPorts: readonly WrittenPort[];
  readonly published: readonly PublishedAddress[];
  readonly ingressedPorts: readonly IngressedPort[];
  readonly libraries: readonly Library[];
  readonly dependencies: CharmDependencies;
  readonly imports: readonly ImportRecord[];
  readonly relationUses: readonly RelationUse[];
  /** True where some Python file of the charm is damaged, so that absence proves nothing. */
  readonly damaged: boolean;
  /** The smallest pieces of its Python that are not read as written. No rule may accuse for what touches them. */
  readonly recovered: readonly Location[];
  /** Those among them where the facts are those of the last text that could be read. */
  readonly stale: readonly Location[];
  readonly problems: readonly { readonly file: SourceFile; readonly problem: SyntaxProblem }[];
}
