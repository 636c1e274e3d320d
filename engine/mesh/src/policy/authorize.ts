import type { MeshMode } from "../topology/mesh-mode.ts";
import type { Application, Topology } from "../topology/topology.ts";
import { applicationKey, type Deployed, deployedOf } from "./effective/deployed.ts";
import { gatewayAccount } from "./effective/ingress-policies.ts";
import type { EffectivePolicies } from "./effective-policy.ts";
import type { Flow, FlowStep, FlowVerdict, NearestPolicy } from "./flow.ts";
import { principalOf } from "./library/authorization-policy.ts";
import { waypointNameOf } from "./library/waypoint-name.ts";
import { isModelOnMesh, meshMembership } from "./mesh-membership.ts";
import { type Arrival, arrivalOf, isGatewayTraffic } from "./verdict/arrival.ts";
import { doubtOf, layerStep, type StepContext, skippedStep, syntheticStep } from "./verdict/flow-steps.ts";
import { type Identity, type LayerVerdict, layerVerdict } from "./verdict/layer-verdict.ts";
import { nearestPolicy } from "./verdict/nearest-policy.ts";
import type { Sight } from "./verdict/operation-match.ts";
import {
  type PolicyIndex,
  policiesAbout,
  policyIndex,
  servicePolicies,
  workloadPolicies,
} from "./verdict/policy-index.ts";
import { actionOf, type TargetPolicies, targetPolicies } from "./verdict/target-policies.ts";
import { joined, type Ternary } from "./verdict/ternary.ts";

/** What the enforcement points on one path through the mesh make of a flow. */
interface Outcome {
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
  readonly index: PolicyIndex;
  readonly mode: MeshMode;
  readonly identity: Identity;
  /** The waypoint in front of the target; null where no beacon is known. */
  readonly waypoint: Identity | null;
  readonly waypointName: string | null;
  readonly arrival: Arrival;
  /** Whether the application speaks TLS of its own on the flow's port, so that a waypoint sees a TCP connection. */
  readonly tls: Ternary;
  /** Whether the gateway of an ingress sends, not the ingress charm itself. */
  readonly gateway: Ternary;
}

/**
 * The verdict on one flow, with the chain of steps that led to it and, where it is not allowed, the policy that came nearest. A
 * Service behind a waypoint is reached through the waypoint (L7) by senders on the mesh, then ztunnel at the workload decides; all
 * else meets ztunnel (L4) only. `effective` is best worked out for the same mode; what a beacon that does not manage policies would
 * make is left out here too. Three-valued: `unknown` where what could not be read (ports, conditions, the mesh membership of a
 * remote application, TLS, policies that the target's charm makes in an unreadable outcome) decides.
 * Sources: https://istio.io/latest/docs/ambient/architecture/data-plane/ and
 * https://istio.io/latest/docs/concepts/security/#implicit-enablement; ztunnel 62d8265, src/state.rs, assert_rbac.
 */
export function authorize(flow: Flow, effective: EffectivePolicies, topology: Topology, mode: MeshMode): FlowVerdict {
  const members = meshMembership(topology, mode);
  const { source, target } = flow;
  const targetOn = members.get(applicationKey(target.model, target.application));
  const sourceOn = source.onMesh ?? members.get(applicationKey(source.model, source.application));
  const situation = situationOf(flow, effective, topology, mode, sourceOn);
  if (targetOn === false) return verdictOf(offMesh(situation), situation);
  const outcome = situation.gateway === "maybe" ? perhapsFromGateway(situation) : outcomeOf(situation);
  if (targetOn === true || outcome.verdict === "yes") return verdictOf(outcome, situation);
  const doubt = `whether ${target.application} is on the mesh is not known`;
  return verdictOf({ ...outcome, verdict: "maybe", doubt }, situation);
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
  const beacon = beaconBefore(deployed, target);
  const waypointName = beacon && waypointNameOf(beacon);
  const gatewayTraffic = isGatewayTraffic(flow, deployed);
  const gateway = gatewayTraffic === "yes";
  const index = policyIndex(effective, topology, mode);
  const onMesh = sourceOn === undefined ? "maybe" : sourceOn ? "yes" : "no";
  return {
    flow,
    index,
    mode,
    identity: {
      principal: principalOf(source.model, gateway ? gatewayAccount(source.application) : source.application),
      namespace: source.model,
      onMesh: gateway ? "yes" : onMesh,
    },
    waypoint:
      beacon && waypointName !== null
        ? { principal: principalOf(beacon.model, waypointName), namespace: beacon.model, onMesh: "yes" }
        : null,
    waypointName,
    arrival: arrivalOf(flow, sourceOn, gateway, boundService(flow, index, topology, mode)),
    tls: flow.http === false ? "no" : servedTls(flow, index),
    gateway: gatewayTraffic,
  };
}

function beaconBefore(deployed: Deployed, { model, application }: Flow["target"]): Application | null {
  const related = deployed.beaconOf.get(applicationKey(model, application))?.beacon;
  return related ?? deployed.beacons.find((one) => one.model === model) ?? null;
}

