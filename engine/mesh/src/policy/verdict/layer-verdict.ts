import type { Flow } from "../flow.ts";
import type { AuthorizationPolicyRule } from "../mesh-policy.ts";
import { matchesText } from "./istio-matching.ts";
import { operationMatch, operationsOf, wholeMatch } from "./operation-match.ts";
import {
  type AppliedPolicy,
  actionOf,
  existence,
  policiesFor,
  type TargetingPolicy,
  type TargetPolicies,
} from "./target-policies.ts";
import { both, either, type Ternary, ternary } from "./ternary.ts";

/** Who a connection comes from, as the mesh sees it. */
export interface Identity {
  readonly principal: string;
  readonly namespace: string;
  /** Whether the sender is on the mesh, and so has an identity at all. */
  readonly onMesh: Ternary;
}

/** What one enforcement point makes of a flow. */
export interface LayerVerdict {
  readonly verdict: Ternary;
  /** The policy that decided; null: the absence of one. */
  readonly policy: TargetingPolicy | null;
  /** Why: a DENY matched; an ALLOW matched; ALLOW policies target it and none matched; none targets it; a CUSTOM decides. */
  readonly by: "deny" | "allow" | "implicit-deny" | "nothing" | "custom";
  /** How many ALLOW policies target it. */
  readonly allows: number;
}

/**
 * Istio's precedence at one point: CUSTOM, then DENY, then ALLOW; with at least one ALLOW that targets the workload or Service
 * (`restricted`: a mesh-wide one does), no match means deny.
 */
export function layerVerdict(
  target: TargetPolicies,
  flow: Flow,
  identity: Identity,
  seesHttp: boolean,
  restricted: boolean,
): LayerVerdict {
  const allows: Matched[] = [];
  let deny: Matched | null = null;
  let custom: Matched | null = null;
  for (const policy of policiesFor(target, identity.principal)) {
    const match = policyMatch(policy, flow, identity, seesHttp);
    const action = actionOf(policy);
    if (action === "ALLOW") allows.push({ policy, match });
    else if (action === "DENY") {
      const certain = both(match, existence(policy));
      if (certain === "yes") return { verdict: "no", policy, by: "deny", allows: target.allows };
      if (certain === "maybe") deny ??= { policy, match: certain };
      // ztunnel knows no CUSTOM; what an external authorizer says can't be known.
    } else if (action === "CUSTOM" && seesHttp && match !== "no") custom ??= { policy, match };
  }
  const allowed = allowVerdict(target, allows, restricted);
  const doubtful = deny ?? custom;
  if (doubtful === null || allowed.verdict === "no") return allowed;
  return { verdict: "maybe", policy: doubtful.policy, by: deny ? "deny" : "custom", allows: target.allows };
}

interface Matched {
  readonly policy: TargetingPolicy;
  /** Whether it matches the flow, if it is there. */
  readonly match: Ternary;
}

/**
 * What the ALLOW policies say, taken together: each that may not be there, or may not match, can turn out either way. Without any,
 * everything is let through; `restricted` and each that is surely there make that a denial.
 */
function allowVerdict(target: TargetPolicies, allows: readonly Matched[], restricted: boolean): LayerVerdict {
  const count = target.allows;
  const sure = allows.find(({ policy, match }) => match === "yes" && existence(policy) === "yes");
  if (sure) return { verdict: "yes", policy: sure.policy, by: "allow", allows: count };
  const implicit = restricted || target.sureAllow;
  const possible = allows.find(({ match }) => match !== "no")?.policy;
  if (implicit && !possible) return { verdict: "no", policy: null, by: "implicit-deny", allows: count };
  // Those that name other senders only are there for nobody, or keep this one out.
  const refusing =
    allows.find(({ match }) => match !== "yes")?.policy ??
    (count > allows.length ? target.all.find((policy) => actionOf(policy) === "ALLOW" && !possible) : undefined);
  if (!implicit && !refusing && count === allows.length)
    return { verdict: "yes", policy: null, by: "nothing", allows: count };
  return {
    verdict: "maybe",
    policy: possible ?? refusing ?? null,
    by: possible ? "allow" : "implicit-deny",
    allows: count,
  };
}

/** Whether some rule of the policy matches the flow; without rules none does. */
export function policyMatch(policy: AppliedPolicy, flow: Flow, identity: Identity, seesHttp: boolean): Ternary {
  const denies = policy.resource.spec.action === "DENY";
  let result: Ternary = "no";
  for (const rule of policy.resource.spec.rules ?? []) {
    const source = sourceMatch(rule, identity);
    if (source === "no") continue;
    for (const operation of operationsOf(policy.effective, rule.to)) {
      const match = wholeMatch(operationMatch(operation, flow, seesHttp, denies));
      result = either(result, both(source, match));
      if (result === "yes") return result;
    }
  }
  return result;
}

/** Whether the rule's `from` names the sender; a rule without one names everybody. */
export function sourceMatch(rule: AuthorizationPolicyRule, identity: Identity): Ternary {
  if (rule.from === undefined || rule.from.length === 0) return "yes";
  let result: Ternary = "no";
  for (const { source } of rule.from) {
    const named = both(
      listed(source.principals, identity.principal, identity.onMesh),
      listed(source.namespaces, identity.namespace, identity.onMesh),
    );
    result = either(result, named);
  }
  return result;
}

function listed(patterns: readonly string[] | undefined, value: string, onMesh: Ternary): Ternary {
  if (patterns === undefined || patterns.length === 0) return "yes";
  return both(ternary(patterns.some((pattern) => matchesText(pattern, value))), onMesh);
}
