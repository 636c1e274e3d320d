import type { Flow, FlowField, NearestPolicy } from "../flow.ts";
import type { AuthorizationPolicyRule } from "../mesh-policy.ts";
import { type Identity, sourceMatch } from "./layer-verdict.ts";
import {
  asksHttp,
  type OperationMatch,
  operationMatch,
  operationsOf,
  type ReadOperation,
  type Sight,
} from "./operation-match.ts";
import {
  type AppliedPolicy,
  actionOf,
  policiesFor,
  type TargetingPolicy,
  type TargetPolicies,
} from "./target-policies.ts";
import type { Ternary } from "./ternary.ts";

/** The order in which the fields are compared; the first that fails is reported. */
const FIELDS: readonly FlowField[] = ["source", "target", "port", "host", "method", "path"];

/** Who asks for what, and what a waypoint can see of it. */
export interface Asked {
  readonly flow: Flow;
  readonly identity: Identity;
  readonly atWaypoint: "http" | "tcp";
  /** The application speaks TLS itself on this port. */
  readonly tls: boolean;
}

interface Candidate {
  readonly policy: AppliedPolicy;
  readonly rule: AuthorizationPolicyRule;
  readonly operation: ReadOperation;
  readonly fields: Readonly<Record<FlowField, Ternary>>;
  /** The rule names the sender, who may yet not be on the mesh. */
  readonly named: boolean;
}

/**
 * The ALLOW policy about the flow's target that comes nearest, and the first field in which it does not match: one that names the source
 * before all others, then the one that matches most fields; among equals the order of the effective set decides. null: no policy
 * is about the target.
 */
export function nearestPolicy(about: TargetPolicies, targeting: TargetPolicies, asked: Asked): NearestPolicy | null {
  const of = (find: (set: TargetPolicies) => readonly TargetingPolicy[]) => best(find(about), find(targeting), asked);
  const named = of((set) => policiesFor(set, asked.identity.principal));
  const found = named?.named ? named : of((set) => set.all);
  return found === null ? null : described(found, asked);
}

function best(
  about: readonly TargetingPolicy[],
  targeting: readonly TargetingPolicy[],
  asked: Asked,
): Candidate | null {
  const here = new Set(targeting.map((policy) => policy.effective));
  let nearest: Candidate | null = null;
  let highest = -1;
  const consider = (policy: AppliedPolicy, targets: boolean) => {
    if (actionOf(policy) !== "ALLOW") return;
    for (const candidate of candidatesOf(policy, targets, asked)) {
      const score = rank(candidate);
      if (score > highest) [nearest, highest] = [candidate, score];
    }
  };
  for (const policy of targeting) consider(policy, true);
  for (const policy of about) if (!here.has(policy.effective)) consider(policy, false);
  return nearest;
}

function candidatesOf(
  policy: AppliedPolicy,
  targets: boolean,
  { flow, identity, atWaypoint }: Asked,
): readonly Candidate[] {
  // Its own layer decides what it could see, so that a policy at the other address fails by its target only.
  const sight = policy.resource.spec.targetRefs === undefined ? "ztunnel" : atWaypoint;
  const { namespace } = policy.resource.metadata;
  return (policy.resource.spec.rules ?? []).flatMap((rule) => {
    const operations = operationsOf(policy.effective, rule.to);
    // Where no HTTP is seen, the whole rule is left out because of those operations that ask for it.
    const leftOut = sight !== "http" && asksHttp(rule, operations) === "yes";
    const asking = operations.filter((one) => !leftOut || HTTP_FIELDS.some((field) => asks(one, field)));
    return (asking.length > 0 ? asking : operations).map((operation): Candidate => {
      const source = sourceMatch(rule, namespace, identity, sight);
      const named = sourceMatch(rule, namespace, { ...identity, onMesh: "yes" }, sight) === "yes";
      const match: Record<keyof OperationMatch, Ternary> = { ...operationMatch(operation, flow, sight) };
      if (leftOut) for (const field of HTTP_FIELDS) if (asks(operation, field)) match[field] = "no";
      return { policy, rule, operation, named, fields: { ...match, source, target: targets ? "yes" : "no" } };
    });
  });
}

const HTTP_FIELDS = ["host", "method", "path"] as const;

function asks({ operation }: ReadOperation, field: (typeof HTTP_FIELDS)[number]): boolean {
  return (operation[`${field}s`]?.length ?? 0) > 0;
}

/**
 * A policy that names the source is nearer than any that does not; then each field that matches counts, perhaps-matches a little less,
 * and a match of what the policy names itself a little more.
 */
