import { type Reason, reasonAt } from "#python";
import type { Location } from "#syntax";
import type { Application, CrossModel, RelationEnd, TopologyProblem, TopologyRelation } from "../topology.ts";
import type { EndpointLookup } from "./charm-endpoints.ts";
import { type Pairing, pairedEnds } from "./paired-ends.ts";

/** One end as a source names it. `side` where the source itself says which side of the interface it is. */
export interface StatedEnd extends RelationEnd {
  readonly side?: "provides" | "requires" | undefined;
}

/** A relation as a source states it: which end provides is not known yet. */
export interface StatedRelation {
  readonly ends: readonly [StatedEnd, StatedEnd];
  readonly interface: string | null;
  /** `offering` names one of the two ends, not yet a side. */
  readonly crossModel: (Omit<CrossModel, "offering"> & { readonly offering: "first" | "second" }) | null;
  readonly location: Location;
  readonly because: readonly Reason[];
}

export interface AssembledRelations {
  readonly relations: readonly TopologyRelation[];
  readonly problems: readonly TopologyProblem[];
}

/** `<model>/<application>`: how applications are found again in maps. */
export function applicationKey(model: string, application: string): string {
  return `${model}/${application}`;
}

/**
 * The relations of a topology: each end's endpoint, the interface and the providing end are worked out from the charms. Reports an
 * end whose application is not there (the relation is then left out) and ends that more than one pair of endpoints fits (the relation
 * stays, with what is certain). One relation stated twice is kept once.
 */
export function assembledRelations(
  stated: readonly StatedRelation[],
  applications: readonly Application[],
  lookup: EndpointLookup,
): AssembledRelations {
  const known = new Map(applications.map((one) => [applicationKey(one.model, one.name), one]));
  const relations = new Map<string, TopologyRelation>();
  const problems: TopologyProblem[] = [];
  for (const relation of stated) {
    const [first, second] = relation.ends;
    const missing = relation.ends.filter((end) => !known.has(applicationKey(end.model, end.application)));
    for (const end of missing) problems.push(unknownApplication(end, known, relation.location));
    if (missing.length > 0) continue;
    const namedEnd = (end: StatedEnd) => ({
      endpoint: end.endpoint,
      side: end.side,
      charm: lookup(known.get(applicationKey(end.model, end.application))?.charm ?? null),
    });
    const { pairing, ambiguous, impossible } = pairedEnds(namedEnd(first), namedEnd(second), relation.interface);
    if (ambiguous.length > 0) problems.push(ambiguousRelation(relation, ambiguous));
    if (impossible) problems.push(impossibleRelation(relation));
    const made = madeRelation(relation, pairing);
    if (!relations.has(made.id)) relations.set(made.id, made);
  }
  return { relations: [...relations.values()], problems };
}

function madeRelation(stated: StatedRelation, pairing: Pairing): TopologyRelation {
  const [first, second] = stated.ends;
  const a: RelationEnd = { model: first.model, application: first.application, endpoint: pairing.first };
  const b: RelationEnd = { model: second.model, application: second.application, endpoint: pairing.second };
  const [provider, requirer] = pairing.provider === "first" ? [a, b] : [b, a];
  return {
    id: relationId(provider, requirer),
    interface: pairing.interface,
    provider,
    requirer,
    peer: false,
    crossModel: stated.crossModel && {
      ...stated.crossModel,
      offering: stated.crossModel.offering === pairing.provider ? "provider" : "requirer",
    },
    because: stated.because,
  };
}

/** Deterministic, and the same in every source: `cos/tempo:tracing cos/shop:tracing`, the provider first. */
export function relationId(provider: RelationEnd, requirer: RelationEnd): string {
  const end = ({ model, application, endpoint }: RelationEnd): string => `${model}/${application}:${endpoint ?? "?"}`;
  return `${end(provider)} ${end(requirer)}`;
}

/** The relation of an application with itself. */
export function peerRelation(
  end: RelationEnd,
  interfaceName: string | null,
  because: readonly Reason[],
): TopologyRelation {
  return {
    id: relationId(end, end),
    interface: interfaceName,
    provider: end,
    requirer: end,
    peer: true,
    crossModel: null,
    because,
  };
}

/** The reason of everything that a topology file states. */
export function statedIn(location: Location, what: string): readonly Reason[] {
  return [reasonAt(location, what)];
}

function unknownApplication(
  end: RelationEnd,
  known: ReadonlyMap<string, Application>,
  location: Location,
): TopologyProblem {
  const names = [...known.values()].filter((one) => one.model === end.model).map((one) => one.name);
  const list = names.length > 0 && names.length <= 12 ? ` There are: ${names.join(", ")}.` : "";
  return {
    code: "unknown-application",
    message: `Juju refuses this relation: the model “${end.model}” has no application “${end.application}”.${list}`,
    location,
  };
}

function ambiguousRelation(stated: StatedRelation, pairs: readonly Pairing[]): TopologyProblem {
  const [first, second] = stated.ends;
  const shown = pairs
    .slice(0, 6)
    .map((pair) => `${first.application}:${pair.first ?? "?"} – ${second.application}:${pair.second ?? "?"}`);
  const more = pairs.length > shown.length ? ` and ${pairs.length - shown.length} more` : "";
  return {
    code: "ambiguous-relation",
    message: `Juju refuses this relation: more than one pair of endpoints fits, ${shown.join("; ")}${more}. Name the endpoints.`,
    location: stated.location,
  };
}

function impossibleRelation(stated: StatedRelation): TopologyProblem {
  const name = (end: RelationEnd): string => `${end.application}${end.endpoint === null ? "" : `:${end.endpoint}`}`;
  const [first, second] = stated.ends;
  return {
    code: "unreadable-topology",
    message: `Juju refuses this relation: no endpoints of ${name(first)} and ${name(second)} fit together, because one has to provide the interface that the other requires.`,
    location: stated.location,
  };
}
