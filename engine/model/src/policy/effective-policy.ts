import type { Fact } from "../fact/fact.ts";
import type { Reason } from "../fact/reason.ts";
import type { AuthorizationPolicy, MeshPolicy } from "./mesh-policy.ts";

export type PolicyOrigin = "cluster-internal" | "coordinator-default" | "charm" | "resource-manager" | "beacon";

/** One policy of the effective set, with where it came from. */
export interface EffectivePolicy {
  /** Deterministic: the resource's name where there is one, else made of origin, source, target and position. */
  readonly id: string;
  readonly origin: PolicyOrigin;
  readonly meshPolicy: MeshPolicy;
  /** null where the library would create nothing; `because` then says why. */
  readonly resource: AuthorizationPolicy | null;
  /** Ports per endpoint of the mesh policy where they are not fully known; null where all are exact. */
  readonly uncertain: readonly Fact<readonly number[] | null>[] | null;
  /** The relation that it follows from, by its topology id; null for cluster-internal and beacon's own. */
  readonly relation: string | null;
  readonly because: readonly Reason[];
}

/** The whole effective set of a deployment. Order is stable: by target model, target, origin, source, endpoint. */
export interface EffectivePolicies {
  readonly policies: readonly EffectivePolicy[];
  readonly problems: readonly { readonly message: string; readonly because: readonly Reason[] }[];
}
