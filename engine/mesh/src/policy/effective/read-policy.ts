import type { DeclaredEndpoint, DeclaredPolicy } from "#charm";
import { type Condition, type Fact, knownValue, type Reason, unknown } from "#python";
import type { HttpAttribute } from "../effective-policy.ts";
import type { ExactEndpoint } from "../library/exact-mesh-policy.ts";
import type { LibraryPolicy } from "../library/library-policy.ts";
import { METHODS } from "../library/models.ts";

/** A policy as the library would be given it, as far as it could be read. */
export interface ReadPolicy {
  /** The best reading: what is known, else what is possible. */
  readonly policy: LibraryPolicy;
  /** The ports of each endpoint of its mesh policy, where something is not fully known; else null. */
  readonly uncertain: readonly Fact<readonly number[] | null>[] | null;
  readonly unread: readonly (readonly HttpAttribute[])[] | null;
  readonly condition: Condition | null;
  /** Why pydantic refuses the policy when the charm makes it; null: it takes it. */
  readonly refused: string | null;
  readonly because: readonly Reason[];
}

type PortsFact = Fact<readonly number[] | null>;

interface ReadEndpoint {
  readonly endpoint: ExactEndpoint;
  readonly ports: PortsFact;
  readonly unread: readonly HttpAttribute[];
}

/** A policy all of which is known, from a library's own code. */
export function knownPolicy(policy: LibraryPolicy, because: readonly Reason[]): ReadPolicy {
  return { policy, uncertain: null, unread: null, condition: null, refused: null, because };
}

/**
 * The policies that one declaration stands for: none where its relation can't be read, one per relation where it is one of
 * several (then none of them is certain).
 */
export function readPolicies(declared: DeclaredPolicy): readonly ReadPolicy[] {
  const relations =
    declared.relation.kind === "known"
      ? [declared.relation.value]
      : declared.relation.kind === "oneOf"
        ? declared.relation.options
        : [];
  const doubt = relations.length > 1 ? unknown("which relation it is for is decided when the charm runs") : null;
  return relations.map((relation) =>
    declared.kind === "UnitPolicy"
      ? readUnitPolicy(declared, relation, doubt)
      : readAppPolicy(declared, relation, doubt),
  );
}

function readUnitPolicy(declared: DeclaredPolicy, relation: string, doubt: PortsFact | null): ReadPolicy {
  const ports = doubt ?? openedByArguments(declared, declared.ports);
  const exact = ports.kind === "known";
  const best = bestPorts(declared.ports);
  return {
    // An unread list stands as one endpoint without ports, so that there is something to be uncertain about.
    policy: { kind: "UnitPolicy", relation, ports: best ?? (exact ? null : []) },
    uncertain: exact ? null : [ports],
    unread: null,
    condition: declared.condition,
    refused: null,
    because: [...declared.because, ...newReasons(declared, [declared.relation, declared.ports])],
  };
}

function readAppPolicy(declared: DeclaredPolicy, relation: string, doubt: PortsFact | null): ReadPolicy {
  const read = readEndpoints(declared.endpoints);
  const service = knownValue(declared.service);
  const whole =
    doubt ??
    (service === undefined ? unknown("the Service that it is for can't be read") : null) ??
    (declared.argumentsOpen ? unknown("more arguments may be given than can be read") : null);
  const endpoints = whole === null ? read : read.map((one) => ({ ...one, ports: whole }));
  const exact = endpoints.every((one) => one.ports.kind === "known" && one.unread.length === 0);
  const sources = [declared.relation, declared.endpoints, declared.service];
  const parts = (knownValue(declared.endpoints) ?? []).flatMap((one) => [one.ports, one.methods, one.paths, one.hosts]);
  return {
    policy: {
      kind: declared.kind === "Policy" ? "Policy" : "AppPolicy",
      relation,
      endpoints: endpoints.map((one) => one.endpoint),
      service: service ?? null,
    },
    uncertain: exact ? null : endpoints.map((one) => one.ports),
    unread: endpoints.some((one) => one.unread.length > 0) ? endpoints.map((one) => one.unread) : null,
    condition: declared.condition,
    refused: badMethod(endpoints),
    because: [...declared.because, ...newReasons(declared, [...sources, ...parts])],
  };
}

function openedByArguments(declared: DeclaredPolicy, ports: PortsFact): PortsFact {
  return declared.argumentsOpen ? unknown("more arguments may be given than can be read") : ports;
}

/** The endpoints of an app policy; an unreadable list stands as one endpoint of which nothing is known. */
function readEndpoints(fact: Fact<readonly DeclaredEndpoint[]>): readonly ReadEndpoint[] {
  if (fact.kind === "known") return fact.value.map(readEndpoint);
  if (fact.kind === "subsetOf" && !fact.open) {
    // One that may be missing grants its ports only perhaps.
    const doubt = unknown("whether this endpoint is in the list is decided when the charm runs");
    const endpoints = fact.possible.map((one) => {
      const read = readEndpoint(one);
      return fact.always.includes(one) ? read : { ...read, ports: doubt };
    });
    if (endpoints.length > 0) return endpoints;
  }
  const endpoint = { hosts: null, ports: null, methods: null, paths: null };
  const why = fact.kind === "unknown" ? fact.why : "its endpoints can't be read";
  return [{ endpoint, ports: unknown(why, fact.because), unread: ["hosts", "methods", "paths"] }];
}

function readEndpoint(declared: DeclaredEndpoint): ReadEndpoint {
  const open = declared.argumentsOpen;
  const attributes = { hosts: declared.hosts, methods: declared.methods, paths: declared.paths };
  const unread = (Object.keys(attributes) as HttpAttribute[]).filter(
    (name) => open || attributes[name].kind !== "known",
  );
  return {
    endpoint: {
      hosts: best(declared.hosts),
      ports: bestPorts(declared.ports),
      methods: best(declared.methods),
      paths: best(declared.paths),
    },
    ports: open ? unknown("more arguments may be given than can be read") : declared.ports,
    unread,
  };
}

/** What a list most likely is: known, else the first option, else all that is possible; null where nothing can be said. */
function best<T>(fact: Fact<readonly T[] | null>): readonly T[] | null {
  if (fact.kind === "known") return fact.value;
  if (fact.kind === "oneOf") return fact.options[0] ?? null;
  return fact.kind === "subsetOf" ? fact.possible : null;
}

/** The same for ports; unread ones count as an empty list, which a resource can hold. */
function bestPorts(fact: PortsFact): readonly number[] | null {
  return fact.kind === "unknown" || fact.kind === "template" ? [] : best(fact);
}

function badMethod(endpoints: readonly ReadEndpoint[]): string | null {
  for (const { endpoint, unread } of endpoints) {
    if (unread.includes("methods")) continue;
    const bad = endpoint.methods?.find((method) => !METHODS.includes(method));
    if (bad !== undefined) return `“${bad}” is no HTTP method that the library knows`;
  }
  return null;
}

/** The reasons of the facts that a policy was read from, without those that it has already. */
function newReasons(declared: DeclaredPolicy, facts: readonly Fact<unknown>[]): readonly Reason[] {
  const seen = new Set(declared.because);
  return facts
    .flatMap((fact) => fact.because)
    .filter((reason) => {
      const fresh = !seen.has(reason);
      seen.add(reason);
      return fresh;
    });
}
