import type { Fact } from "#python";
import type { EffectivePolicy, HttpAttribute } from "../effective-policy.ts";
import type { Flow, FlowField } from "../flow.ts";
import type { AuthorizationPolicyOperation } from "../mesh-policy.ts";
import { matchesHost, matchesPath, matchesText } from "./istio-matching.ts";
import { both, type Ternary, ternary } from "./ternary.ts";

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
 * How the flow matches the operation, attribute by attribute. Where HTTP can't be seen (ztunnel, or the flow is none) an
 * operation with an HTTP attribute never allows, and denies as if it had none.
 */
export function operationMatch(read: ReadOperation, flow: Flow, seesHttp: boolean, denies: boolean): OperationMatch {
  const { operation, unread } = read;
  const http = (
    attribute: HttpAttribute,
    value: string | null,
    matches: (pattern: string, value: string) => boolean,
  ): Ternary => {
    const patterns = operation[attribute] ?? [];
    if (unread.includes(attribute)) return "maybe";
    if (patterns.length === 0) return "yes";
    if (!seesHttp) return ternary(denies);
    if (patterns.includes("*")) return "yes";
    return value === null ? "maybe" : ternary(patterns.some((pattern) => matches(pattern, value)));
  };
  return {
    port: read.ports === null ? exactPort(operation, flow.port) : uncertainPort(read, flow.port),
    host: http("hosts", flow.host, matchesHost),
    method: http("methods", flow.method, matchesText),
    path: http("paths", flow.path, matchesPath),
  };
}

/** Whether all attributes match. */
export function wholeMatch(match: OperationMatch): Ternary {
  return both(both(match.port, match.host), both(match.method, match.path));
}

function exactPort(operation: AuthorizationPolicyOperation, port: number): Ternary {
  const ports = operation.ports ?? [];
  return ternary(ports.length === 0 || ports.includes(String(port)));
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
