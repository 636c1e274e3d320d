import { applicationKey } from "../effective/deployed.ts";
import type { EffectivePolicies, EffectivePolicy } from "../effective-policy.ts";
import { APPLICATION_LABEL } from "../library/authorization-policy.ts";
import { CLUSTER_LABEL } from "../library/cluster-internal.ts";
import { istioRefusal } from "../library/istio-validation.ts";
import type { AuthorizationPolicy } from "../mesh-policy.ts";
import type { Ternary } from "./ternary.ts";

/** A policy with a resource, as the data plane has it. */
export interface AppliedPolicy {
  readonly effective: EffectivePolicy;
  readonly resource: AuthorizationPolicy;
}

/** One that targets a workload, surely or perhaps. */
export interface TargetingPolicy extends AppliedPolicy {
  readonly targets: Ternary;
}

/** The effective set by what its policies target. */
export interface PolicyIndex {
  /** By `<namespace>/<service>`: enforced at the waypoint. */
  readonly services: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By namespace: those that target a gateway, such as the waypoint itself. */
  readonly gateways: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By `<namespace>/<application>`, where the application's own label is all that selects. */
  readonly applications: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By namespace: those with any other selector, or none. */
  readonly selectors: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By `<model>/<application>` of the mesh policy's target, at whichever address: for the one that came nearest. */
  readonly about: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By `<model>/<application>`: the coordinators to whose clusters its pods belong. */
  readonly clusters: ReadonlyMap<string, ReadonlySet<string>>;
  /** By `<model>/<application>`: why not all of its policies are known. */
  readonly unread: ReadonlyMap<string, "charm" | "policies">;
}

const cache = new WeakMap<EffectivePolicies, PolicyIndex>();
/** Labels that Juju puts on pods which are no application's. */
const NO_APPLICATION = new Set(["juju-modeloperator"]);

/** The index of an effective set, worked out once per set. */
export function policyIndex(effective: EffectivePolicies): PolicyIndex {
  const known = cache.get(effective);
  if (known) return known;
  const made = indexOf(effective);
  cache.set(effective, made);
  return made;
}

function indexOf(effective: EffectivePolicies): PolicyIndex {
  const services = new Map<string, AppliedPolicy[]>();
  const gateways = new Map<string, AppliedPolicy[]>();
  const applications = new Map<string, AppliedPolicy[]>();
  const selectors = new Map<string, AppliedPolicy[]>();
  const about = new Map<string, AppliedPolicy[]>();
  const clusters = new Map<string, Set<string>>();
  for (const policy of effective.policies) {
    const { resource, meshPolicy } = policy;
    // What Istio's validation refuses never gets there.
    if (resource === null || (policy.uncertain === null && istioRefusal(resource.spec) !== null)) continue;
    const applied = { effective: policy, resource };
    const { namespace } = resource.metadata;
    const { targetRefs, selector } = resource.spec;
    for (const target of targetRefs ?? []) {
      if (target.kind === "Service") add(services, applicationKey(namespace, target.name), applied);
      else if (target.kind === "Gateway") add(gateways, namespace, applied);
    }
    if (targetRefs === undefined) {
      const [label, ...others] = Object.entries(selector?.matchLabels ?? {});
      const own = label?.[0] === APPLICATION_LABEL && others.length === 0;
      if (own) add(applications, applicationKey(namespace, label[1]), applied);
      else add(selectors, namespace, applied);
    }
    const target = meshPolicy.target_app_name || meshPolicy.target_service;
    if (target) add(about, applicationKey(meshPolicy.target_namespace, target), applied);
    const cluster = meshPolicy.target_selector_labels?.[CLUSTER_LABEL];
    if (policy.origin === "cluster-internal" && cluster !== undefined) {
      const member = applicationKey(meshPolicy.source_namespace, meshPolicy.source_app_name);
      const of = clusters.get(member) ?? new Set<string>();
      clusters.set(member, of.add(cluster));
    }
  }
  const unread = new Map(
    (effective.unread ?? []).map((one) => [applicationKey(one.model, one.application), one.what] as const),
  );
  return { services, gateways, applications, selectors, about, clusters, unread };
}

function add(map: Map<string, AppliedPolicy[]>, key: string, policy: AppliedPolicy): void {
  const list = map.get(key);
  if (list) list.push(policy);
  else map.set(key, [policy]);
}

/** The policies that apply at ztunnel to an application's pods: by their labels, as far as those are known. */
export function workloadPolicies(index: PolicyIndex, model: string, application: string): readonly TargetingPolicy[] {
  const key = applicationKey(model, application);
  const own = (index.applications.get(key) ?? []).map((one) => ({ ...one, targets: "yes" as const }));
  const others = (index.selectors.get(model) ?? []).flatMap((one): readonly TargetingPolicy[] => {
    const targets = selects(one.resource, application, index.clusters.get(key));
    return targets === "no" ? [] : [{ ...one, targets }];
  });
  return own.length === 0 ? others : [...own, ...others];
}

function selects(
  resource: AuthorizationPolicy,
  application: string,
  clusters: ReadonlySet<string> | undefined,
): Ternary {
  let result: Ternary = "yes";
  for (const [label, value] of Object.entries(resource.spec.selector?.matchLabels ?? {})) {
    if (NO_APPLICATION.has(label)) return "no";
    if (label === APPLICATION_LABEL && value !== application) return "no";
    if (label === CLUSTER_LABEL && !clusters?.has(value)) return "no";
    if (label !== APPLICATION_LABEL && label !== CLUSTER_LABEL) result = "maybe";
  }
  return result;
}

/** The policies that apply at the waypoint to a Service: those that name it, and those that name the waypoint. */
export function servicePolicies(
  index: PolicyIndex,
  model: string,
  service: string,
  waypoint: string | null,
): readonly TargetingPolicy[] {
  const named = index.services.get(applicationKey(model, service)) ?? [];
  const gateways = (index.gateways.get(model) ?? []).filter((one) =>
    one.resource.spec.targetRefs?.some((target) => target.kind === "Gateway" && target.name === waypoint),
  );
  return [...named, ...gateways].map((one) => ({ ...one, targets: "yes" as const }));
}
