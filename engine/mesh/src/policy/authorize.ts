import { BEACON_KNOWLEDGE, INGRESS_KNOWLEDGE, interfaceKnowledge } from "#charm";
import type { MeshMode, Topology } from "../topology/topology.ts";
import { applicationKey, type Deployed, deployedOf, relationsOf } from "./effective/deployed.ts";
import type { EffectivePolicies } from "./effective-policy.ts";
import type { Flow, FlowStep, FlowVerdict, NearestPolicy } from "./flow.ts";
import { principalOf } from "./library/authorization-policy.ts";
import { charmKubernetesLabel } from "./library/label-values.ts";
import { meshMembership } from "./mesh-membership.ts";
import { doubtOf, layerStep, type StepContext, skippedStep, syntheticStep } from "./verdict/flow-steps.ts";
import { type Identity, type LayerVerdict, layerVerdict } from "./verdict/layer-verdict.ts";
import { nearestPolicy } from "./verdict/nearest-policy.ts";
import {
  type PolicyIndex,
  policiesAbout,
  policyIndex,
  servicePolicies,
  workloadPolicies,
} from "./verdict/policy-index.ts";
import { actionOf, type TargetPolicies, targetPolicies } from "./verdict/target-policies.ts";
import type { Ternary } from "./verdict/ternary.ts";

interface Way {
  readonly verdict: Ternary;
  readonly steps: readonly FlowStep[];
  /** Why it is `maybe`. */
  readonly doubt: string | null;
  /** The policies at the point that decided, and who asked there. */
  readonly targeting: TargetPolicies;
  readonly identity: Identity;
}

interface Situation {
  readonly flow: Flow;
  readonly effective: EffectivePolicies;
  readonly mode: MeshMode;
  readonly identity: Identity;
  /** The waypoint in front of the target; null where no beacon is known. */
  readonly waypoint: Identity | null;
  readonly waypointName: string | null;
  readonly deployed: Deployed;
}

/**
 * The verdict on one flow, with the chain of steps that led to it and, where it is not allowed, the policy that came nearest. Rules:
 * domain/topology.md. A Service is reached through the waypoint (L7) and then ztunnel at the workload; a pod's address meets
 * ztunnel (L4) only. `effective` is best worked out for the same mode; without `managed`, what the beacon makes is left out here too.
 * Three-valued: `unknown` where what could not be read (ports, conditions, the mesh membership of a remote application, policies
 * that the target's charm makes in an unreadable way) decides.
 */
export function authorize(flow: Flow, effective: EffectivePolicies, topology: Topology, mode: MeshMode): FlowVerdict {
  const members = meshMembership(topology, mode);
  const { source, target } = flow;
  const targetOn = members.get(applicationKey(target.model, target.application));
  const sourceOn = source.onMesh ?? members.get(applicationKey(source.model, source.application));
  const situation = situationOf(flow, effective, topology, mode, sourceOn);
  if (targetOn === false) return verdictOf(offMesh(flow), situation);
  const way = target.via === "service" ? serviceWay(situation) : podWay(situation);
  if (targetOn === true || way.verdict === "yes") return verdictOf(way, situation);
  const doubt = `whether ${target.application} is on the mesh is not known`;
  return verdictOf({ ...way, verdict: "maybe", doubt }, situation);
}

function situationOf(
  flow: Flow,
  effective: EffectivePolicies,
  topology: Topology,
  mode: MeshMode,
  sourceOn: boolean | undefined,
): Situation {
  const { source, target } = flow;
  const deployed = deployedOf(topology);
  const related = deployed.beaconOf.get(applicationKey(target.model, target.application))?.beacon;
  const beacon = related ?? deployed.beacons.find((one) => one.model === target.model);
  const label = beacon && charmKubernetesLabel({ ...waypointLabel, model: beacon.model, app: beacon.name });
  const waypointName = label && "value" in label ? label.value : null;
  return {
    flow,
    effective,
    mode,
    identity: {
      principal: principalOf(source.model, source.application),
      namespace: source.model,
      onMesh: sourceOn === undefined ? "maybe" : sourceOn ? "yes" : "no",
    },
    waypoint:
      beacon && waypointName !== null
        ? { principal: principalOf(beacon.model, waypointName), namespace: beacon.model, onMesh: "yes" }
        : null,
    waypointName,
    deployed,
  };
}

const waypointLabel = { suffix: BEACON_KNOWLEDGE.waypointSuffix.value, separator: "-" } as const;

function offMesh({ target }: Flow): Way {
  const text = `${target.application} is not on the mesh: nothing is enforced.`;
  const points = target.via === "service" ? (["waypoint", "ztunnel"] as const) : (["ztunnel"] as const);
  return {
    verdict: "yes",
    steps: points.map((at) => skippedStep(at, text)),
    doubt: null,
    targeting: NO_POLICIES,
    identity: NOBODY,
  };
}

const NO_POLICIES = targetPolicies([]);
const NOBODY: Identity = { principal: "", namespace: "", onMesh: "no" };

