import type { EffectivePolicies, EffectivePolicy, HttpAttribute } from "./effective-policy.ts";
import { istioRefusal } from "./library/istio-validation.ts";
import type { AuthorizationPolicy, AuthorizationPolicyRule } from "./mesh-policy.ts";
import { coversPattern } from "./verdict/pattern-cover.ts";

/**
 * True when `a` lets through every request that `b` lets through; false also where that can't be known. What is uncertain counts
 * against it: of `a` only what it grants for certain, of `b` all that it may grant. A policy without a resource grants nothing.
 */
export function grantsAll(a: EffectivePolicy, b: EffectivePolicy): boolean {
  const granted = appliedResource(b);
  if (a === b || granted === null) return true;
  const granting = appliedResource(a);
  if (granting === null || a.condition !== undefined) return false;
  if (!isAllow(granting) || !isAllow(granted) || !targetsAll(granting, granted)) return false;
  const grants = (granting.spec.rules ?? []).map((rule) => ({ rule, operations: certainOperations(a, rule) }));
  return (granted.spec.rules ?? []).every((rule) => {
    const covering = grants.filter((grant) => coversSources(grant.rule, rule)).flatMap((grant) => grant.operations);
    return possibleRequests(b, rule).every((request) =>
      covering.some((operation) => coversRequest(operation, request)),
    );
  });
}

/** One policy that adds nothing, since another one grants all that it grants. */
export interface RedundantPolicy {
  readonly policy: EffectivePolicy;
  readonly by: EffectivePolicy;
  /** Both grant the same: of such a pair the later one is told. */
  readonly equal: boolean;
}

/** The policies of a set that another one of it makes redundant, in the set's order; the first such other one is named. */
export function redundantPolicies(effective: EffectivePolicies): readonly RedundantPolicy[] {
  const groups = new Map<string, EffectivePolicy[]>();
  const order = new Map(effective.policies.map((policy, index) => [policy, index]));
  for (const policy of effective.policies) {
    for (const key of policy.resource === null ? [] : grantingKeys(policy.resource)) {
      const group = groups.get(key);
      if (group) group.push(policy);
      else groups.set(key, [policy]);
    }
  }
  const at = (policy: EffectivePolicy) => order.get(policy) ?? 0;
  return effective.policies.flatMap((policy) => {
    const keys = policy.resource === null ? [] : grantedKeys(policy.resource);
    const others = [...new Set(keys.flatMap((key) => groups.get(key) ?? []))].sort((a, b) => at(a) - at(b));
    for (const other of others) {
      if (other === policy || !grantsAll(other, policy)) continue;
      const equal = grantsAll(policy, other);
      if (!equal || at(other) < at(policy)) return [{ policy, by: other, equal }];
    }
    return [];
  });
}

/** Under what a policy is looked for as one that may grant all that another one does: a target and a sender of its own. */
function grantingKeys(resource: AuthorizationPolicy): readonly string[] {
  const [place = ""] = places(resource);
  return senders(resource).map((sender) => `${place} ${sender}`);
}

/** Under what those are looked for that may grant all that this one does: any label, or none, and its senders, or anybody. */
function grantedKeys(resource: AuthorizationPolicy): readonly string[] {
  const asked = [...new Set([...senders(resource), ANYBODY])];
  return places(resource).flatMap((place) => asked.map((sender) => `${place} ${sender}`));
}

const ANYBODY = "*";

function senders({ spec }: AuthorizationPolicy): readonly string[] {
  const named = new Set<string>();
  for (const rule of spec.rules ?? []) {
    if (!rule.from?.length) named.add(ANYBODY);
    for (const { source } of rule.from ?? []) {
      for (const principal of source.principals ?? [ANYBODY]) named.add(principal.includes("*") ? ANYBODY : principal);
    }
  }
  return [...named];
}

/** The first is the policy's own place; a policy that selects pods may also be covered by one that selects by fewer labels. */
function places({ metadata, spec }: AuthorizationPolicy): readonly string[] {
  if (spec.targetRefs) {
    return spec.targetRefs.map((target) => `${metadata.namespace} ${target.kind}/${target.name}`);
  }
  const labels = Object.entries(spec.selector?.matchLabels ?? {}).map(
    (pair) => `${metadata.namespace} pods ${pair.join("=")}`,
  );
  return [...labels, `${metadata.namespace} pods`];
}

function appliedResource(policy: EffectivePolicy): AuthorizationPolicy | null {
  const { resource, uncertain } = policy;
  return resource === null || (uncertain === null && istioRefusal(resource.spec) !== null) ? null : resource;
}

