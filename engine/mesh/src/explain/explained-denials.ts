import type { Reason } from "#python";
import { authorize } from "../policy/authorize.ts";
import { deployedOf } from "../policy/effective/deployed.ts";
import type { EffectivePolicies } from "../policy/effective-policy.ts";
import type { Flow, FlowVerdict, NearestPolicy } from "../policy/flow.ts";
import { meshMembership } from "../policy/mesh-membership.ts";
import type { MeshMode } from "../topology/mesh-mode.ts";
import type { Topology } from "../topology/topology.ts";
import { type Check, clusterChecks, denyPolicyCheck, identityCheck, workloadCheck } from "./cluster-checks.ts";
import type { DeniedFlow } from "./denial-log.ts";
import { type Directory, directoryOf } from "./parties.ts";
import { fixText } from "./policy-fix.ts";

/** A refused flow, and what the sources say about it. */
export interface ExplainedDenial extends DeniedFlow {
  /** What the sources lead to: `denied` agrees with the log, `allowed` differs from it. */
  readonly expected: "denied" | "allowed" | "unknown";
  /** One sentence: whether the sources agree, and what decides. */
  readonly reason: string;
  /** Places in the charms and the deployment that decide, the nearest policy's first. */
  readonly because: readonly Reason[];
  readonly nearest: NearestPolicy | null;
  /** What to change in the sources; null where they need no change. */
  readonly fix: string | null;
  /** What to look at in the cluster, where it differs from the sources or the sources do not decide. */
  readonly checks: readonly Check[];
}

/** The deployment against which denials are explained. */
export interface Expectation {
  readonly effective: EffectivePolicies;
  readonly topology: Topology;
  readonly mode: MeshMode;
}

/** Where the names in a log are looked up; Services with names of their own are those that policies name. */
export function denialDirectory({ effective, topology }: Expectation): Directory {
  const owners = new Map<string, string>();
  for (const { meshPolicy } of effective.policies)
    if (meshPolicy.target_service && meshPolicy.target_app_name)
      owners.set(`${meshPolicy.target_namespace}/${meshPolicy.target_service}`, meshPolicy.target_app_name);
  return directoryOf(topology, owners);
}

/** Explains each refused flow: what the sources say of it, why, and what to do. The order is kept. */
export function explainedDenials(flows: readonly DeniedFlow[], expectation: Expectation): readonly ExplainedDenial[] {
  return flows.map((flow) => ({ ...flow, ...explained(flow, expectation) }));
}

type Explanation = Pick<ExplainedDenial, "expected" | "reason" | "because" | "nearest" | "fix" | "checks">;

function unknown(reason: string, checks: readonly Check[] = []): Explanation {
  return { expected: "unknown", reason, because: [], nearest: null, fix: null, checks };
}

function explained(flow: DeniedFlow, expectation: Expectation): Explanation {
  const { source, target, port } = flow;
  if (flow.refusal === "workload")
    return unknown("ztunnel refused it because it does not know the called workload; no policy was asked.", [
      workloadCheck(flow),
    ]);
  if (flow.refusal === "external")
    return unknown(
      "An external authorizer refused it. Charms make no such policy, so the sources say nothing about it.",
    );
  if (flow.at === "gateway")
    return unknown(
      "An ingress gateway refused it. Policies of gateways are not made by the charms behind them, so the sources say nothing about it.",
      [denyPolicyCheck(flow)],
    );
  if (target.application === null) return unknown(`${target.label} is no application of this deployment. ${ADDRESSES}`);
  if (source.application === null) return unknown(`${source.label} is no application of this deployment. ${ADDRESSES}`);
  if (port === null) return unknown("The line does not name the port that was called.");
  return compared(flow, expectation, requestOf(flow, source.application, target.application, port));
}

const ADDRESSES =
  "Give `juju status --format json` of its model with --topology, so that names and addresses can be looked up.";

function requestOf(
  flow: DeniedFlow,
  source: NonNullable<DeniedFlow["source"]["application"]>,
  target: NonNullable<DeniedFlow["target"]["application"]>,
  port: number,
): Flow {
  return {
    source: { application: source.name, model: source.model, onMesh: null },
    target: {
      application: target.name,
      model: target.model,
      // ztunnel sees connections to pods; what a waypoint sees was sent to a Service.
      via: flow.at === "ztunnel" ? "unit" : "service",
      service: flow.at === "ztunnel" ? null : flow.service,
    },
    port,
    method: flow.method,
    path: flow.path,
    host: flow.host,
    ...(flow.at === "waypoint" && !flow.http ? { http: false } : {}),
  };
}

