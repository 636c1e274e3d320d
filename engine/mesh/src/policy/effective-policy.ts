import type { Condition, Fact, Reason } from "#python";
import type { AuthorizationPolicy, MeshPolicy } from "./mesh-policy.ts";

/** Who makes a policy. `ingress`: istio-ingress-k8s; `istio`: istio-k8s or Istio itself. */
export type PolicyOrigin =
  | "cluster-internal"
  | "coordinator-default"
  | "charm"
  | "resource-manager"
  | "beacon"
  | "ingress"
  | "istio";

/** An attribute of an endpoint that only HTTP has. */
export type HttpAttribute = "hosts" | "methods" | "paths";

/** One policy of the effective set, with where it came from. */
export interface EffectivePolicy {
  /**
   * Deterministic: the resource's name where there is one, else made of origin, source and target. Where several policies
   * would have the same id (the libraries keep duplicates), the later ones end in `#2`, `#3` …
   */
  readonly id: string;
  readonly origin: PolicyOrigin;
  /** A policy that lets every source in (the model operator's, the allow-all helper's) has `*` as its source. */
  readonly meshPolicy: MeshPolicy;
  /**
   * null where the library would create nothing; `because` then says why. Where something that is hashed could not be read,
   * the name ends in `-unknown` in the place of the hash (see UNKNOWN_HASH).
   */
  readonly resource: AuthorizationPolicy | null;
  /** Ports per endpoint of the mesh policy where something about it is not fully known; null where all is exact. */
  readonly uncertain: readonly Fact<readonly number[] | null>[] | null;
  /** Per endpoint of the mesh policy, the HTTP attributes that could not be read whole; absent where all could. */
  readonly unread?: readonly (readonly HttpAttribute[])[];
  /** Where the charm makes the policy only under a condition; absent: always. */
  readonly condition?: Condition;
  /** The relation that it follows from, by its topology id; null for cluster-internal and beacon's own. */
  readonly relation: string | null;
  /** The charm's line first, then what the topology adds, then the library's part. */
  readonly because: readonly Reason[];
}

/** An application whose own policies are not all known. */
export interface UnreadPolicies {
  readonly model: string;
  readonly application: string;
  /**
   * `charm`: its charm is not among those that were read; `policies`: it makes ALLOW policies that could not be read; `any-policies`: it
   * makes policies that could not be read and may deny.
   */
  readonly what: "charm" | "policies" | "any-policies";
  readonly because: readonly Reason[];
}

/** Which ports of an application speak TLS that the application itself ends, so that a waypoint sees no HTTP there. */
export interface ServedTls {
  readonly model: string;
  readonly application: string;
  readonly encrypted: readonly number[];
  readonly plain: readonly number[];
  /** All other ports. */
  readonly others: "yes" | "no" | "maybe";
  readonly because: readonly Reason[];
}

/** A Service that a charm makes beside the one that Juju names like the application. */
export interface OtherService {
  readonly model: string;
  readonly application: string;
  readonly name: string;
  /** Whether it carries the label `istio.io/use-waypoint`. */
  readonly behindWaypoint: "yes" | "no" | "maybe";
}

/** The whole effective set of a deployment. Order is stable: by target model, target, origin, source, endpoint. */
export interface EffectivePolicies {
  readonly policies: readonly EffectivePolicy[];
  readonly problems: readonly { readonly message: string; readonly because: readonly Reason[] }[];
  /** Absent: all are known. */
  readonly unread?: readonly UnreadPolicies[];
  /** Applications that speak, or may speak, TLS; all others do not. */
  readonly tls?: readonly ServedTls[];
  readonly services?: readonly OtherService[];
}

/** Whether it is an ALLOW without any rule: it lets nobody in, and all that no other policy allows is denied. */
export function allowsNothing({ resource }: EffectivePolicy): boolean {
  return resource !== null && (resource.spec.action ?? "ALLOW") === "ALLOW" && !resource.spec.rules?.length;
}