/** Whether the Service that is addressed is behind a waypoint, given that its application is on the mesh. */
function boundService(flow: Flow, index: PolicyIndex, topology: Topology, mode: MeshMode): Ternary {
  const { application, model, service } = flow.target;
  if (service === null || service === application || isModelOnMesh(topology, mode, model)) return "yes";
  return index.otherServices.get(applicationKey(model, service))?.behindWaypoint ?? "no";
}

function servedTls({ target, port }: Flow, index: PolicyIndex): Ternary {
  const served = index.tls.get(applicationKey(target.model, target.application));
  if (served === undefined || served.plain.includes(port)) return "no";
  return served.encrypted.includes(port) ? "yes" : served.others;
}

function offMesh({ flow: { target } }: Situation): Outcome {
  const text = `${target.application} is not on the mesh: nothing is enforced.`;
  const points = target.via === "service" ? (["waypoint", "ztunnel"] as const) : (["ztunnel"] as const);
  return {
    verdict: "yes",
    steps: points.map((at) => skippedStep(at, text)),
    doubt: null,
    targeting: NO_POLICIES,
    identity: NO_IDENTITY,
  };
}

const NO_POLICIES = targetPolicies([]);
const NO_IDENTITY: Identity = { principal: "", namespace: "", onMesh: "no" };

/** Istio's ingress makes a policy for each backend, and one of an unknown charm may be Istio's. */
function perhapsFromGateway(situation: Situation): Outcome {
  const { source } = situation.flow;
  const doubt = `${source.application} is an ingress of which the charm is not known, and the charmed Istio's makes policies of its own`;
  return { ...outcomeOf(situation), verdict: "maybe", doubt };
}

/** Through the waypoint or past it; where that is not known, what holds both ways. */
function outcomeOf(situation: Situation): Outcome {
  const { arrival, identity } = situation;
  if (arrival.throughWaypoint === "yes") return waypointOutcome(situation);
  if (arrival.throughWaypoint === "no") return podOutcome(situation);
  const through = waypointOutcome({ ...situation, identity: certain(identity, "yes") });
  const past = podOutcome({ ...situation, identity: identity.onMesh === "maybe" ? certain(identity, "no") : identity });
  if (through.verdict === past.verdict && through.verdict !== "maybe") return through;
  return { ...through, verdict: "maybe", doubt: arrival.text, steps: [...through.steps, ...past.steps] };
}

function certain(identity: Identity, onMesh: "yes" | "no"): Identity {
  return identity.onMesh === "maybe" ? { ...identity, onMesh } : identity;
}

/** Through the waypoint, then ztunnel at the workload. */
function waypointOutcome(situation: Situation): Outcome {
  const { flow, mode, identity, tls } = situation;
  const service = flow.target.service ?? flow.target.application;
  const policies = servicePolicies(situation.index, flow.target.model, service, situation.waypointName);
  const seen = (sight: Sight) => layerVerdict(policies, flow, identity, sight, mode.hardened);
  const layer = withUnread(situation, flow.http === false || tls === "yes" ? seen("tcp") : seen("http"));
  const first: Outcome = {
    verdict: layer.layer.verdict,
    steps: [layerStep(contextOf(situation, "waypoint", false), layer.layer)],
    doubt: layer.doubt,
    targeting: policies,
    identity,
  };
  return afterWaypoint(situation, tls === "maybe" ? eitherTls(situation, first, seen("tcp")) : first);
}

/** Where it is not known whether the application speaks TLS: what holds with it and without. */
function eitherTls(situation: Situation, plain: Outcome, encrypted: LayerVerdict): Outcome {
  const verdict = joined(plain.verdict, withUnread(situation, encrypted).layer.verdict);
  if (verdict === plain.verdict) return plain;
  const { target, port } = situation.flow;
  const doubt = `whether ${target.application} speaks TLS on port ${port} is not known, and in TLS the waypoint sees no HTTP`;
  const step = { at: "waypoint", verdict: "unknown", policy: null, effective: null, because: [] } as const;
  return { ...plain, verdict, doubt, steps: [{ ...step, text: `${doubt.charAt(0).toUpperCase()}${doubt.slice(1)}.` }] };
}

function afterWaypoint(situation: Situation, first: Outcome): Outcome {
  if (first.verdict === "no") return first;
  const second = fromWaypoint(situation);
  if (second.verdict === "no") return { ...second, steps: [...first.steps, ...second.steps] };
  const verdict = first.verdict === "maybe" || second.verdict === "maybe" ? "maybe" : "yes";
  const decisive = first.verdict === "yes" ? second : first;
  return { ...decisive, verdict, steps: [...first.steps, ...second.steps] };
}

