import type { Fact } from "#python";
import type { EffectivePolicy } from "../policy/effective-policy.ts";
import type { Endpoint } from "../policy/mesh-policy.ts";
import { coversPattern } from "../policy/verdict/pattern-cover.ts";

/** One combination of what a policy grants; null: anything. A port that could not be read is the text of why. */
export interface Grant {
  readonly port: number | string | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly host: string | null;
}

/** More combinations than this are compared endpoint by endpoint instead. */
const MAX_COMBINATIONS = 5_000;

/** Whether a policy is really made, and so grants anything. */
export function isEffective(policy: EffectivePolicy): boolean {
  return policy.resource !== null;
}

/** Everything that some policies grant between the same two, one combination each. */
export function grantsOf(policies: readonly EffectivePolicy[]): readonly Grant[] {
  const found = new Map<string, Grant>();
  for (const policy of policies) {
    if (!isEffective(policy)) continue;
    const { endpoints } = policy.meshPolicy;
    if (endpoints.length === 0) add(found, { port: null, method: null, path: null, host: null });
    for (const [index, endpoint] of endpoints.entries())
      for (const grant of combinations(endpoint, policy.uncertain?.[index])) add(found, grant);
  }
  return [...found.values()];
}

function add(into: Map<string, Grant>, grant: Grant): void {
  into.set(JSON.stringify([grant.port, grant.method, grant.path, grant.host]), grant);
}

function combinations(endpoint: Endpoint, fact: Fact<readonly number[] | null> | undefined): readonly Grant[] {
  const ports = fact && fact.kind !== "known" ? uncertainPorts(fact) : listed(endpoint.ports);
  const [methods, paths, hosts] = [listed(endpoint.methods), listed(endpoint.paths), listed(endpoint.hosts)];
  const all = (ports ?? [null]).flatMap((port) =>
    (methods ?? [null]).flatMap((method) =>
      (paths ?? [null]).flatMap((path) =>
        (hosts ?? [null]).map((host) => {
          // Beside another HTTP restriction, any path says nothing more.
          const isAny = path === "*" && (method !== null || host !== null);
          return { port, method, path: isAny ? null : path, host };
        }),
      ),
    ),
  );
  return all.slice(0, MAX_COMBINATIONS);
}

/** Istio takes an empty list for an absent one. */
function listed<T>(values: readonly T[] | null): readonly T[] | null {
  return values === null || values.length === 0 ? null : values;
}

/** What may be granted, or a text that only equals itself. */
function uncertainPorts(fact: Fact<readonly number[] | null>): readonly (number | string | null)[] {
  switch (fact.kind) {
    case "oneOf":
      return [...new Set(fact.options.flatMap((option): (number | null)[] => (option?.length ? [...option] : [null])))];
    case "subsetOf":
      return [...(fact.possible ?? []), ...(fact.open ? ["more that can't be read"] : [])];
    case "template":
      return [fact.text];
    case "unknown":
      return [fact.why];
    default:
      return fact.value?.length ? fact.value : [null];
  }
}

/** Whether one of the grants lets through all that `wanted` does. Every HTTP request has a path, so `*` is any path there, and excludes plain TCP alone. */
export function isGranted(wanted: Grant, grants: readonly Grant[]): boolean {
  const path = wanted.path ?? (wanted.method === null && wanted.host === null ? null : "*");
  return grants.some(
    (one) =>
      (one.port === null || one.port === wanted.port) &&
      (one.method === null || one.method === wanted.method) &&
      covers(one.path, path) &&
      covers(one.host, wanted.host),
  );
}

function covers(pattern: string | null, wanted: string | null): boolean {
  return pattern === null || (wanted !== null && (pattern === wanted || coversPattern(pattern, wanted)));
}

/** A grant in words: `GET /ready on port 3100`, `everything`. */
export function grantText({ port, method, path, host }: Grant): string {
  const where = port === null ? null : typeof port === "number" ? `port ${port}` : `ports (${port})`;
  const what = [method, path].filter((part) => part !== null).join(" ");
  const on = [where, host === null ? null : `host ${host}`].filter((part) => part !== null).join(", ");
  if (what === "" && on === "") return "everything";
  return [what, on].filter((part) => part !== "").join(" on ");
}