function rank({ fields, named, operation }: Candidate): number {
  let score = named ? 100 : 0;
  for (const field of FIELDS) score += fields[field] === "yes" ? 10 : fields[field] === "maybe" ? 9 : 0;
  const { ports, hosts, methods, paths } = operation.operation;
  if (ports?.length && fields.port === "yes") score++;
  if (hosts?.length && fields.host === "yes") score++;
  if (methods?.length && fields.method === "yes") score++;
  if (paths?.length && fields.path === "yes") score++;
  return score;
}

function described(candidate: Candidate, { flow, identity, atWaypoint, tls }: Asked): NearestPolicy | null {
  const { policy, fields } = candidate;
  const field = FIELDS.find((name) => fields[name] === "no") ?? FIELDS.find((name) => fields[name] === "maybe");
  if (field === undefined) return null;
  const at = policy.resource.spec.targetRefs === undefined ? "ztunnel" : "waypoint";
  const wanted = wantedIn(candidate, field);
  const seen =
    field === "source" ? senderText(identity) : foundIn(flow, field, at === "waypoint" ? atWaypoint : "ztunnel", tls);
  // The Service is the right one, but its waypoint is not on the path.
  const found = field === "target" && wanted === seen ? "its pods, past the waypoint" : seen;
  const text =
    field === "target"
      ? `The nearest policy applies to ${wanted}, and this request reaches ${found}.`
      : `The nearest policy wants ${LABELS[field]} ${wanted}, and this is ${found}.`;
  return { effective: policy.effective, at, field, wanted, found, text };
}

const LABELS: Readonly<Record<Exclude<FlowField, "target">, string>> = {
  source: "the source",
  port: "port",
  host: "the host",
  method: "method",
  path: "the path",
};

function wantedIn({ policy, rule, operation }: Candidate, field: FlowField): string {
  const { spec } = policy.resource;
  switch (field) {
    case "source": {
      const sources = (rule.from ?? []).flatMap(({ source }) => [
        ...(source.principals ?? []).map(principalText),
        ...(source.namespaces ?? []).map((namespace) => `anyone in ${namespace}`),
      ]);
      return anyOf(sources, "anyone");
    }
    case "target": {
      const services = (spec.targetRefs ?? []).map((target) => `the ${target.kind} ${target.name}`);
      const labels = Object.entries(spec.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
      return spec.targetRefs === undefined
        ? `the pods with ${labels.join(", ") || "any label"}`
        : anyOf(services, "none");
    }
    case "port":
      return portText(operation);
    case "host":
      return anyOf(operation.operation.hosts ?? [], "any");
    case "method":
      return anyOf(operation.operation.methods ?? [], "any");
    case "path":
      return anyOf(operation.operation.paths ?? [], "any");
  }
}

function portText({ operation, ports }: ReadOperation): string {
  if (ports === null || ports.kind === "known") return anyOf(operation.ports ?? [], "any");
  if (ports.kind === "oneOf") {
    return `${anyOf(
      ports.options.map((option) => option?.join(", ") || "any"),
      "any",
    )} (decided when the charm runs)`;
  }
  if (ports.kind === "subsetOf") return `some of ${ports.possible?.join(", ") || "an unknown list"}`;
  return ports.kind === "unknown" ? `one that can't be read (${ports.why})` : "one that can't be read";
}

function anyOf(values: readonly string[], none: string): string {
  return values.length === 0 ? none : values.length === 1 ? (values[0] ?? none) : values.join(" or ");
}

function principalText(principal: string): string {
  const [, namespace, account] = /^cluster\.local\/ns\/([^/]*)\/sa\/([^/]*)$/.exec(principal) ?? [];
  return namespace === undefined ? principal : `${account} in ${namespace}`;
}

function senderText(identity: Identity): string {
  const sender = principalText(identity.principal);
  return identity.onMesh === "no" ? `${sender}, which is not on the mesh and so has no identity` : sender;
}

function foundIn(flow: Flow, field: Exclude<FlowField, "source">, sight: Sight, tls: boolean): string {
  const { target } = flow;
  switch (field) {
    case "target":
      return target.via === "unit"
        ? `a pod of ${target.application}`
        : `the Service ${target.service ?? target.application}`;
    case "port":
      return String(flow.port);
    default:
      if (sight === "ztunnel") return "seen at ztunnel, which reads no HTTP";
      if (sight === "tcp") return tls ? "TLS of the application, in which the waypoint sees no HTTP" : "no HTTP";
      return flow[field] ?? "not given";
  }
}