/** What ztunnel at the workload makes of the waypoint's own connection. */
function fromWaypoint(situation: Situation): Outcome {
  const { flow, mode } = situation;
  const identity = situation.waypoint ?? { principal: "", namespace: "", onMesh: "maybe" as const };
  const all = workloadPoliciesOf(situation);
  // With Istio's own ALLOW only a DENY can still refuse it.
  const policies = mode.autoAllowWaypoint ? targetPolicies(all.all.filter((one) => actionOf(one) === "DENY")) : all;
  const restricted = mode.hardened && !mode.autoAllowWaypoint;
  const layer = layerVerdict(policies, flow, identity, "ztunnel", restricted);
  if (mode.autoAllowWaypoint && layer.verdict === "yes") {
    return { verdict: "yes", steps: [syntheticStep(flow)], doubt: null, targeting: all, identity };
  }
  const known = withUnread(situation, layer);
  const step = layerStep(contextOf(situation, "ztunnel", true), known.layer);
  return { verdict: known.layer.verdict, steps: [step], doubt: known.doubt, targeting: all, identity };
}

/** Straight to a pod: ztunnel only, and there Istio's own ALLOW for the waypoint restricts as any other. */
function podOutcome(situation: Situation): Outcome {
  const { flow, mode, identity, arrival } = situation;
  const text = arrival.throughWaypoint === "no" ? arrival.text : "Or past the waypoint, straight to the pods:";
  const skipped = { ...skippedStep("waypoint", text), because: arrival.because };
  const policies = workloadPoliciesOf(situation);
  const restricted = mode.hardened || mode.autoAllowWaypoint;
  const layer = withUnread(situation, layerVerdict(policies, flow, identity, "ztunnel", restricted));
  const step = layerStep(contextOf(situation, "ztunnel", false), layer.layer);
  if (situation.gateway === "yes" && layer.layer.verdict === "maybe" && isPublished(layer.layer, flow)) {
    const text = `The gateway sends to the port that ${flow.target.application} asks it for, and the ingress's policy allows that port.`;
    const allowed: FlowStep = { ...step, verdict: "allow", text };
    return { verdict: "yes", steps: [skipped, allowed], doubt: null, targeting: policies, identity };
  }
  return { verdict: layer.layer.verdict, steps: [skipped, step], doubt: layer.doubt, targeting: policies, identity };
}

/** Whether the flow's port is one of those for which an application may have asked the ingress: a gateway sends to no other. */
function isPublished({ policy }: LayerVerdict, { port }: Flow): boolean {
  const fact = policy?.effective.origin === "ingress" ? policy.effective.uncertain?.[0] : undefined;
  return fact?.kind === "oneOf" && fact.options.some((option) => option?.includes(port));
}

function workloadPoliciesOf({ index, flow }: Situation): TargetPolicies {
  return workloadPolicies(index, flow.target.model, flow.target.application);
}

function contextOf(situation: Situation, at: "waypoint" | "ztunnel", fromWaypoint: boolean): StepContext {
  const { flow, mode, index, tls } = situation;
  const unread = index.unread.get(applicationKey(flow.target.model, flow.target.application));
  const synthetic = at === "ztunnel" && mode.autoAllowWaypoint;
  return { at, flow, mode, fromWaypoint, synthetic, charmUnread: unread === "charm", tls: tls === "yes" };
}

/** Policies that the target's charm makes and that could not be read may allow what nothing else does, and restrict the rest. */
function withUnread(
  { index, flow }: Situation,
  layer: LayerVerdict,
): { readonly layer: LayerVerdict; readonly doubt: string | null } {
  if (layer.verdict === "maybe") return { layer, doubt: doubtOf(layer) };
  const { target } = flow;
  const unread = index.unread.get(applicationKey(target.model, target.application));
  const decides = unread === "any-policies" || layer.by === "implicit-deny" || layer.by === "nothing";
  if ((unread === "policies" || unread === "any-policies") && decides) {
    return { layer: { ...layer, verdict: "maybe" }, doubt: `${target.application} makes policies that can't be read` };
  }
  return { layer, doubt: null };
}

function verdictOf(outcome: Outcome, situation: Situation): FlowVerdict {
  const verdict = outcome.verdict === "yes" ? "allowed" : outcome.verdict === "no" ? "denied" : "unknown";
  if (verdict === "allowed") return { verdict, steps: outcome.steps, nearest: null, unknown: null };
  let found: { readonly nearest: NearestPolicy | null } | null = null;
  return {
    verdict,
    steps: outcome.steps,
    // Looked for only when it is read: a graph of thousands of edges wants verdicts only.
    get nearest() {
      found ??= { nearest: nearestOf(outcome, situation) };
      return found.nearest;
    },
    unknown: verdict === "unknown" ? outcome.doubt : null,
  };
}

function nearestOf(outcome: Outcome, { index, flow, tls }: Situation): NearestPolicy | null {
  const about = policiesAbout(index, flow.target.model, flow.target.application);
  const atWaypoint = flow.http === false || tls === "yes" ? "tcp" : "http";
  return nearestPolicy(about, outcome.targeting, { flow, identity: outcome.identity, atWaypoint, tls: tls === "yes" });
}
