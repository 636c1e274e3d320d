import type { EffectivePolicy } from "../effective-policy.ts";

/** How a policy is called where a step names it. */
export function policyName(policy: EffectivePolicy): string {
  return policy.resource?.metadata.name ?? policy.id;
}

/** Policies that are the beacon's work, so that none of them is there when it does not manage policies. */
export function isByBeacon(policy: EffectivePolicy): boolean {
  return policy.origin === "charm" || policy.origin === "coordinator-default" || policy.origin === "beacon";
}