function compared(flow: DeniedFlow, expectation: Expectation, request: Flow): Explanation {
  const { effective, topology, mode } = expectation;
  const { target } = request;
  const targetKey = `${target.model}/${target.application}`;
  const deployed = deployedOf(topology).applications;
  if (!deployed.has(targetKey)) return unknown(`${targetKey} is not in this deployment. ${ADDRESSES}`);
  if (flow.source.waypoint) return fromWaypoint(flow, expectation);
  const verdict = authorize(request, effective, topology, mode);
  if (verdict.verdict === "unknown")
    return {
      ...unknown(`The sources do not decide this: ${verdict.unknown ?? "something that decides is not known"}.`),
      nearest: verdict.nearest,
    };
  if (verdict.verdict === "denied" && charmUnread(effective, targetKey))
    return unknown(`The charm of ${target.application} is not among the sources, so its own policies are not known.`, [
      ...clusterChecks(flow, null),
    ]);
  if (verdict.verdict === "denied") return agreed(flow, expectation, request, verdict);
  return differing(flow, expectation, request, verdict);
}

function charmUnread({ unread }: EffectivePolicies, key: string): boolean {
  return unread?.some((one) => one.what === "charm" && `${one.model}/${one.application}` === key) ?? false;
}

/** The sources lead to a denial too. */
function agreed(flow: DeniedFlow, { topology, mode }: Expectation, request: Flow, verdict: FlowVerdict): Explanation {
  const { nearest } = verdict;
  const deciding = verdict.steps.find((step) => step.verdict === "deny");
  return {
    expected: "denied",
    reason: [`The sources deny it. ${deciding?.text ?? ""}`.trim(), nearest?.text].filter(Boolean).join(" "),
    because: placesFirst([...(nearest?.effective.because ?? []), ...(deciding?.because ?? [])]),
    nearest,
    fix: fixText(request, nearest, topology, sourceOnMesh(request, topology, mode)),
    checks: flow.refusal === "deny-policy" ? [denyPolicyCheck(flow)] : [],
  };
}

/** The sources allow what the cluster refuses. */
function differing(flow: DeniedFlow, expectation: Expectation, request: Flow, verdict: FlowVerdict): Explanation {
  const allowing = verdict.steps.find((step) => step.verdict === "allow");
  const policy = allowing?.effective ?? null;
  const checks =
    flow.refusal === "deny-policy"
      ? [denyPolicyCheck(flow)]
      : flow.identified === false && sourceOnMesh(request, expectation.topology, expectation.mode) !== false
        ? [identityCheck(flow), ...clusterChecks(flow, policy)]
        : clusterChecks(flow, policy);
  const [first] = checks;
  return {
    expected: "allowed",
    reason: `The sources allow it: ${lowered(allowing?.text ?? verdict.steps.at(-1)?.text ?? "no policy restricts it.")} The cluster differs from them.${first ? ` ${first.text}` : ""}`,
    because: placesFirst(policy?.because ?? []),
    nearest: null,
    fix: null,
    checks,
  };
}

/** A pod's ztunnel refused the waypoint's own connection. */
function fromWaypoint(flow: DeniedFlow, { mode }: Expectation): Explanation {
  const command = "kubectl get authorizationpolicies -A";
  if (mode.autoAllowWaypoint)
    return {
      ...unknown(""),
      expected: "allowed",
      reason:
        "The sources allow it: Istio lets the waypoint through to the pods (auto-allow-waypoint-policy). The cluster differs from them.",
      checks: [
        {
          text: "The option may be off in the cluster: run `juju config istio-k8s auto-allow-waypoint-policy` in the model of istio-k8s. Repeat with --mesh auto-allow-waypoint=false if so.",
          command,
        },
      ],
    };
  return {
    ...unknown(""),
    expected: "denied",
    reason: `The sources deny it: without auto-allow-waypoint-policy, a policy for the pods of ${flow.target.label} refuses its waypoint too.`,
    fix: "Switch `auto-allow-waypoint-policy` of istio-k8s on, or remove the policy for the pods.",
  };
}

function sourceOnMesh({ source }: Flow, topology: Topology, mode: MeshMode): boolean | null {
  return meshMembership(topology, mode).get(`${source.model}/${source.application}`) ?? null;
}

/** Reasons with a place in a file before those that rest on a library. */
function placesFirst(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Set([...reasons.filter((one) => one.location !== null), ...reasons])];
}

function lowered(sentence: string): string {
  return /^(?:An?|No|The|What) /.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
