import { beaconMode, type MeshMode } from "../../topology/mesh-mode.ts";
import type { Topology } from "../../topology/topology.ts";
import { applicationKey, deployedOf } from "../effective/deployed.ts";
import type {
  EffectivePolicies,
  EffectivePolicy,
  OtherService,
  ServedTls,
  UnreadPolicies,
} from "../effective-policy.ts";
import { APPLICATION_LABEL } from "../library/authorization-policy.ts";
import { CLUSTER_LABEL } from "../library/cluster-internal.ts";
import { istioRefusal } from "../library/istio-validation.ts";
import type { AuthorizationPolicy } from "../mesh-policy.ts";
import { isByBeacon } from "./policy-names.ts";
import { type AppliedPolicy, type TargetingPolicy, type TargetPolicies, targetPolicies } from "./target-policies.ts";
import type { Ternary } from "./ternary.ts";

/** The effective set by what its policies target. */
export interface PolicyIndex {
  /** By `<namespace>/<service>`: enforced at the waypoint. */
  readonly services: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By namespace: those that target a gateway, such as the waypoint itself. */
  readonly gateways: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By `<namespace>/<application>`, where the application's own label is all that selects. */
  readonly applications: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By `<namespace>/<coordinator>`, where the label of a cluster is all that selects. */
  readonly inClusters: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By namespace: those with any other selector, or none. */
  readonly selectors: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By `<model>/<application>` of the mesh policy's target, at whichever address: for the one that came nearest. */
  readonly about: ReadonlyMap<string, readonly AppliedPolicy[]>;
  /** By `<model>/<application>`: the coordinators to whose clusters its pods belong. */
  readonly clusters: ReadonlyMap<string, ReadonlySet<string>>;
  /** By `<model>/<application>`: why not all of its policies are known. */
  readonly unread: ReadonlyMap<string, UnreadPolicies["what"]>;
  /** By `<model>/<application>`. */
  readonly tls: ReadonlyMap<string, ServedTls>;
  /** By `<model>/<service>`: Services that are not named like their application. */
  readonly otherServices: ReadonlyMap<string, OtherService>;
  /** What was asked for before. */
  readonly targets: Map<string, TargetPolicies>;
}

const cache = new WeakMap<EffectivePolicies, Map<string, PolicyIndex>>();
/** Labels that Juju puts on pods which are no application's. */
const NO_APPLICATION = new Set(["juju-modeloperator"]);

/**
 * The index of an effective set, worked out once per set. What a beacon that does not manage policies in this mode would make is not
 * in it, nor are the policies of hardened mode, for which the mode itself speaks.
 */
export function policyIndex(effective: EffectivePolicies, topology: Topology, mode: MeshMode): PolicyIndex {
  const { beacons } = deployedOf(topology);
  const unmanaged = new Set(
    beacons.filter((beacon) => !beaconMode(mode, beacon).managed).map((one) => applicationKey(one.model, one.name)),
  );
  const managed = beacons.length > 0 || mode.managed;
  const key = JSON.stringify([managed, ...unmanaged]);
  const known = cache.get(effective) ?? new Map<string, PolicyIndex>();
  const made = known.get(key) ?? indexOf(effective, (policy) => managed && !unmanaged.has(makerKey(policy, topology)));
  known.set(key, made);
  cache.set(effective, known);
  return made;
}

/** The beacon that makes a policy: the one that its target is related to, else the one of its model. */
function makerKey({ meshPolicy }: EffectivePolicy, topology: Topology): string {
  const { beaconOf, beacons } = deployedOf(topology);
  const { target_namespace: model } = meshPolicy;
  const target = applicationKey(model, meshPolicy.target_app_name || meshPolicy.target_service || "");
  const own = beacons.find((one) => applicationKey(one.model, one.name) === target);
  const beacon = own ?? beaconOf.get(target)?.beacon ?? beacons.find((one) => one.model === model) ?? beacons[0];
  return beacon ? applicationKey(beacon.model, beacon.name) : "";
}

