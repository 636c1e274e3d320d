import type { Fact } from "#python";
import type { EffectivePolicy, HttpAttribute } from "../effective-policy.ts";
import type { Flow, FlowField } from "../flow.ts";
import type { AuthorizationPolicyOperation, AuthorizationPolicyRule } from "../mesh-policy.ts";
import { matchesHost, matchesPath, matchesText } from "./istio-matching.ts";
import { both, opposite, type Ternary, ternary } from "./ternary.ts";

/** How a flow stands to each attribute of one operation. */
export type OperationMatch = Readonly<Record<Exclude<FlowField, "source" | "target">, Ternary>>;

/** One operation of a policy, with what could not be read of it. */
export interface ReadOperation {
  readonly operation: AuthorizationPolicyOperation;
  /** null: the operation's own ports are exact. */
  readonly ports: Fact<readonly number[] | null> | null;
  readonly unread: readonly HttpAttribute[];
  /** Whether an empty list of ports means every port, as for a unit policy; else Istio may refuse it. */
  readonly unit: boolean;
}

const ANY: AuthorizationPolicyOperation = {};

/** The operations of a rule; one that matches everything where it names none. */
export function operationsOf(
  policy: EffectivePolicy,
  to: readonly { readonly operation: AuthorizationPolicyOperation }[] | undefined,
): readonly ReadOperation[] {
  const operations = to === undefined || to.length === 0 ? [ANY] : to.map((one) => one.operation);
  return operations.map((operation, index) => ({
    operation,
    ports: policy.uncertain?.[index] ?? null,
    unread: policy.unread?.[index] ?? [],
    unit: policy.meshPolicy.target_type === "unit",
  }));
}

/**
 * What an enforcement point sees of a request: a waypoint its HTTP, or only its TCP connection; ztunnel never more than that, and it
 * treats HTTP attributes in another way than a waypoint does.
 */
export type Sight = "http" | "tcp" | "ztunnel";

const HTTP_FIELDS = ["hosts", "notHosts", "methods", "notMethods", "paths", "notPaths"] as const;
const HTTP_SOURCE_FIELDS = [
  "remoteIpBlocks",
  "notRemoteIpBlocks",
  "requestPrincipals",
  "notRequestPrincipals",
] as const;
const L4_CONDITIONS: ReadonlySet<string> = new Set([
  "source.ip",
  "source.namespace",
  "source.principal",
  "destination.ip",
  "destination.port",
]);

/**
 * Whether a rule asks for something that only HTTP has. Where HTTP can't be seen, an ALLOW policy's whole rule is then left out, its
 * other operations included. Source: istio 86c9f01, pilot/pkg/security/authz/model/model.go (`Generate` fails for the rule) and
 * builder.go (“skipped rule … on TCP filter chain”) for a waypoint; pilot/pkg/serviceregistry/ambient/authorization.go, `handleRule`,
 * for ztunnel.
 */
export function asksHttp(rule: AuthorizationPolicyRule, operations: readonly ReadOperation[]): Ternary {
  if (operations.some(({ operation }) => HTTP_FIELDS.some((field) => operation[field]?.length))) return "yes";
  if (rule.from?.some(({ source }) => HTTP_SOURCE_FIELDS.some((field) => source[field]?.length))) return "yes";
  if (rule.when?.some(({ key }) => !L4_CONDITIONS.has(key))) return "yes";
  return operations.some(({ unread }) => unread.length > 0) ? "maybe" : "no";
}

/**
 * How the flow matches the operation, attribute by attribute. Where HTTP can't be seen, HTTP attributes count as absent: `asksHttp`
 * has left out the rules of ALLOW policies, and a DENY policy's are enforced without them. At ztunnel an operation of a DENY policy
 * that has nothing else matches no request (istio 86c9f01, pilot/pkg/serviceregistry/ambient/authorization.go; ztunnel 62d8265,
 * src/rbac.rs, “empty clause”).
 */
export function operationMatch(read: ReadOperation, flow: Flow, sight: Sight): OperationMatch {
  const { operation, unread } = read;
  const http = (
    attribute: HttpAttribute,
    not: "notHosts" | "notMethods" | "notPaths",
    value: string | null,
    matches: (pattern: string, value: string) => boolean,
  ): Ternary => {
    if (sight !== "http") return unread.includes(attribute) ? "maybe" : "yes";
    if (unread.includes(attribute)) return "maybe";
    const some = (patterns: readonly string[]): Ternary => {
      if (patterns.includes("*")) return "yes";
      return value === null ? "maybe" : ternary(patterns.some((pattern) => matches(pattern, value)));
    };
    const [wanted, refused] = [operation[attribute] ?? [], operation[not] ?? []];
    return both(wanted.length === 0 ? "yes" : some(wanted), refused.length === 0 ? "yes" : opposite(some(refused)));
  };
  const port = read.ports === null ? exactPort(operation, flow.port) : uncertainPort(read, flow.port);
  return {
    port: both(port, sight === "ztunnel" && isHttpOnly(read) ? "no" : "yes"),
    host: http("hosts", "notHosts", flow.host, matchesHost),
    method: http("methods", "notMethods", flow.method, matchesText),
    path: http("paths", "notPaths", flow.path, matchesPath),
  };
}

function isHttpOnly({ operation, ports }: ReadOperation): boolean {
  if (ports !== null || operation.ports?.length || operation.notPorts?.length) return false;
  return HTTP_FIELDS.some((field) => operation[field]?.length);
}

/** Whether all attributes match. */
export function wholeMatch(match: OperationMatch): Ternary {
  return both(both(match.port, match.host), both(match.method, match.path));
}

function exactPort(operation: AuthorizationPolicyOperation, port: number): Ternary {
  const ports = operation.ports ?? [];
  const refused = operation.notPorts?.some((one) => Number(one) === port) ?? false;
  return ternary(!refused && (ports.length === 0 || ports.some((one) => Number(one) === port)));
}

function uncertainPort(read: ReadOperation, port: number): Ternary {
  const fact = read.ports;
  if (fact === null) return "maybe";
  switch (fact.kind) {
    case "known":
      return listMatch(read, fact.value, port);
    case "oneOf": {
      const options = fact.options.map((option) => listMatch(read, option, port));
      return options.every((one) => one === options[0]) ? (options[0] ?? "maybe") : "maybe";
    }
    case "subsetOf": {
      const { always, possible, open } = fact;
      if (always?.includes(port)) return "yes";
      if (open) return "maybe";
      // The list may turn out empty, and an empty list may restrict nothing.
      const others = possible?.filter((one) => one !== port) ?? [];
      const empty = always?.length ? "no" : listMatch(read, [], port);
      if (!possible?.includes(port)) return possible?.length ? both(empty, "maybe") : empty;
      return others.length === 0 && empty === "yes" ? "yes" : "maybe";
    }
    default:
      return "maybe";
  }
}

/**
 * A list of ports as it would stand in the policy: none means every port, unless that leaves an app policy's operation with
 * nothing in it, which Istio refuses.
 */
function listMatch(read: ReadOperation, ports: readonly number[] | null, port: number): Ternary {
  if (ports !== null && ports.length > 0) return ternary(ports.includes(port));
  return ternary(read.unit || hasHttp(read));
}

function hasHttp({ operation, unread }: ReadOperation): boolean {
  return unread.length > 0 || [operation.hosts, operation.methods, operation.paths].some((list) => list?.length);
}
