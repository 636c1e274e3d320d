import type { Application, RelationEnd, Topology, TopologyRelation } from "../topology.ts";
import { applicationKey, relationId } from "./assembled.ts";
import { withMeshData } from "./mesh-data.ts";
import { ELSEWHERE } from "./offer-url.ts";

/**
 * Statuses of different models as one topology. Where one model consumes an offer of another that is here too, the far end becomes
 * the offered application itself, and the placeholder that stood for it goes. If the offering side sees exactly one consumer at that
 * endpoint, its alias there is known.
 */
export function joinedModels(parts: readonly Topology[]): Topology {
  const [first] = parts as [Topology, ...Topology[]];
  const applications = parts.flatMap((part) => part.applications);
  const offers = parts.flatMap((part) => part.offers);
  const deployed = new Map(
    applications.filter((one) => one.kind === "deployed").map((one) => [applicationKey(one.model, one.name), one]),
  );
  const offered = (saas: Application, offer: string | null): Application | null => {
    const name = offer ?? saas.name;
    const made = offers.find((one) => one.model === saas.model && one.name === name);
    return deployed.get(applicationKey(saas.model, made?.application ?? name)) ?? null;
  };
  const saas = new Map(
    applications.filter((one) => one.kind === "saas").map((one) => [applicationKey(one.model, one.name), one]),
  );
  const consumed: TopologyRelation[] = [];
  const seenFromOffer: TopologyRelation[] = [];
  const others: TopologyRelation[] = [];
  for (const relation of parts.flatMap((part) => part.relations)) {
    if (relation.crossModel === null) others.push(relation);
    else if (relation.crossModel.saas === null) seenFromOffer.push(relation);
    else consumed.push(withRealEnd(relation, saas, offered));
  }
  const named = consumed.map((relation) => withAlias(relation, consumed, seenFromOffer));
  const explained = new Set(named.flatMap(({ explains }) => (explains ? [explains] : [])));
  const relations = [
    ...others,
    ...named.map(({ relation }) => relation),
    ...seenFromOffer.filter((relation) => !explained.has(relation)),
  ];
  const used = new Set(relations.flatMap(({ provider, requirer }) => [keyOf(provider), keyOf(requirer)]));
  const kept = applications.filter((one) => one.kind === "deployed" || used.has(applicationKey(one.model, one.name)));
  const models = [...new Set(kept.map((one) => one.model))];
  return {
    ...first,
    models: [...models.filter((name) => name !== ELSEWHERE), ...models.filter((name) => name === ELSEWHERE)],
    applications: kept,
    relations: withMeshData(relations),
    offers,
    databags: parts.flatMap((part) => part.databags),
    problems: parts.flatMap((part) => part.problems),
    note: `Put together from ${parts.map((part) => part.file?.path ?? part.source).join(", ")}.`,
  };
}

function keyOf(end: RelationEnd): string {
  return applicationKey(end.model, end.application);
}

function withRealEnd(
  relation: TopologyRelation,
  saas: ReadonlyMap<string, Application>,
  offered: (saas: Application, offer: string | null) => Application | null,
): TopologyRelation {
  const side = relation.crossModel?.offering ?? "provider";
  const placeholder = saas.get(keyOf(relation[side]));
  const real = placeholder ? offered(placeholder, relation.crossModel?.offer ?? null) : null;
  if (!real) return relation;
  const moved = { ...relation, [side]: { ...relation[side], application: real.name, model: real.model } };
  return { ...moved, id: relationId(moved.provider, moved.requirer) };
}

interface NamedRelation {
  readonly relation: TopologyRelation;
  /** The relation to a placeholder, on the offering side, that is this one seen from there. */
  readonly explains: TopologyRelation | null;
}

function withAlias(
  relation: TopologyRelation,
  consumed: readonly TopologyRelation[],
  seenFromOffer: readonly TopologyRelation[],
): NamedRelation {
  const side = relation.crossModel?.offering ?? "provider";
  const here = endText(relation[side]);
  const same = (one: TopologyRelation): boolean => one.crossModel?.offering === side && endText(one[side]) === here;
  const consumers = consumed.filter(same);
  const aliases = seenFromOffer.filter(same);
  const [only] = aliases;
  if (!only || aliases.length > 1 || consumers.length > 1 || !relation.crossModel) return { relation, explains: null };
  const crossModel = { ...relation.crossModel, alias: only.crossModel?.alias ?? relation.crossModel.alias };
  return { relation: { ...relation, crossModel }, explains: only };
}

function endText(end: RelationEnd): string {
  return `${keyOf(end)}:${end.endpoint ?? "?"}`;
}
