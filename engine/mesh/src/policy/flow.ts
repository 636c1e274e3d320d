import type { Reason } from "#python";
import type { EffectivePolicy } from "./effective-policy.ts";

/** Who sends. `onMesh` null: worked out from the topology (meshMembership). */
export interface FlowSource {
  readonly application: string;
  readonly model: string;
  readonly onMesh: boolean | null;
}

/** Who receives, and by which address: its Kubernetes Service, or one of its pods (a Juju unit). */
export interface FlowTarget {
  readonly application: string;
  readonly model: string;
  readonly via: "service" | "unit";
  /** The Service's name where it is not the application's own (`AppPolicy(service=…)`); null: the application's. */
  readonly service: string | null;
}

/**
 * One request. `null` in `method`, `path` or `host` means that it is not said: the verdict is then `unknown` where it would
 * depend on it. `http` false: not HTTP at all, so that no policy with an HTTP attribute can match.
 */
export interface Flow {
  readonly source: FlowSource;
  readonly target: FlowTarget;
  readonly port: number;
  readonly method: string | null;
  readonly path: string | null;
  readonly host: string | null;
  readonly http?: boolean;
}

export type FlowField = "source" | "target" | "port" | "method" | "path" | "host";

/** One step of the way that a request takes. */
export interface FlowStep {
  readonly at: "waypoint" | "ztunnel";
  /** `skip`: nothing is decided here (the request does not come by, or no policy restricts it). */
  readonly verdict: "allow" | "deny" | "skip" | "unknown";
  /** The AuthorizationPolicy that decided (its resource's name, else the effective policy's id), or null. */
  readonly policy: string | null;
  readonly effective: EffectivePolicy | null;
  readonly text: string;
  readonly because: readonly Reason[];
}

/** The policy that came nearest to matching, and the first field in which it did not. */
export interface NearestPolicy {
  readonly effective: EffectivePolicy;
  readonly at: "waypoint" | "ztunnel";
  readonly field: FlowField;
  /** What the policy has there, and what the flow has. */
  readonly wanted: string;
  readonly found: string;
  readonly text: string;
}

export interface FlowVerdict {
  readonly verdict: "allowed" | "denied" | "unknown";
  readonly steps: readonly FlowStep[];
  /** Only where the flow is not allowed. */
  readonly nearest: NearestPolicy | null;
  /** In words, why it is unknown; null where it is not. */
  readonly unknown: string | null;
}
