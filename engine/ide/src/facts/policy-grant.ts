import type { DeclaredEndpoint, DeclaredPolicy } from "#charm";
import { knownValue } from "#python";

/** One fully read endpoint of a policy; null means no restriction of that kind. */
export interface ExactEndpoint {
  readonly ports: readonly number[] | null;
  readonly methods: readonly string[] | null;
  readonly paths: readonly string[] | null;
  readonly hosts: readonly string[] | null;
}

/** What a policy grants, as far as it is exactly known. `endpoints` of a UnitPolicy hold ports only. */
export interface ExactGrant {
  readonly kind: "app" | "unit";
  readonly relation: string;
  readonly service: string | null;
  /** Empty: everything is granted. */
  readonly endpoints: readonly ExactEndpoint[];
}

/** The grant of a policy that is known in every part; null where a part can't be read or more arguments may hide. */
export function exactGrant(policy: DeclaredPolicy): ExactGrant | null {
  const relation = knownValue(policy.relation);
  if (relation === undefined || policy.argumentsOpen || policy.kind === "MeshPolicy") return null;
  if (policy.kind === "UnitPolicy") {
    const ports = knownValue(policy.ports);
    if (ports === undefined) return null;
    const endpoints = ports && ports.length > 0 ? [{ ports, methods: null, paths: null, hosts: null }] : [];
    return { kind: "unit", relation, service: null, endpoints };
  }
  // Without its endpoints an AppPolicy is refused: it grants nothing, and not everything.
  if (!policy.arguments.some((each) => each.name === "endpoints")) return null;
  const endpoints = knownValue(policy.endpoints)?.map(exactEndpoint);
  const service = knownValue(policy.service);
  if (!endpoints || service === undefined || endpoints.includes(null)) return null;
  return { kind: "app", relation, service, endpoints: endpoints.filter((each) => each !== null) };
}

/** An endpoint with everything read; null where a part can't be. An empty list counts as none, as in the library. */
export function exactEndpoint(endpoint: DeclaredEndpoint): ExactEndpoint | null {
  const [ports, methods, paths, hosts] = [
    knownValue(endpoint.ports),
    knownValue(endpoint.methods),
    knownValue(endpoint.paths),
    knownValue(endpoint.hosts),
  ];
  if (ports === undefined || methods === undefined || paths === undefined || hosts === undefined) return null;
  if (endpoint.argumentsOpen) return null;
  return { ports: orNull(ports), methods: orNull(methods), paths: orNull(paths), hosts: orNull(hosts) };
}

/** Whether a grant lets through every request that another one lets through, on the same side of the same relation. */
export function contains(outer: ExactGrant, inner: ExactGrant): boolean {
  if (outer.kind !== inner.kind || outer.relation !== inner.relation || outer.service !== inner.service) return false;
  if (outer.endpoints.length === 0) return true;
  if (inner.endpoints.length === 0) return false;
  return inner.endpoints.every((each) => outer.endpoints.some((wide) => endpointContains(wide, each)));
}

function endpointContains(outer: ExactEndpoint, inner: ExactEndpoint): boolean {
  return (
    listContains(outer.ports, inner.ports) &&
    listContains(outer.methods, inner.methods) &&
    listContains(outer.hosts, inner.hosts) &&
    pathsContain(outer.paths, inner.paths)
  );
}

function listContains<T>(outer: readonly T[] | null, inner: readonly T[] | null): boolean {
  if (outer === null) return true;
  return inner?.every((each) => outer.includes(each)) ?? false;
}

/** `prefix*`, `*suffix` and `*` count for what they match; templates only for themselves. */
function pathsContain(outer: readonly string[] | null, inner: readonly string[] | null): boolean {
  if (outer === null) return true;
  return inner?.every((each) => outer.some((wide) => pathContains(wide, each))) ?? false;
}

function pathContains(wide: string, path: string): boolean {
  if (wide === path || wide === "*") return true;
  if (wide.includes("{") || path.includes("{") || path.startsWith("*")) return false;
  if (wide.endsWith("*")) return path.startsWith(wide.slice(0, -1));
  return wide.startsWith("*") && !path.endsWith("*") && path.endsWith(wide.slice(1));
}

function orNull<T>(list: readonly T[] | null): readonly T[] | null {
  return list && list.length > 0 ? list : null;
}
