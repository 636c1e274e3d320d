import type { Flow } from "../flow.ts";
import type { AuthorizationPolicyRule, AuthorizationPolicySource } from "../mesh-policy.ts";
import { matchesText } from "./istio-matching.ts";
import { asksHttp, operationMatch, operationsOf, type Sight, wholeMatch } from "./operation-match.ts";
import {
  type AppliedPolicy,
  actionOf,
  existence,
  policiesFor,
  type TargetingPolicy,
  type TargetPolicies,
} from "./target-policies.ts";
import { both, either, opposite, type Ternary, ternary } from "./ternary.ts";

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
  sight: Sight,
  restricted: boolean,
): LayerVerdict {
  const allows: Matched[] = [];
  let deny: Matched | null = null;
  let custom: Matched | null = null;
  for (const policy of policiesFor(target, identity.principal)) {
    const match = policyMatch(policy, flow, identity, sight);
    const action = actionOf(policy);
    if (action === "ALLOW") allows.push({ policy, match });
    else if (action === "DENY") {
      const certain = both(match, existence(policy));
      if (certain === "yes") return { verdict: "no", policy, by: "deny", allows: target.allows };
      if (certain === "maybe") deny ??= { policy, match: certain };
      // ztunnel knows no CUSTOM; what an external authorizer says can't be known.
    } else if (action === "CUSTOM" && sight !== "ztunnel" && match !== "no") custom ??= { policy, match };
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
  // Policies that name only other senders do not match this one, but they deny it by default.
  const refusing =
    allows.find(({ match }) => match !== "yes")?.policy ??
    (possible ? undefined : target.all.find((policy) => actionOf(policy) === "ALLOW"));
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
function policyMatch(policy: AppliedPolicy, flow: Flow, identity: Identity, sight: Sight): Ternary {
  let result: Ternary = "no";
  for (const rule of policy.resource.spec.rules ?? [])
    result = either(result, ruleMatch(policy, rule, flow, identity, sight));
  return result;
}

function ruleMatch(
  policy: AppliedPolicy,
  rule: AuthorizationPolicyRule,
  flow: Flow,
  identity: Identity,
  sight: Sight,
): Ternary {
  const source = sourceMatch(rule, policy.resource.metadata.namespace, identity, sight);
  if (source === "no") return "no";
  const operations = operationsOf(policy.effective, rule.to);
  const kept = sight === "http" || actionOf(policy) !== "ALLOW" ? "yes" : opposite(asksHttp(rule, operations));
  // What a condition asks for (headers, claims, addresses) is no part of a flow.
  const condition: Ternary = rule.when?.length ? "maybe" : "yes";
  let result: Ternary = "no";
  for (const operation of operations) result = either(result, wholeMatch(operationMatch(operation, flow, sight)));
  return both(both(source, kept), both(condition, result));
}

/** Whether the rule's `from` names the sender; a rule without one names every sender. `namespace`: the policy's own. */
export function sourceMatch(
  rule: AuthorizationPolicyRule,
  namespace: string,
  identity: Identity,
  sight: Sight,
): Ternary {
  if (rule.from === undefined || rule.from.length === 0) return "yes";
  let result: Ternary = "no";
  for (const { source } of rule.from) result = either(result, oneSourceMatch(source, namespace, identity, sight));
  return result;
}

function oneSourceMatch(
  source: AuthorizationPolicySource,
  namespace: string,
  identity: Identity,
  sight: Sight,
): Ternary {
  const named = (patterns: readonly string[] | undefined, value: string) =>
    patterns?.length ? both(ternary(patterns.some((pattern) => matchesText(pattern, value))), identity.onMesh) : null;
  // A service account without a namespace is one of the policy's own.
  const accounts = (names: readonly string[] | undefined) =>
    named(
      names?.map((name) => (name.includes("/") ? name : `${namespace}/${name}`)),
      accountOf(identity),
    );
  const parts: Ternary[] = [
    named(source.principals, identity.principal) ?? "yes",
    opposite(named(source.notPrincipals, identity.principal) ?? "no"),
    named(source.namespaces, identity.namespace) ?? "yes",
    opposite(named(source.notNamespaces, identity.namespace) ?? "no"),
    accounts(source.serviceAccounts) ?? "yes",
    opposite(accounts(source.notServiceAccounts) ?? "no"),
    addressMatch(source.ipBlocks),
    opposite(source.notIpBlocks?.length ? addressMatch(source.notIpBlocks) : "no"),
  ];
  // What stands in a token or a forwarding header is no part of a flow, and neither is another trust domain.
  const unseen = [source.trustDomains, source.notTrustDomains];
  const http = [source.requestPrincipals, source.notRequestPrincipals, source.remoteIpBlocks, source.notRemoteIpBlocks];
  if ([...unseen, ...(sight === "http" ? http : [])].some((list) => list?.length)) parts.push("maybe");
  return parts.reduce(both);
}

/** `<namespace>/<service account>` of a principal. */
function accountOf({ namespace, principal }: Identity): string {
  return `${namespace}/${principal.slice(principal.lastIndexOf("/") + 1)}`;
}

/** Which address a pod has is not known; a block that holds every address matches. */
function addressMatch(blocks: readonly string[] | undefined): Ternary {
  if (!blocks?.length) return "yes";
  return blocks.some((block) => /^(?:0\.0\.0\.0|::)\/0$/.test(block)) ? "yes" : "maybe";
}