/** Through the waypoint, then ztunnel at the workload. */
function serviceWay(situation: Situation): Way {
  const { flow, mode, identity } = situation;
  const service = flow.target.service ?? flow.target.application;
  const policies = servicePolicies(indexOf(situation), flow.target.model, service, situation.waypointName);
  const layer = withUnread(situation, layerVerdict(policies, flow, identity, flow.http !== false, mode.hardened));
  const step = layerStep(contextOf(situation, "waypoint", false), layer.layer);
  const first: Way = { verdict: layer.layer.verdict, steps: [step], doubt: layer.doubt, targeting: policies, identity };
  if (first.verdict === "no") return first;
  const second = fromWaypoint(situation);
  if (second.verdict === "no") return { ...second, steps: [step, ...second.steps] };
  const verdict = first.verdict === "maybe" || second.verdict === "maybe" ? "maybe" : "yes";
  const decisive = first.verdict === "yes" ? second : first;
  return { ...decisive, verdict, steps: [step, ...second.steps] };
}

/** What ztunnel at the workload makes of the waypoint's own connection. */
function fromWaypoint(situation: Situation): Way {
  const { flow, mode } = situation;
  const identity = situation.waypoint ?? { principal: "", namespace: "", onMesh: "maybe" as const };
  const all = workloadPoliciesOf(situation);
  // With Istio's own ALLOW only a DENY can still refuse it.
  const policies = mode.autoAllowWaypoint ? targetPolicies(all.all.filter((one) => actionOf(one) === "DENY")) : all;
  const restricted = mode.hardened && !mode.autoAllowWaypoint;
  const layer = layerVerdict(policies, flow, identity, false, restricted);
  if (mode.autoAllowWaypoint && layer.verdict === "yes") {
    return { verdict: "yes", steps: [syntheticStep(flow)], doubt: null, targeting: all, identity };
  }
  const known = withUnread(situation, layer);
  const step = layerStep(contextOf(situation, "ztunnel", true), known.layer);
  return { verdict: known.layer.verdict, steps: [step], doubt: known.doubt, targeting: all, identity };
}

/** Straight to a pod: ztunnel only, and there Istio's own ALLOW for the waypoint restricts as any other. */
function podWay(situation: Situation): Way {
  const { flow, mode, identity } = situation;
  const skipped = skippedStep("waypoint", "A pod's address is reached past the waypoint.");
  const policies = workloadPoliciesOf(situation);
  const restricted = mode.hardened || mode.autoAllowWaypoint;
  const layer = withUnread(situation, layerVerdict(policies, flow, identity, false, restricted));
  const step = layerStep(contextOf(situation, "ztunnel", false), layer.layer);
  return { verdict: layer.layer.verdict, steps: [skipped, step], doubt: layer.doubt, targeting: policies, identity };
}

function workloadPoliciesOf(situation: Situation): TargetPolicies {
  const { model, application } = situation.flow.target;
  return workloadPolicies(indexOf(situation), model, application);
}

function indexOf({ effective, mode }: Situation): PolicyIndex {
  return policyIndex(effective, mode.managed);
}

function contextOf(situation: Situation, at: "waypoint" | "ztunnel", fromWaypoint: boolean): StepContext {
  const { flow, mode } = situation;
  const unread = indexOf(situation).unread.get(applicationKey(flow.target.model, flow.target.application));
  const synthetic = at === "ztunnel" && mode.autoAllowWaypoint;
  return { at, flow, mode, fromWaypoint, synthetic, charmUnread: unread === "charm" };
}

/** Policies that the target's charm makes and that could not be read may allow what nothing else does, and restrict the rest. */
function withUnread(
  situation: Situation,
  layer: LayerVerdict,
): { readonly layer: LayerVerdict; readonly doubt: string | null } {
  if (layer.verdict === "maybe") return { layer, doubt: doubtOf(layer) };
  const { source, target } = situation.flow;
  const unread = indexOf(situation).unread.get(applicationKey(target.model, target.application));
  if (unread === "policies" && (layer.by === "implicit-deny" || layer.by === "nothing")) {
    return { layer: { ...layer, verdict: "maybe" }, doubt: `${target.application} makes policies that can't be read` };
  }
  if (layer.by === "implicit-deny" && leadsTo(situation)) {
    const doubt = `${source.application} is an ingress, which makes policies of its own for what it leads to`;
    return { layer: { ...layer, verdict: "maybe" }, doubt };
  }
  return { layer, doubt: null };
}

/** Whether the source is the charmed Istio's ingress and related to the target as such. */
function leadsTo({ flow: { source, target }, deployed }: Situation): boolean {
  const ingress = deployed.applications.get(applicationKey(source.model, source.application));
  if (ingress?.charm !== INGRESS_KNOWLEDGE.charm) return false;
  return relationsOf(deployed, ingress).some(
    ({ relation, remote }) =>
      remote.application === target.application &&
      remote.model === target.model &&
      relation.interface !== null &&
      interfaceKnowledge(relation.interface)?.handledBy === "ingress",
  );
}

function verdictOf(way: Way, situation: Situation): FlowVerdict {
  const verdict = way.verdict === "yes" ? "allowed" : way.verdict === "no" ? "denied" : "unknown";
  if (verdict === "allowed") return { verdict, steps: way.steps, nearest: null, unknown: null };
  let found: { readonly nearest: NearestPolicy | null } | null = null;
  return {
    verdict,
    steps: way.steps,
    // Looked for when somebody asks: a graph of thousands of edges wants verdicts only.
    get nearest() {
      found ??= { nearest: nearestOf(way, situation) };
      return found.nearest;
    },
    unknown: verdict === "unknown" ? way.doubt : null,
  };
}

function nearestOf(way: Way, situation: Situation): NearestPolicy | null {
  const { target } = situation.flow;
  const about = policiesAbout(indexOf(situation), target.model, target.application);
  return nearestPolicy(about, way.targeting, situation.flow, way.identity);
}