function isAllow(resource: AuthorizationPolicy): boolean {
  return (resource.spec.action ?? "ALLOW") === "ALLOW";
}

function targetsAll(a: AuthorizationPolicy, b: AuthorizationPolicy): boolean {
  if (a.metadata.namespace !== b.metadata.namespace) return false;
  const [refs, wanted] = [a.spec.targetRefs, b.spec.targetRefs];
  if (refs === undefined || wanted === undefined) {
    if (refs !== wanted) return false;
    const labels = b.spec.selector?.matchLabels ?? {};
    return Object.entries(a.spec.selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  }
  return wanted.every((target) => refs.some((ref) => ref.kind === target.kind && ref.name === target.name));
}

function coversSources(a: AuthorizationPolicyRule, b: AuthorizationPolicyRule): boolean {
  const sources = a.from ?? [];
  if (sources.length === 0) return true;
  return (
    (b.from ?? []).length > 0 &&
    (b.from ?? []).every(({ source }) =>
      sources.some(
        (one) =>
          coversList(one.source.principals, source.principals) && coversList(one.source.namespaces, source.namespaces),
      ),
    )
  );
}

function coversList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || a.length === 0) return true;
  return b !== undefined && b.length > 0 && b.every((wanted) => a.some((pattern) => coversPattern(pattern, wanted)));
}

/** What one operation grants or may grant; null: everything. */
interface Grant extends Readonly<Record<HttpAttribute, readonly string[] | null>> {
  readonly ports: readonly number[] | null;
}

/** One combination of what an operation names; null: anything. */
type Request = Readonly<Record<HttpAttribute, string | null>> & { readonly port: number | null };

const HTTP: readonly HttpAttribute[] = ["hosts", "methods", "paths"];
const EVERYTHING: Grant = { ports: null, hosts: null, methods: null, paths: null };

function operations(rule: AuthorizationPolicyRule): readonly Grant[] {
  const to = rule.to ?? [];
  if (to.length === 0) return [EVERYTHING];
  const listed = <T>(values: readonly T[] | undefined) => (values === undefined || values.length === 0 ? null : values);
  return to.map(({ operation }) => ({
    ports: listed(operation.ports)?.map(Number) ?? null,
    hosts: listed(operation.hosts),
    methods: listed(operation.methods),
    paths: listed(operation.paths),
  }));
}

/** What the rule grants whatever the charm does when it runs. */
function certainOperations(policy: EffectivePolicy, rule: AuthorizationPolicyRule): readonly Grant[] {
  return operations(rule).flatMap((grant, index) => {
    if ((policy.unread?.[index]?.length ?? 0) > 0) return [];
    const fact = policy.uncertain?.[index];
    if (fact === undefined || fact.kind === "known") return [grant];
    if (fact.kind === "subsetOf" && fact.always?.length) return [{ ...grant, ports: fact.always }];
    if (fact.kind !== "oneOf") return [];
    const [first, ...others] = fact.options.map((option) => new Set(option ?? []));
    const ports = [...(first ?? [])].filter((port) => others.every((other) => other.has(port)));
    return ports.length > 0 ? [{ ...grant, ports }] : [];
  });
}

/** Everything that the rule may grant, combination by combination. */
function possibleRequests(policy: EffectivePolicy, rule: AuthorizationPolicyRule): readonly Request[] {
  return operations(rule).flatMap((grant, index) => {
    const unread = policy.unread?.[index] ?? [];
    const fact = policy.uncertain?.[index];
    let ports = grant.ports;
    if (fact?.kind === "oneOf")
      ports = fact.options.some((one) => !one?.length) ? null : fact.options.flatMap((one) => one ?? []);
    else if (fact?.kind === "subsetOf") ports = fact.open || !fact.always?.length ? null : fact.possible;
    else if (fact !== undefined && fact.kind !== "known") ports = null;
    const values = (name: HttpAttribute) => (unread.includes(name) ? null : grant[name]) ?? [null];
    return (ports ?? [null]).flatMap((port) =>
      values("hosts").flatMap((hosts) =>
        values("methods").flatMap((methods) => values("paths").map((paths) => ({ port, hosts, methods, paths }))),
      ),
    );
  });
}

function coversRequest(grant: Grant, request: Request): boolean {
  if (grant.ports !== null && (request.port === null || !grant.ports.includes(request.port))) return false;
  return HTTP.every((name) => {
    const patterns = grant[name];
    const wanted = request[name];
    return patterns === null || (wanted !== null && patterns.some((pattern) => coversPattern(pattern, wanted)));
  });
}
