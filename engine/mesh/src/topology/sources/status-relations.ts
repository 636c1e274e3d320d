import { peerRelation, relationId, statedIn } from "../assembly/assembled.ts";
import type { EndpointLookup } from "../assembly/charm-endpoints.ts";
import { ELSEWHERE, offerUrl } from "../assembly/offer-url.ts";
import { type Half, halfOf, type PairedHalves, pairedHalves } from "../assembly/status-pairs.ts";
import type { Draft, Step } from "../reading/draft.ts";
import type { Application, CrossModel, Offer, RelationEnd, TopologyProblem, TopologyRelation } from "../topology.ts";
import type { StatusFile, StatusRelations } from "./status-schema.ts";

interface Input {
  readonly status: StatusFile;
  readonly draft: Draft;
  readonly own: readonly Application[];
  readonly saas: readonly Application[];
  readonly offers: readonly Offer[];
  readonly lookup: EndpointLookup;
}

interface Found {
  readonly relations: TopologyRelation[];
  /** Applications of other models that this one knows only as the consumers of its offers. */
  readonly consumers: Application[];
  readonly problems: TopologyProblem[];
}

/** Halves by the two names between which they run, under the name that stands first in `order`. */
interface Between {
  readonly left: Application;
  readonly right: Application;
  readonly halves: readonly [Half[], Half[]];
}

/** All relations of a status, each once. */
export function statusRelations(input: Input): Found {
  const { status, draft, own, saas } = input;
  const known = new Map([...saas, ...own].map((one) => [one.name, one]));
  const between = new Map<string, Between>();
  const found: Found = { relations: [], consumers: [], problems: [] };
  const add = (from: Application, toName: string, half: Half): void => {
    const to = known.get(toName) ?? consumer(input, found, known, from, toName, half);
    if (!to) return;
    const backwards = between.get(JSON.stringify([to.name, from.name]));
    const key = JSON.stringify([from.name, to.name]);
    const entry = backwards ?? between.get(key) ?? { left: from, right: to, halves: [[], []] };
    entry.halves[entry.left === from ? 0 : 1].push(half);
    if (!backwards) between.set(key, entry);
  };
  for (const application of own) {
    const given = status.applications?.[application.name];
    for (const [endpoint, at, related] of relatedOf(given?.relations, [
      "applications",
      application.name,
      "relations",
    ])) {
      const location = draft.at(at);
      if (related.application === application.name) {
        const end = { model: application.model, application: application.name, endpoint };
        found.relations.push(
          peerRelation(end, related.interface, statedIn(location, saying(end, related.application))),
        );
        continue;
      }
      const half = { endpoint, interface: related.interface, location };
      add(application, related.application, halfOf(half, application.charm, input.lookup));
    }
  }
  for (const application of saas) {
    const given = status["application-endpoints"]?.[application.name];
    const at: Step[] = ["application-endpoints", application.name, "relations"];
    for (const [endpoint, place, related] of relatedOf(given?.relations, at)) {
      const details = given?.endpoints?.[endpoint];
      const side = details?.role === "provider" ? "provides" : details?.role === "requirer" ? "requires" : null;
      add(application, related.application, {
        endpoint,
        interface: details?.interface ?? related.interface,
        side,
        location: draft.at(place),
      });
    }
  }
  const seen = new Set(found.relations.map((relation) => relation.id));
  for (const { left, right, halves } of between.values())
    for (const pair of pairedHalves(halves[0], halves[1])) {
      const relation = relationOf(input, left, right, pair);
      if (pair.guessed && pair.left) found.problems.push(guessedPair(relation, pair.left));
      if (seen.has(relation.id)) continue;
      seen.add(relation.id);
      found.relations.push(relation);
    }
  return found;
}

type Related = NonNullable<NonNullable<StatusRelations>[string]>[number];

function* relatedOf(relations: StatusRelations, at: readonly Step[]): Generator<readonly [string, Step[], Related]> {
  for (const [endpoint, list] of Object.entries(relations ?? {}))
    for (const [index, related] of (list ?? []).entries()) yield [endpoint, [...at, endpoint, index], related];
}

/** A related application that the status does not list consumes one of the model's offers (`remote-<hex>`); else it is an error. */
function consumer(
  input: Input,
  found: Found,
  known: Map<string, Application>,
  from: Application,
  name: string,
  half: Half,
): Application | null {
  const offered = input.offers.some(
    (offer) => offer.application === from.name && offer.endpoints.includes(half.endpoint),
  );
  if (!offered && !name.startsWith("remote-")) {
    found.problems.push({
      code: "unknown-application",
      message: `This relation is left out: “${from.name}” is related to “${name}”, which the model “${from.model}” does not have.`,
      location: half.location,
    });
    return null;
  }
  const made: Application = {
    name,
    model: ELSEWHERE,
    charm: null,
    units: 1,
    unitNames: [],
    role: null,
    trust: null,
    onMesh: null,
    kind: "saas",
    because: statedIn(half.location, `“${name}” consumes an offer of ${from.name}`),
  };
  known.set(name, made);
  found.consumers.push(made);
  return made;
}

function relationOf(input: Input, left: Application, right: Application, pair: PairedHalves): TopologyRelation {
  const leftProvides = pair.left?.side ? pair.left.side === "provides" : pair.right?.side !== "provides";
  const end = (application: Application, half: Half | null): RelationEnd => ({
    model: application.model,
    application: application.name,
    endpoint: half?.endpoint ?? null,
  });
  const a = end(left, pair.left);
  const b = end(right, pair.right);
  const [provider, requirer] = leftProvides ? [a, b] : [b, a];
  const half = pair.left ?? pair.right;
  const remote = [left, right].find((one) => one.kind === "saas");
  return {
    id: relationId(provider, requirer),
    // Where revisions disagree the provider's word counts: it is the one that more charms are related to.
    interface: (leftProvides ? pair.left : pair.right)?.interface ?? half?.interface ?? pair.right?.interface ?? null,
    provider,
    requirer,
    peer: false,
    crossModel: remote ? crossModelOf(input, remote, remote === left ? right : left, provider) : null,
    because: half ? statedIn(half.location, saying(a, right.name)) : [],
  };
}

function crossModelOf(input: Input, remote: Application, local: Application, provider: RelationEnd): CrossModel {
  const remoteProvides = provider.application === remote.name && provider.model === remote.model;
  const consumed = input.status["application-endpoints"]?.[remote.name];
  if (consumed) {
    // The other model makes the offer, and sees this one's application under a name that only it knows.
    return {
      offer: (consumed.url ? offerUrl(consumed.url)?.offer : null) ?? null,
      offering: remoteProvides ? "provider" : "requirer",
      alias: `remote-${local.name}`,
      saas: remote.name,
      meshData: false,
    };
  }
  const offer = input.offers.find((one) => one.application === local.name);
  return {
    offer: offer?.name ?? null,
    offering: remoteProvides ? "requirer" : "provider",
    alias: remote.name,
    saas: null,
    meshData: false,
  };
}

function guessedPair({ provider, requirer }: TopologyRelation, half: Half): TopologyProblem {
  const ends = `${provider.application} and ${requirer.application}`;
  const taken = `${provider.endpoint ?? "?"} – ${requirer.endpoint ?? "?"}`;
  return {
    code: "ambiguous-relation",
    message: `What is reported about this relation may be wrong: the status does not show which endpoints of ${ends} belong together, and ${taken} is assumed.`,
    location: half.location,
  };
}

function saying(end: RelationEnd, other: string): string {
  return `${end.application}:${end.endpoint ?? "?"} is related to ${other}`;
}
