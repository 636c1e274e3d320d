import type { Flow } from "../flow.ts";
import type { AuthorizationPolicyRule } from "../mesh-policy.ts";
import { matchesText } from "./istio-matching.ts";
import { operationMatch, operationsOf, wholeMatch } from "./operation-match.ts";
import type { AppliedPolicy, TargetingPolicy } from "./policy-index.ts";
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
  policies: readonly TargetingPolicy[],
  flow: Flow,
  identity: Identity,
  seesHttp: boolean,
  restricted: boolean,
): LayerVerdict {
  const matched = policies.map((policy) => ({ policy, match: policyMatch(policy, flow, identity, seesHttp) }));
  const of = (action: string) => matched.filter(({ policy }) => (policy.resource.spec.action ?? "ALLOW") === action);
  const allows = of("ALLOW");
  const denies = of("DENY").map((one) => ({ ...one, match: both(one.match, exists(one.policy)) }));
  const certain = denies.find(({ match }) => match === "yes");
  if (certain) return { verdict: "no", policy: certain.policy, by: "deny", allows: allows.length };
  const allowed = allowVerdict(allows, restricted);
  const doubtful =
    denies.find(({ match }) => match === "maybe") ??
    // ztunnel knows no CUSTOM; what an external authorizer says can't be known.
    (seesHttp ? of("CUSTOM").find(({ match }) => match !== "no") : undefined);
  if (!doubtful || allowed.verdict === "no") return allowed;
  const by = doubtful.policy.resource.spec.action === "CUSTOM" ? "custom" : "deny";
  return { verdict: "maybe", policy: doubtful.policy, by, allows: allows.length };
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
function allowVerdict(allows: readonly Matched[], restricted: boolean): LayerVerdict {
  const count = allows.length;
  const sure = allows.find(({ policy, match }) => match === "yes" && exists(policy) === "yes");
  if (sure) return { verdict: "yes", policy: sure.policy, by: "allow", allows: count };
  const implicit = restricted || allows.some(({ policy }) => exists(policy) === "yes");
  const possible = allows.find(({ match }) => match !== "no");
  const refusing = allows.find(({ match }) => match !== "yes");
  if (implicit && !possible) return { verdict: "no", policy: null, by: "implicit-deny", allows: count };
  if (!implicit && !refusing) return { verdict: "yes", policy: null, by: "nothing", allows: count };
  const decisive = possible ?? refusing;
  return {
    verdict: "maybe",
    policy: decisive?.policy ?? null,
    by: possible ? "allow" : "implicit-deny",
    allows: count,
  };
}

/** Whether the policy is there and targets the workload. */
function exists(policy: TargetingPolicy): Ternary {
  return policy.effective.condition === undefined ? policy.targets : both(policy.targets, "maybe");
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
