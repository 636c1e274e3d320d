import { interfaceKnowledge } from "#charm";
import type { CharmEndpoints } from "./charm-endpoints.ts";

/** One end of a relation as a source names it. */
export interface NamedEnd {
  readonly endpoint: string | null;
  readonly charm: CharmEndpoints | null;
  /** Said by the source itself (juju status of an offer). */
  readonly side?: "provides" | "requires" | undefined;
}

/** How two ends fit together. `provider` is which of the two provides. */
export interface Pairing {
  readonly first: string | null;
  readonly second: string | null;
  readonly interface: string | null;
  readonly provider: "first" | "second";
}

export interface Paired {
  readonly pairing: Pairing;
  /** All pairs of endpoints that fit, where there is more than one and the source does not say which. */
  readonly ambiguous: readonly Pairing[];
  /** Both charms are known exactly, and nothing of them fits together. */
  readonly impossible: boolean;
}

interface Candidate {
  readonly endpoint: string | null;
  readonly side: "provides" | "requires" | null;
  readonly interface: string | null;
}

/** Runs between models only: inside one it is never what a relation without endpoints means. */
const CROSS_MODEL = "cross_model_mesh";

/**
 * Finds which endpoints a relation joins, which interface it has, and which end provides: by the charms where they are known,
 * as Juju itself does (one provides, the other requires, of one interface), by well-known endpoint names otherwise.
 * `named` is the interface if the source gives it.
 */
export function pairedEnds(first: NamedEnd, second: NamedEnd, named: string | null): Paired {
  const left = candidates(first, named);
  const right = candidates(second, named);
  const pairs = fittingPairs(left, right, named);
  const best = pairs.filter((pair) => pair.interface !== null);
  const fitting = best.length > 0 ? best : pairs;
  // A published charm may be deployed in a revision with other endpoints: on its ground nothing is called wrong.
  const exact = Boolean(first.charm?.exact && second.charm?.exact);
  const likely = exact || fitting.length < 2 ? fitting : fitting.filter((pair) => pair.interface !== CROSS_MODEL);
  const [only] = likely;
  if (only && likely.length === 1) return { pairing: only, ambiguous: [], impossible: false };
  if (only) return { pairing: common(likely, first, second, named), ambiguous: exact ? likely : [], impossible: false };
  return { pairing: fallback(first, second, named), ambiguous: [], impossible: exact };
}

/** All pairs that fit; only candidates of one interface are tried with each other, so that large charms cost little. */
function fittingPairs(
  left: readonly Candidate[],
  right: readonly Candidate[],
  named: string | null,
): readonly Pairing[] {
  const byInterface = new Map<string | null, Candidate[]>();
  for (const one of right) byInterface.set(one.interface, [...(byInterface.get(one.interface) ?? []), one]);
  const open = byInterface.get(null) ?? [];
  return left.flatMap((a) => {
    const others = a.interface === null ? right : [...(byInterface.get(a.interface) ?? []), ...open];
    return others.flatMap((b) => pairing(a, b, named) ?? []);
  });
}

function candidates(end: NamedEnd, named: string | null): readonly Candidate[] {
  const { endpoint, charm } = end;
  const listed = (charm?.endpoints ?? []).filter(
    (one) =>
      (endpoint === null || one.endpoint === endpoint) &&
      (named === null || one.interface === named) &&
      (end.side === undefined || one.side === end.side),
  );
  if (listed.length > 0) return listed;
  // An endpoint that the catalog's revision of the charm does not have, or an unknown charm: only what the source says.
  if (endpoint !== null || charm === null)
    return [{ endpoint, side: end.side ?? sideByName(endpoint), interface: named }];
  return [];
}

/** Sides that follow from the mesh's own endpoint names, for every charm. */
function sideByName(endpoint: string | null): "provides" | "requires" | null {
  if (endpoint === "provide-cmr-mesh") return "provides";
  if (endpoint === "require-cmr-mesh") return "requires";
  return null;
}

function pairing(a: Candidate, b: Candidate, named: string | null): Pairing | null {
  if (a.side !== null && a.side === b.side) return null;
  if (a.interface !== null && b.interface !== null && a.interface !== b.interface) return null;
  const provider = a.side === "provides" || b.side === "requires" ? "first" : a.side === b.side ? "first" : "second";
  return { first: a.endpoint, second: b.endpoint, interface: a.interface ?? b.interface ?? named, provider };
}

/** What all the pairs agree on; the rest stays open. */
function common(pairs: readonly Pairing[], first: NamedEnd, second: NamedEnd, named: string | null): Pairing {
  const agreed = <T>(of: (pair: Pairing) => T): T | null => {
    const [one, ...others] = pairs.map(of);
    return one !== undefined && others.every((other) => other === one) ? one : null;
  };
  return {
    first: first.endpoint ?? agreed((pair) => pair.first),
    second: second.endpoint ?? agreed((pair) => pair.second),
    interface: named ?? agreed((pair) => pair.interface),
    provider: agreed((pair) => pair.provider) ?? "first",
  };
}

function fallback(first: NamedEnd, second: NamedEnd, named: string | null): Pairing {
  const interfaceName = named ?? interfaceByName(first.endpoint) ?? interfaceByName(second.endpoint);
  return { first: first.endpoint, second: second.endpoint, interface: interfaceName, provider: "first" };
}

/** An endpoint called like a known interface most likely has it: `tracing`, `service-mesh`. */
function interfaceByName(endpoint: string | null): string | null {
  if (endpoint === null) return null;
  return [endpoint, endpoint.replaceAll("-", "_")].find((name) => interfaceKnowledge(name) !== null) ?? null;
}
