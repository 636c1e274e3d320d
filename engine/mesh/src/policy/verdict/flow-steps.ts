import { citedReason, conditionText, type Reason } from "#python";
import type { MeshMode } from "../../topology/mesh-mode.ts";
import type { Flow, FlowStep } from "../flow.ts";
import type { LayerVerdict } from "./layer-verdict.ts";
import { policyName } from "./policy-names.ts";

const ISTIO = "https://istio.io/latest/docs/concepts/security/#authorization-policy-precedence";
const HARDENED = citedReason(
  "Hardened mode puts an allow-nothing policy on every workload and on the waypoint.",
  "charmed Istio, explanation “Hardened mode”",
);
const PRECEDENCE = citedReason(
  "CUSTOM goes before DENY, DENY before ALLOW; with an ALLOW, no match means deny.",
  ISTIO,
);
const AUTO_ALLOW = citedReason(
  "Istio adds an ALLOW for the waypoint's identity to each workload behind a waypoint.",
  "istio-k8s, config auto-allow-waypoint-policy (PILOT_AUTO_ALLOW_WAYPOINT_POLICY)",
);

/** What stands before a step's own words: who is asked about what. */
export interface StepContext {
  readonly at: "waypoint" | "ztunnel";
  readonly flow: Flow;
  readonly mode: MeshMode;
  /** Whether Istio's synthetic ALLOW for the waypoint is among what restricts a pod. */
  readonly synthetic: boolean;
  /** Whether the connection comes from the waypoint. */
  readonly fromWaypoint: boolean;
  /** The target's charm is not among those that were read. */
  readonly charmUnread: boolean;
  /** The application speaks TLS itself on this port. */
  readonly tls: boolean;
}

/** A step at which nothing is decided. */
export function skippedStep(at: "waypoint" | "ztunnel", text: string): FlowStep {
  return { at, verdict: "skip", policy: null, effective: null, text, because: [] };
}

/** ztunnel lets the waypoint in by the synthetic policy. */
export function syntheticStep(flow: Flow): FlowStep {
  const text = `What passed the waypoint is let through to the pods of ${flow.target.application} (auto-allow-waypoint).`;
  return { at: "ztunnel", verdict: "allow", policy: null, effective: null, text, because: [AUTO_ALLOW] };
}

/** The step that a layer's verdict makes. */
export function layerStep(context: StepContext, layer: LayerVerdict): FlowStep {
  const effective = layer.policy?.effective ?? null;
  const verdicts = { yes: layer.by === "nothing" ? "skip" : "allow", no: "deny", maybe: "unknown" } as const;
  const policy = layer.by === "implicit-deny" ? null : effective;
  return {
    at: context.at,
    verdict: verdicts[layer.verdict],
    policy: policy === null ? null : policyName(policy),
    effective: policy,
    text: stepText(context, layer),
    because: [...(policy?.because ?? []), ...ownReasons(context, layer)],
  };
}

function ownReasons(context: StepContext, layer: LayerVerdict): readonly Reason[] {
  if (layer.by !== "implicit-deny") return [];
  const reasons = [PRECEDENCE];
  if (context.synthetic) reasons.push(AUTO_ALLOW);
  if (context.mode.hardened) reasons.push(HARDENED);
  return reasons;
}

function stepText(context: StepContext, layer: LayerVerdict): string {
  const place = placeText(context);
  const target = targetText(context);
  const source = sourceText(context);
  switch (layer.by) {
    case "deny":
      return layer.verdict === "no"
        ? `A DENY policy at ${place} matches ${source}.`
        : `A DENY policy at ${place} may match ${source}.`;
    case "custom":
      return `An external authorizer decides at ${place}; what it says can't be known.`;
    case "allow":
      return layer.verdict === "yes"
        ? `An ALLOW policy at ${place} lets ${source} reach ${target}.`
        : `An ALLOW policy at ${place} lets ${source} reach ${target} only perhaps: ${doubtOf(layer)}.`;
    case "nothing":
      if (layer.allows > 0) return `Whether its policies are there or not, ${place} lets ${source} reach ${target}.`;
      return `No policy restricts ${target}: ${place} lets everything through${caveat(context)}.`;
    case "implicit-deny":
      if (layer.verdict === "maybe") {
        return `Whether a policy restricts ${target} can't be told: ${doubtOf(layer)}.`;
      }
      return `${restrictionText(context, layer)}, and none lets ${source} reach ${target}: denied${inTls(context)}${caveat(context)}.`;
  }
}

/** In TLS no rule with methods, paths or hosts can match. */
function inTls({ at, tls }: StepContext): string {
  return at === "waypoint" && tls ? " (the application speaks TLS, in which the waypoint sees no HTTP)" : "";
}

function caveat({ charmUnread, flow }: StepContext): string {
  return charmUnread
    ? ` (the charm of ${flow.target.application} was not read; policies of its own are not known)`
    : "";
}

function restrictionText(context: StepContext, layer: LayerVerdict): string {
  const by: string[] = [];
  if (layer.allows > 0) by.push(`${layer.allows} ALLOW ${layer.allows === 1 ? "policy" : "policies"}`);
  if (context.synthetic) by.push("Istio's own ALLOW for the waypoint");
  if (context.mode.hardened) by.push("hardened mode's allow-nothing policy");
  const verb = by.length === 1 && layer.allows <= 1 ? "restricts" : "restrict";
  const joined = by.length > 2 ? `${by.slice(0, -1).join(", ")} and ${by.at(-1)}` : by.join(" and ");
  return `${joined.charAt(0).toUpperCase()}${joined.slice(1)} ${verb} it at ${placeText(context)}`;
}

function placeText({ at }: StepContext): string {
  return at === "waypoint" ? "the waypoint" : "ztunnel";
}

function targetText({ at, flow }: StepContext): string {
  const { target } = flow;
  return at === "waypoint"
    ? `the Service ${target.service ?? target.application}`
    : `the pods of ${target.application}`;
}

function sourceText({ flow, fromWaypoint }: StepContext): string {
  if (fromWaypoint) return "the waypoint";
  const parts = [flow.method, flow.path].filter((part) => part !== null).join(" ");
  return `${flow.source.application}${parts === "" ? "" : ` (${parts})`} on port ${flow.port}`;
}

/** Why a policy's match is not certain. */
export function doubtOf(layer: LayerVerdict): string {
  const policy = layer.policy?.effective;
  if (!policy) return "not all policies are known";
  if (policy.condition !== undefined) return `it is made only if ${conditionText(policy.condition)}`;
  const unread = policy.uncertain?.find((fact) => fact.kind !== "known");
  if (unread?.kind === "unknown") return unread.why;
  if (unread?.kind === "oneOf" || unread?.kind === "subsetOf") return "its ports are decided when the charm runs";
  if (policy.unread?.some((attributes) => attributes.length > 0)) return "not all of it can be read";
  return layer.policy?.targets === "maybe"
    ? "whether its selector fits the pods is not known"
    : "it depends on something about the request or its sender that is not given";
}