function indexOf(effective: EffectivePolicies, isManaged: (policy: EffectivePolicy) => boolean): PolicyIndex {
  const services = new Map<string, AppliedPolicy[]>();
  const gateways = new Map<string, AppliedPolicy[]>();
  const applications = new Map<string, AppliedPolicy[]>();
  const inClusters = new Map<string, AppliedPolicy[]>();
  const selectors = new Map<string, AppliedPolicy[]>();
  const about = new Map<string, AppliedPolicy[]>();
  const clusters = new Map<string, Set<string>>();
  for (const policy of effective.policies) {
    const { resource, meshPolicy } = policy;
    // What Istio's validation refuses never gets there.
    if (resource === null || (policy.uncertain === null && istioRefusal(resource.spec) !== null)) continue;
    if (policy.origin === "istio" || (isByBeacon(policy) && !isManaged(policy))) continue;
    const applied = { effective: policy, resource };
    const { namespace } = resource.metadata;
    const { targetRefs, selector } = resource.spec;
    for (const target of targetRefs ?? []) {
      if (target.kind === "Service") add(services, applicationKey(namespace, target.name), applied);
      else if (target.kind === "Gateway") add(gateways, namespace, applied);
    }
    if (targetRefs === undefined) {
      const [label, ...others] = Object.entries(selector?.matchLabels ?? {});
      const [name, value] = others.length === 0 ? (label ?? []) : [];
      if (name === APPLICATION_LABEL && value !== undefined)
        add(applications, applicationKey(namespace, value), applied);
      else if (name === CLUSTER_LABEL && value !== undefined)
        add(inClusters, applicationKey(namespace, value), applied);
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
  const unread = new Map<string, UnreadPolicies["what"]>();
  for (const { model, application, what } of effective.unread ?? []) {
    const key = applicationKey(model, application);
    if (unread.get(key) !== "any-policies") unread.set(key, what);
  }
  const tls = new Map((effective.tls ?? []).map((one) => [applicationKey(one.model, one.application), one] as const));
  const otherServices = new Map(
    (effective.services ?? []).map((one) => [applicationKey(one.model, one.name), one] as const),
  );
  const byTarget = { services, gateways, applications, inClusters, selectors, about };
  return { ...byTarget, clusters, unread, tls, otherServices, targets: new Map() };
}

function add(map: Map<string, AppliedPolicy[]>, key: string, policy: AppliedPolicy): void {
  const list = map.get(key);
  if (list) list.push(policy);
  else map.set(key, [policy]);
}

const NO_CLUSTERS: ReadonlySet<string> = new Set();

/** The policies that apply at ztunnel to an application's pods: by their labels, as far as those are known. */
export function workloadPolicies(index: PolicyIndex, model: string, application: string): TargetPolicies {
  return remembered(index, `pods ${applicationKey(model, application)}`, () => {
    const key = applicationKey(model, application);
    const clusters = index.clusters.get(key) ?? NO_CLUSTERS;
    const certain = [
      ...(index.applications.get(key) ?? []),
      ...[...clusters].flatMap((cluster) => index.inClusters.get(applicationKey(model, cluster)) ?? []),
    ].map((one) => ({ ...one, targets: "yes" as const }));
    const others = (index.selectors.get(model) ?? []).flatMap((one): readonly TargetingPolicy[] => {
      const targets = selects(one.resource, application, clusters);
      return targets === "no" ? [] : [{ ...one, targets }];
    });
    return [...certain, ...others];
  });
}

/** The policies about an application, at whichever address they let in. */
export function policiesAbout(index: PolicyIndex, model: string, application: string): TargetPolicies {
  return remembered(index, `about ${applicationKey(model, application)}`, () => {
    const about = index.about.get(applicationKey(model, application)) ?? [];
    return about.map((one) => ({ ...one, targets: "no" as const }));
  });
}

function remembered(index: PolicyIndex, key: string, find: () => readonly TargetingPolicy[]): TargetPolicies {
  const known = index.targets.get(key);
  if (known) return known;
  const made = targetPolicies(find());
  index.targets.set(key, made);
  return made;
}

function selects(resource: AuthorizationPolicy, application: string, clusters: ReadonlySet<string>): Ternary {
  let result: Ternary = "yes";
  for (const [label, value] of Object.entries(resource.spec.selector?.matchLabels ?? {})) {
    if (NO_APPLICATION.has(label)) return "no";
    if (label === APPLICATION_LABEL && value !== application) return "no";
    if (label === CLUSTER_LABEL && !clusters.has(value)) return "no";
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
): TargetPolicies {
  return remembered(index, `service ${applicationKey(model, service)} ${waypoint}`, () => {
    const named = index.services.get(applicationKey(model, service)) ?? [];
    const gateways = (index.gateways.get(model) ?? []).filter((one) =>
      one.resource.spec.targetRefs?.some((target) => target.kind === "Gateway" && target.name === waypoint),
    );
    return [...named, ...gateways].map((one) => ({ ...one, targets: "yes" as const }));
  });
}
