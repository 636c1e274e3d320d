import type { MeshMode } from "#mesh";
import type {
  AuthorizationPolicy,
  AuthorizationPolicyOperation,
  AuthorizationPolicyRule,
  AuthorizationPolicySource,
} from "../../engine/mesh/src/policy/mesh-policy.ts";

/*
 * Istio's enforcement once more: slow, two-valued, without indexes, and written from Istio's documentation alone, not from the engine.
 *
 * [dp]    https://istio.io/latest/docs/ambient/architecture/data-plane/: who captures and who redirects a connection
 * [l4]    https://istio.io/latest/docs/ambient/usage/l4-policy/ and [l7] …/l7-features/: what each proxy enforces
 * [impl]  https://istio.io/latest/docs/concepts/security/#implicit-enablement: the order of actions
 * [ref]   https://istio.io/latest/docs/reference/config/security/authorization-policy/: what each field matches
 * [norm]  https://istio.io/latest/docs/ops/best-practices/security/#path-normalization: BASE is the default
 * [env]   https://istio.io/latest/docs/reference/commands/pilot-discovery/#envvars: PILOT_AUTO_ALLOW_WAYPOINT_POLICY
 */

export interface ReferenceFlow {
  readonly source: { readonly application: string; readonly model: string };
  readonly target: { readonly application: string; readonly model: string; readonly via: "service" | "unit" };
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly host: string;
  /** False: the connection carries no plain HTTP. */
  readonly http: boolean;
}

export interface ReferenceWorld {
  readonly onMesh: (model: string, application: string) => boolean;
  readonly labels: (model: string, application: string) => Readonly<Record<string, string>>;
  /** The principal of the waypoint of a model. */
  readonly waypoint: (model: string) => string;
  readonly policies: readonly AuthorizationPolicy[];
  readonly mode: MeshMode;
}

/** One connection at one proxy. */
interface Connection {
  /** null: without mTLS there is no identity. */
  readonly peer: { readonly principal: string; readonly namespace: string } | null;
  readonly port: number;
  /** null: the proxy reads no HTTP from it. */
  readonly request: { readonly method: string; readonly path: string; readonly host: string } | null;
  readonly proxy: "waypoint" | "ztunnel";
}

/** Whether the request arrives. */
export function referenceAllows(flow: ReferenceFlow, world: ReferenceWorld): boolean {
  const { source, target } = flow;
  // [dp] Nothing captures what goes to a pod that is not in the mesh.
  if (!world.onMesh(target.model, target.application)) return true;
  const captured = world.onMesh(source.model, source.application);
  const sender = { principal: `cluster.local/ns/${source.model}/sa/${source.application}`, namespace: source.model };
  const atPod = (peer: Connection["peer"]) =>
    decides(atZtunnel(flow, world), { peer, port: flow.port, request: null, proxy: "ztunnel" });
  // [dp] Only a client's own ztunnel redirects, and only what is addressed to a Service that uses a waypoint.
  if (!captured) return atPod(null);
  if (target.via === "unit") return atPod(sender);
  const { method, host } = flow;
  // [norm] The waypoint's path normalisation is that of the URL standard for special schemes.
  const request = flow.http ? { method, host, path: new URL(`http://x${flow.path}`).pathname } : null;
  const passes = decides(atWaypoint(flow, world), { peer: sender, port: flow.port, request, proxy: "waypoint" });
  return passes && atPod({ principal: world.waypoint(target.model), namespace: target.model });
}

interface Enforced {
  readonly action: string;
  readonly rules: readonly AuthorizationPolicyRule[];
}

/** [l7] Policies with a targetRef are the waypoint's; hardened mode adds one for its GatewayClass. */
function atWaypoint({ target }: ReferenceFlow, { policies, mode }: ReferenceWorld): Enforced[] {
  const attached = policies.filter(
    (policy) =>
      policy.metadata.namespace === target.model &&
      policy.spec.targetRefs?.find((ref) => ref.kind === "Service" && ref.name === target.application) !== undefined,
  );
  return [...attached.map(enforced), ...(mode.hardened ? [{ action: "ALLOW", rules: [] }] : [])];
}

/** [l4] Policies with a selector or with none are ztunnel's; [env] adds one for the waypoint, hardened mode one that allows nothing. */
function atZtunnel({ target }: ReferenceFlow, world: ReferenceWorld): Enforced[] {
  const labels = world.labels(target.model, target.application);
  const found: Enforced[] = [];
  for (const policy of world.policies) {
    const { targetRefs, selector } = policy.spec;
    if (policy.metadata.namespace !== target.model || targetRefs !== undefined) continue;
    const wanted = selector?.matchLabels ?? {};
    if (Object.keys(wanted).every((key) => wanted[key] === labels[key])) found.push(enforced(policy));
  }
  if (world.mode.hardened) found.push({ action: "ALLOW", rules: [] });
  if (world.mode.autoAllowWaypoint) {
    const source = { principals: [world.waypoint(target.model)] };
    found.push({ action: "ALLOW", rules: [{ from: [{ source }] }] });
  }
  return found;
}

