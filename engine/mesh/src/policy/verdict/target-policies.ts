import type { EffectivePolicy } from "../effective-policy.ts";
import type { AuthorizationPolicy } from "../mesh-policy.ts";
import { both, type Ternary } from "./ternary.ts";

/** A policy with a resource, as the data plane has it. */
export interface AppliedPolicy {
  readonly effective: EffectivePolicy;
  readonly resource: AuthorizationPolicy;
}

/** One that targets a workload or Service, surely or perhaps. */
export interface TargetingPolicy extends AppliedPolicy {
  readonly targets: Ternary;
}

/** All policies that target one workload or Service. Most name one sender, so they are found by it. */
export interface TargetPolicies {
  readonly all: readonly TargetingPolicy[];
  /** By principal, where a policy names nothing else than whole principals. */
  readonly byPrincipal: ReadonlyMap<string, readonly TargetingPolicy[]>;
  /** Those that may match any sender. */
  readonly open: readonly TargetingPolicy[];
  /** The ALLOW policies among them: how many, whether one is surely there, and one that may not be. */
  readonly allows: number;
  readonly sureAllow: boolean;
}

/** The policies of one target, prepared for being asked about many senders. */
export function targetPolicies(all: readonly TargetingPolicy[]): TargetPolicies {
  const byPrincipal = new Map<string, TargetingPolicy[]>();
  const open: TargetingPolicy[] = [];
  const allowing = all.filter((policy) => actionOf(policy) === "ALLOW");
  for (const policy of all) {
    const principals = wholePrincipals(policy.resource);
    if (principals === null) open.push(policy);
    for (const principal of principals ?? []) {
      const list = byPrincipal.get(principal);
      if (list) list.push(policy);
      else byPrincipal.set(principal, [policy]);
    }
  }
  const sureAllow = allowing.some((policy) => existence(policy) === "yes");
  return { all, byPrincipal, open, allows: allowing.length, sureAllow };
}

/** The policies that may match a sender; the rules of all others name other senders. */
export function policiesFor(target: TargetPolicies, principal: string): readonly TargetingPolicy[] {
  const named = target.byPrincipal.get(principal) ?? [];
  return target.open.length === 0 ? named : named.length === 0 ? target.open : [...named, ...target.open];
}

/** The principals that a policy's rules name, or null where a pattern or a rule without a sender may match others too. */
function wholePrincipals(resource: AuthorizationPolicy): ReadonlySet<string> | null {
  const principals = new Set<string>();
  for (const rule of resource.spec.rules ?? []) {
    if (rule.from === undefined || rule.from.length === 0) return null;
    for (const { source } of rule.from) {
      if (source.principals === undefined || source.principals.length === 0) return null;
      for (const principal of source.principals) {
        if (principal.includes("*")) return null;
        principals.add(principal);
      }
    }
  }
  return principals;
}

/** No action means ALLOW. */
export function actionOf(policy: AppliedPolicy): string {
  return policy.resource.spec.action ?? "ALLOW";
}

/** Whether the policy is there and targets the workload. */
export function existence(policy: TargetingPolicy): Ternary {
  return policy.effective.condition === undefined ? policy.targets : both(policy.targets, "maybe");
}
