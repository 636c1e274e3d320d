import type { Location, SourceFile } from "#syntax";
import type { EffectivePolicies, EffectivePolicy } from "../policy/effective-policy.ts";
import type { AuthorizationPolicy } from "../policy/mesh-policy.ts";
import { type ClusterPolicy, clusterPolicies } from "./cluster-policies.ts";
import { type ComparableSpec, comparableSpec, specDifference } from "./comparable-spec.ts";

/** An expected policy that the cluster has otherwise. */
export interface DriftedPolicy {
  readonly name: string;
  readonly namespace: string;
  /** The field with what is expected and what is there. */
  readonly difference: string;
  readonly policy: EffectivePolicy;
  readonly location: Location;
}

/** How a cluster differs from what the charms and the topology lead to. */
export interface Drift {
  readonly missing: readonly EffectivePolicy[];
  readonly unexpected: readonly ClusterPolicy[];
  readonly changed: readonly DriftedPolicy[];
  /** Policies of others (ingresses, the control plane, other models), which are not drift. */
  readonly unmanaged: readonly ClusterPolicy[];
  readonly problems: readonly { readonly message: string; readonly location: Location }[];
}

/**
 * Compares the expected policies with a dump of `kubectl get authorizationpolicies -A -o yaml|json`. Policies are matched by namespace
 * and name, then those that are left by what they target and whom they let in, since a changed policy has another name (its hash).
 * `unexpected` are policies that look managed: they carry the labels of a manager whose policies are expected, or a name of the
 * form that the library gives (`<app>-<model>-policy-…-<8 hex digits>`) in a model that is expected to have policies. So are policies
 * without a manager in such a model, made by hand: the charms do not explain what they allow. All others (the control
 * plane's, which allow nothing, and those of ingresses, which carry labels) are listed as `unmanaged`. Where the expectation is not
 * certain (ports that can't be read) it is not compared, and a policy that the charm makes only under a condition is never missing.
 */
export function drift(expected: EffectivePolicies, clusterDump: SourceFile): Drift {
  const { policies: found, problems } = clusterPolicies(clusterDump);
  const open = new Map(found.map((policy) => [policyKey(policy.namespace, policy.name), policy]));
  const duplicates = new Set<string>();
  const wanted = expected.policies.flatMap((policy): Wanted[] => {
    const { resource } = policy;
    if (resource === null) return [];
    const key = policyKey(resource.metadata.namespace, resource.metadata.name);
    // The libraries make doubles under one name: the cluster has one of them.
    if (duplicates.has(key)) return [];
    duplicates.add(key);
    return [{ policy, resource, key, spec: comparableSpec(resource.spec), unsure: unsureFields(policy) }];
  });
  const changed: DriftedPolicy[] = [];
  const compare = (one: Wanted, there: ClusterPolicy): void => {
    open.delete(policyKey(there.namespace, there.name));
    if (there.damaged) return;
    const difference = specDifference(one.spec, comparableSpec(there.spec), one.unsure);
    if (difference !== null) changed.push(drifted(one, there, difference));
  };
  const byName = wanted.filter((one) => {
    const there = open.get(one.key);
    if (there) compare(one, there);
    return !there;
  });
  const managed = expectation(wanted);
  const candidates = new Map<string, ClusterPolicy[]>();
  for (const policy of open.values()) {
    if (!looksManaged(policy, managed)) continue;
    const key = identityKey(policy.namespace, comparableSpec(policy.spec));
    candidates.set(key, [...(candidates.get(key) ?? []), policy]);
  }
  const missing = byName.filter((one) => {
    const there = candidates.get(identityKey(one.resource.metadata.namespace, one.spec))?.shift();
    if (there) compare(one, there);
    return !there;
  });
  const rest = [...open.values()];
  return {
    missing: missing.map((one) => one.policy).filter((policy) => policy.condition === undefined),
    unexpected: rest.filter((policy) => isUnexpected(policy, managed)),
    changed,
    unmanaged: rest.filter((policy) => !isUnexpected(policy, managed)),
    problems,
  };
}

interface Wanted {
  readonly policy: EffectivePolicy;
  readonly resource: AuthorizationPolicy;
  readonly key: string;
  readonly spec: ComparableSpec;
  readonly unsure: ReadonlySet<string>;
}

function policyKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function identityKey(namespace: string, spec: ComparableSpec): string {
  return `${namespace} ${spec.identity}`;
}

function drifted({ policy, resource }: Wanted, there: ClusterPolicy, difference: string): DriftedPolicy {
  const { name, namespace } = resource.metadata;
  const otherName = there.name === name ? "" : ` (there under the name ${there.name})`;
  return { name, namespace, difference: `${difference}${otherName}`, policy, location: there.location };
}

/** What can't be held against the cluster, because it could not be read from the charm. */
function unsureFields(policy: EffectivePolicy): ReadonlySet<string> {
  const uncertain = policy.uncertain?.some((fact) => fact.kind !== "known") ?? false;
  const unread = policy.unread?.some((attributes) => attributes.length > 0) ?? false;
  return new Set(uncertain || unread ? ["spec.rules[].to[].operation"] : []);
}

/** The name that the libraries give: manager, its model, `policy`, source, its model, target, hash. */
const LIBRARY_NAME = /^.{1,253}?-policy-.{1,253}-[0-9a-f]{8}$/;

interface Expectation {
  /** The labels of each manager, as `key=value`. */
  readonly managers: readonly (readonly string[])[];
  readonly models: ReadonlySet<string>;
}

function looksManaged(policy: ClusterPolicy, { managers, models }: Expectation): boolean {
  const has = (label: string): boolean => {
    const equals = label.indexOf("=");
    return policy.labels[label.slice(0, equals)] === label.slice(equals + 1);
  };
  return (
    managers.some((labels) => labels.every(has)) || (models.has(policy.namespace) && LIBRARY_NAME.test(policy.name))
  );
}

function isUnexpected(policy: ClusterPolicy, managed: Expectation): boolean {
  if (looksManaged(policy, managed)) return true;
  const byHand = Object.keys(policy.labels).length === 0 && (policy.spec.rules ?? []).length > 0;
  return byHand && managed.models.has(policy.namespace);
}

function expectation(wanted: readonly Wanted[]): Expectation {
  const managers = new Map<string, readonly string[]>();
  const models = new Set<string>();
  for (const { resource } of wanted) {
    const labels = Object.entries(resource.metadata.labels).map(([key, value]) => `${key}=${value}`);
    if (labels.length > 0) managers.set(labels.sort().join("\n"), labels);
    models.add(resource.metadata.namespace);
  }
  return { managers: [...managers.values()], models };
}
