import type { MeshMode } from "#mesh";
import type { AuthorizationPolicy, AuthorizationPolicyRule } from "../../engine/mesh/src/policy/mesh-policy.ts";

/*
 * Istio's enforcement once more, written from shared/domain/topology.md alone: slow, without indexes, two-valued. Hardened mode and the
 * synthetic waypoint policy are ordinary policies here, patterns are regular expressions, and every point is asked in the same way.
 */

export interface ReferenceFlow {
  readonly source: { readonly application: string; readonly model: string };
  readonly target: { readonly application: string; readonly model: string; readonly via: "service" | "unit" };
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly host: string;
}

export interface ReferenceWorld {
  readonly onMesh: (model: string, application: string) => boolean;
  readonly labels: (model: string, application: string) => Readonly<Record<string, string>>;
  /** The principal of the waypoint of a model. */
  readonly waypoint: (model: string) => string;
  readonly policies: readonly AuthorizationPolicy[];
  readonly mode: MeshMode;
}

type Rules = readonly AuthorizationPolicyRule[];

interface Request {
  readonly principal: string | null;
  readonly flow: ReferenceFlow;
  readonly layer: 4 | 7;
}

export function referenceAllows(flow: ReferenceFlow, world: ReferenceWorld): boolean {
  const { source, target } = flow;
  if (!world.onMesh(target.model, target.application)) return true;
  const own = world.onMesh(source.model, source.application)
    ? `cluster.local/ns/${source.model}/sa/${source.application}`
    : null;
  if (target.via === "unit") return askedAt(podPolicies(flow, world), { principal: own, flow, layer: 4 });
  return (
    askedAt(servicePolicies(flow, world), { principal: own, flow, layer: 7 }) &&
    askedAt(podPolicies(flow, world), { principal: world.waypoint(target.model), flow, layer: 4 })
  );
}

function servicePolicies({ target }: ReferenceFlow, world: ReferenceWorld): readonly Enforced[] {
  const own = world.policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === target.model &&
      (spec.targetRefs ?? []).some((ref) => ref.kind === "Service" && ref.name === target.application),
  );
  return [...own.map(enforced), ...(world.mode.hardened ? [ALLOW_NOTHING] : [])];
}

function podPolicies({ target }: ReferenceFlow, world: ReferenceWorld): readonly Enforced[] {
  const labels = world.labels(target.model, target.application);
  const own = world.policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === target.model &&
      spec.targetRefs === undefined &&
      Object.entries(spec.selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value),
  );
  const waypoint = [{ from: [{ source: { principals: [world.waypoint(target.model)] } }] }];
  return [
    ...own.map(enforced),
    ...(world.mode.hardened ? [ALLOW_NOTHING] : []),
    ...(world.mode.autoAllowWaypoint ? [{ action: "ALLOW", rules: waypoint }] : []),
  ];
}

interface Enforced {
  readonly action: string;
  readonly rules: Rules;
}

const ALLOW_NOTHING: Enforced = { action: "ALLOW", rules: [] };

function enforced({ spec }: AuthorizationPolicy): Enforced {
  return { action: spec.action ?? "ALLOW", rules: spec.rules ?? [] };
}

function askedAt(policies: readonly Enforced[], request: Request): boolean {
  if (policies.some(({ action, rules }) => action === "DENY" && matchesSome(rules, request, true))) return false;
  const allowing = policies.filter(({ action }) => action === "ALLOW");
  return allowing.length === 0 || allowing.some(({ rules }) => matchesSome(rules, request, false));
}

function matchesSome(rules: Rules, request: Request, denies: boolean): boolean {
  return rules.some((rule) => {
    const from = rule.from ?? [];
    const named = from.some(({ source }) =>
      (source.principals ?? []).some((one) => request.principal !== null && textual(one, "").test(request.principal)),
    );
    if (from.length > 0 && !named) return false;
    const to = rule.to ?? [];
    return to.length === 0 || to.some(({ operation }) => matchesOperation(operation, request, denies));
  });
}

function matchesOperation(
  operation: NonNullable<AuthorizationPolicyRule["to"]>[number]["operation"],
  { flow, layer }: Request,
  denies: boolean,
): boolean {
  const ports = operation.ports ?? [];
  if (ports.length > 0 && !ports.some((port) => Number(port) === flow.port)) return false;
  const lists = [
    [operation.hosts ?? [], flow.host, "i"],
    [operation.methods ?? [], flow.method, ""],
    [operation.paths ?? [], flow.path.split("?")[0] ?? "", "path"],
  ] as const;
  return lists.every(([patterns, value, kind]) => {
    if (patterns.length === 0) return true;
    if (layer === 4) return denies;
    return patterns.some((pattern) => {
      const regex =
        kind === "path" && /\{\*/.test(pattern) ? templated(pattern) : textual(pattern, kind === "i" ? "i" : "");
      return regex.test(value);
    });
  });
}

function textual(pattern: string, flags: string): RegExp {
  if (pattern === "*") return /^[\s\S]+$/;
  if (pattern.startsWith("*")) return new RegExp(`${literal(pattern.slice(1))}$`, flags);
  if (pattern.endsWith("*")) return new RegExp(`^${literal(pattern.slice(0, -1))}`, flags);
  return new RegExp(`^${literal(pattern)}$`, flags);
}

function templated(pattern: string): RegExp {
  const segments = pattern.split("/").map((segment) => {
    if (segment === "{*}") return "[^/]+";
    return segment === "{**}" ? "[\\s\\S]*" : literal(segment);
  });
  return new RegExp(`^${segments.join("/")}$`);
}

function literal(text: string): string {
  return [...text]
    .map((character) => (/[\w/-]/.test(character) ? character : `\\u{${code(character)}}`))
    .join("")
    .replace(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => `\\u${hex.padStart(4, "0")}`);
}

function code(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}
