import type { Reason } from "#python";
import type { Location, SourceFile } from "#syntax";
import type { MeshMode } from "./mesh-mode.ts";

export type TopologySourceId = "inferred" | "bundle" | "status" | "terraform" | "file" | "show-unit";

export interface Application {
  readonly name: string;
  readonly model: string;
  /** The charm's name; null if the source does not contain it (a remote application). */
  readonly charm: string | null;
  readonly units: number;
  readonly unitNames: readonly string[];
  /** IP addresses that the source names: of the Service (`unit` null) and of the units' pods. Absent: it names none. */
  readonly addresses?: readonly { readonly ip: string; readonly unit: string | null }[];
  readonly role: string | null;
  readonly trust: boolean | null;
  /** Said by the source; null: worked out from a service-mesh relation. */
  readonly onMesh: boolean | null;
  /** false: its charm makes no ServiceMeshConsumer, so that no beacon labels its pods. Absent: it makes one, or this is not known. */
  readonly hasConsumer?: boolean;
  /** Stands for an application that a declared relation suggests (inferred) or that lives elsewhere (saas). */
  readonly kind: "deployed" | "placeholder" | "saas";
  readonly because: readonly Reason[];
}

export interface RelationEnd {
  readonly model: string;
  readonly application: string;
  /** null if neither the source nor the charms give it. */
  readonly endpoint: string | null;
}

export interface TopologyRelation {
  readonly id: string;
  readonly interface: string | null;
  readonly provider: RelationEnd;
  readonly requirer: RelationEnd;
  readonly peer: boolean;
  readonly crossModel: CrossModel | null;
  readonly because: readonly Reason[];
}

/** What joins the two sides of a cross-model relation. See `remoteName` for who sees whom under which name. */
export interface CrossModel {
  readonly offer: string | null;
  /** Which end stands in the model that makes the offer: mostly the provider, but a requirer can be offered too (an ingress's client). */
  readonly offering: "provider" | "requirer";
  /** The name under which the offering side sees the consumer (local SaaS alias or `remote-<hex>`). */
  readonly alias: string;
  /** The name under which the consuming side sees the offer; null if no source gives it. */
  readonly saas: string | null;
  /** A cross_model_mesh relation between the same two runs beside it and has published its data. */
  readonly meshData: boolean;
}

export interface Offer {
  readonly name: string;
  readonly model: string;
  readonly application: string;
  readonly endpoints: readonly string[];
  readonly location: Location | null;
}

export interface TopologyProblem {
  readonly code: "unreadable-file" | "unreadable-topology" | "unknown-application" | "ambiguous-relation";
  readonly message: string;
  readonly location: Location;
}

/** A databag as `juju show-unit` prints it. */
export interface Databag {
  readonly application: string;
  readonly unit: string | null;
  readonly endpoint: string;
  readonly relatedApplication: string;
  readonly data: ReadonlyMap<string, string>;
  readonly location: Location;
}

/** Who is deployed and who is related. Keys of `models` are model names. */
export interface Topology {
  readonly source: TopologySourceId;
  readonly file: SourceFile | null;
  readonly mode: MeshMode;
  readonly models: readonly string[];
  readonly applications: readonly Application[];
  readonly relations: readonly TopologyRelation[];
  readonly offers: readonly Offer[];
  readonly databags: readonly Databag[];
  readonly problems: readonly TopologyProblem[];
  /** Said wherever the topology is shown. */
  readonly note: string | null;
}
