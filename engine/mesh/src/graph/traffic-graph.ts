import type { Reason } from "#python";
import type { EffectivePolicy } from "../policy/effective-policy.ts";
import type { Endpoint } from "../policy/mesh-policy.ts";

export type NodeKind = "coordinator" | "worker" | "application" | "backend" | "client" | "ingress" | "beacon" | "group";

/** One application (or a collapsed group of them). */
export interface GraphNode {
  /** `app:<model>/<application>` or `group:<box>/<what>`. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly model: string;
  readonly application: string;
  readonly units: number;
  readonly roles: readonly string[];
  readonly onMesh: boolean;
  /** Stands for any application over a relation whose other side is not known; absent: a real application. */
  readonly placeholder?: boolean;
  /**
   * On the mesh, and yet anybody reaches its pods on every port without an identity, past the waypoint: nothing restricts them there, or a
   * policy lets everybody in. Absent: no, or not known.
   */
  readonly openToAll?: boolean;
  /** The box it stands in: the cluster's id, else the model's. */
  readonly box: string;
  /** Charm's root folder where the charm is in the workspace. */
  readonly charmRoot: string | null;
  /** For a group: the ids of what it stands for. */
  readonly members: readonly string[];
  readonly because: readonly Reason[];
}

/** A frame: one Juju model, or a coordinator's cluster inside it (`app.kubernetes.io/part-of`). */
export interface GraphBox {
  /** `model:<name>` or `cluster:<model>/<coordinator>`. */
  readonly id: string;
  readonly kind: "model" | "cluster";
  readonly label: string;
  readonly parent: string | null;
}

export type EdgeKind =
  | "internal"
  | "service"
  | "unit"
  | "telemetry"
  | "telemetry-bypass"
  /** A relation suggests it, and no policy of the target, whose charm is known, allows it. */
  | "denied"
  /** A relation suggests it, and nothing known here decides: the target's charm is elsewhere, or it is not on the mesh. */
  | "suggested"
  | "mesh"
  | "cross-model";

/** One hop of traffic, or one relation of the mesh itself. */
export interface GraphEdge {
  /** `<kind>:<source>-><target>:<detail>`; equal ids mean the same edge. */
  readonly id: string;
  readonly kind: EdgeKind;
  readonly source: string;
  readonly target: string;
  /** Short, for the picture. */
  readonly label: string;
  /** Enforced at the waypoint (l7), at ztunnel (l4), or nowhere. */
  readonly layer: "l7" | "l4" | null;
  readonly verdict: "allowed" | "denied" | "unknown";
  readonly relation: string | null;
  readonly interface: string | null;
  readonly ports: readonly number[] | null;
  readonly methods: readonly string[] | null;
  readonly paths: readonly string[] | null;
  /** What is granted together, where that is several things: the methods of one port are not those of another. Absent for one. */
  readonly grants?: readonly Pick<Endpoint, "ports" | "methods" | "paths">[];
  readonly scheme: string | null;
  /** metrics, logs, charm-traces, workload-traces, remote-write; null for other traffic. */
  readonly telemetry: string | null;
  /** Which part of telemetry's way this is; null for other traffic. */
  readonly hop: "to-proxy" | "from-proxy" | "direct" | null;
  readonly crossModel: boolean;
  /** Set when two states are compared. */
  readonly change: "opened" | "closed" | "widened" | "narrowed" | "changed" | null;
  readonly policies: readonly EffectivePolicy[];
  readonly because: readonly Reason[];
}

export interface TrafficGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly boxes: readonly GraphBox[];
  readonly notes: readonly string[];
}
