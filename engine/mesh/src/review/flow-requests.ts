import { authorize } from "../policy/authorize.ts";
import { deployedOf } from "../policy/effective/deployed.ts";
import type { FlowVerdict } from "../policy/flow.ts";
import type { ComparedState, FlowKey, FlowPart } from "./compared-flows.ts";
import { type Grant, grantsOf, grantText } from "./grant.ts";

/** One request that stands for a part of a flow in both states. */
export interface FlowRequest {
  /** In words: `GET /ready on port 3100`, `everything`. */
  readonly text: string;
  readonly grant: Grant;
  /** Everything that no policy names. */
  readonly rest: boolean;
  /** `tcp`: not HTTP at all, which a policy with any HTTP restriction (a path `*` too) does not match. */
  readonly protocol: "http" | "tcp";
}

export type RequestVerdict = FlowVerdict["verdict"];

const REST: Grant = { port: null, method: null, path: null, host: null };

/**
 * The requests by which a flow is compared: one for each combination that a policy of either state grants, one for each port that a line without
 * policies names, and one that no policy names, which shows whether anything else is allowed. A combination without HTTP restrictions stands for plain TCP
 * too.
 */
export function flowRequests(parts: readonly FlowPart[]): readonly FlowRequest[] {
  const found = new Map<string, FlowRequest>();
  const add = (grant: Grant): void => {
    const { port, method, path, host } = grant;
    const [key, text, rest] = [JSON.stringify([port, method, path, host]), grantText(grant), isRest(grant)];
    if (found.has(key)) return;
    found.set(key, { grant, text, rest, protocol: "http" });
    if (method === null && path === null && host === null)
      found.set(`${key} tcp`, { grant, text, rest, protocol: "tcp" });
  };
  for (const { policies, edges } of parts) {
    for (const grant of grantsOf(policies)) add(grant);
    for (const edge of edges)
      if (edge.policies.length === 0) for (const port of edge.ports ?? []) add({ ...REST, port });
  }
  add(REST);
  return [...found.values()];
}

function isRest({ port, method, path, host }: Grant): boolean {
  return port === null && method === null && path === null && host === null;
}

/** What stands for values that a policy leaves open: something that no policy of either state names. */
export interface FreshValues {
  readonly port: number;
  readonly segment: string;
}

/** Values that none of the grants names. */
export function freshValues(grants: readonly Grant[]): FreshValues {
  const ports = new Set(grants.map((grant) => grant.port));
  const text = grants.map(({ path, host }) => `${path ?? ""} ${host ?? ""}`).join(" ");
  let port = 65_535;
  while (ports.has(port)) port--;
  let segment = "anything";
  while (text.includes(segment)) segment += "-else";
  return { port, segment };
}

/**
 * The verdict on a request in one state. An application that the state does not have can't be reached and reaches nothing: `denied`. A port
 * that can't be read is `unknown` where a policy grants it, and the policies of a charm that was not read may allow what nothing else does.
 */
export function requestVerdict(
  state: ComparedState,
  key: FlowKey,
  part: FlowPart | undefined,
  { grant, rest, protocol }: FlowRequest,
  fresh: FreshValues,
): RequestVerdict {
  const { applications } = deployedOf(state.topology);
  const [source, target] = [key.source, key.target].map(({ model, application }) => `${model}/${application}`);
  if (!applications.has(target ?? "")) return "denied";
  if (key.source.application !== "*" && !applications.has(source ?? "") && part === undefined) return "denied";
  if (typeof grant.port === "string")
    return part && grantsOf(part.policies).some((one) => one.port === grant.port) ? "unknown" : "denied";
  const isHttp = protocol === "http" && key.via === "service";
  const flow = {
    source: {
      application: key.source.application === "*" ? ANYONE : key.source.application,
      model: key.source.model,
      // A policy can only mean a caller that has an identity.
      onMesh: applications.has(source ?? "") ? null : true,
    },
    target: { application: key.target.application, model: key.target.model, via: key.via, service: key.service },
    port: grant.port ?? fresh.port,
    method: isHttp ? (grant.method ?? OTHER_METHOD) : null,
    path: isHttp ? exampleOf(grant.path ?? `/${fresh.segment}`, fresh.segment) : null,
    host: isHttp ? exampleOf(grant.host ?? `${fresh.segment}.invalid`, fresh.segment) : null,
    http: protocol === "http",
  };
  const { verdict } = authorize(flow, state.policies, state.topology, state.mode);
  if (verdict !== "denied") return verdict;
  const unread = state.policies.unread?.some(
    (one) => one.what === "charm" && `${one.model}/${one.application}` === target,
  );
  return unread && !rest ? "unknown" : verdict;
}

/** Stands for callers that no policy names; no application can have this name. */
const ANYONE = "(anyone)";
/** A method that no policy can name. */
const OTHER_METHOD = "OTHER";

/** A text that a pattern matches. */
function exampleOf(pattern: string, segment: string): string {
  return pattern
    .replaceAll("{**}", segment)
    .replaceAll("{*}", segment)
    .replace(/\*$/, segment)
    .replace(/^\*/, `/${segment}`);
}