function enforced({ spec }: AuthorizationPolicy): Enforced {
  return { action: spec.action ?? "ALLOW", rules: spec.rules ?? [] };
}

/** [impl] DENY before ALLOW; without any ALLOW policy everything is allowed. */
function decides(policies: readonly Enforced[], connection: Connection): boolean {
  for (const { action, rules } of policies) {
    if (action === "DENY" && rules.some((rule) => matches(rule, connection, true))) return false;
  }
  const allowing = policies.filter(({ action }) => action === "ALLOW");
  if (allowing.length === 0) return true;
  return allowing.some(({ rules }) => rules.some((rule) => matches(rule, connection, false)));
}

/** [ref] A rule matches where one of `from` and one of `to` does; what is left out matches all. */
function matches({ from, to }: AuthorizationPolicyRule, connection: Connection, denies: boolean): boolean {
  if (from?.length && !from.some(({ source }) => isFrom(source, connection))) return false;
  if (!to?.length) return true;
  // [l4], [l7] Without HTTP, an ALLOW rule that asks for it is left out whole.
  if (connection.request === null && !denies && to.some(({ operation }) => asksForHttp(operation))) return false;
  return to.some(({ operation }) => isTo(operation, connection));
}

function isFrom(source: AuthorizationPolicySource, { peer }: Connection): boolean {
  const among = (patterns: readonly string[] | undefined, value: string | undefined) =>
    value !== undefined && (patterns ?? []).some((pattern) => glob(pattern).test(value));
  const { principals, notPrincipals, namespaces, notNamespaces } = source;
  if (principals?.length && !among(principals, peer?.principal)) return false;
  if (namespaces?.length && !among(namespaces, peer?.namespace)) return false;
  return !among(notPrincipals, peer?.principal) && !among(notNamespaces, peer?.namespace);
}

function asksForHttp(operation: AuthorizationPolicyOperation): boolean {
  const { hosts, notHosts, methods, notMethods, paths, notPaths } = operation;
  return [hosts, notHosts, methods, notMethods, paths, notPaths].some((list) => list !== undefined && list.length > 0);
}

function isTo(operation: AuthorizationPolicyOperation, { port, request, proxy }: Connection): boolean {
  const { ports = [], notPorts = [] } = operation;
  if (ports.length > 0 && !ports.includes(`${port}`)) return false;
  if (notPorts.includes(`${port}`)) return false;
  if (request === null) {
    // [l4] What is left of a DENY operation without its HTTP fields is enforced by ztunnel only where something is left.
    return proxy === "waypoint" || !asksForHttp(operation) || ports.length + notPorts.length > 0;
  }
  return (
    holds(operation.hosts, operation.notHosts, (pattern) => glob(pattern, "i").test(request.host)) &&
    holds(operation.methods, operation.notMethods, (pattern) => glob(pattern).test(request.method)) &&
    holds(operation.paths, operation.notPaths, (pattern) => pathGlob(pattern).test(request.path))
  );
}

function holds(
  wanted: readonly string[] | undefined,
  refused: readonly string[] | undefined,
  matching: (pattern: string) => boolean,
): boolean {
  return (!wanted?.length || wanted.some(matching)) && !refused?.some(matching);
}

/** [ref] Exact, prefix (`abc*`), suffix (`*abc`) and presence (`*`). */
function glob(pattern: string, flags = ""): RegExp {
  if (pattern === "*") return /^[\s\S]+$/;
  const start = pattern.startsWith("*");
  const end = !start && pattern.endsWith("*");
  const text = literal(pattern.slice(start ? 1 : 0, end ? -1 : undefined));
  return new RegExp(`${start ? "" : "^"}${text}${end ? "" : "$"}`, flags);
}

/** [ref] `{*}` is one segment that is not empty, `{**}` any number of them; with either, `*` is a character like others. */
function pathGlob(pattern: string): RegExp {
  if (!/\{\*/.test(pattern)) return glob(pattern);
  const operators: Readonly<Record<string, string>> = { "{*}": "[^/]+", "{**}": "[\\s\\S]*" };
  return new RegExp(
    `^${pattern
      .split("/")
      .map((part) => operators[part] ?? literal(part))
      .join("/")}$`,
  );
}

function literal(text: string): string {
  return [...text].map((one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).join("");
}
