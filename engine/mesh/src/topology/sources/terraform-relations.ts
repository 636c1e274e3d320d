import type * as z from "zod";
import { type StatedEnd, type StatedRelation, statedIn } from "../assembly/assembled.ts";
import { ELSEWHERE, offerUrl } from "../assembly/offer-url.ts";
import type { Application, Offer } from "../topology.ts";
import { applicationAt, modelOf, notKnownYet, type Plan, parsed, type Resource } from "./terraform-plan.ts";
import { configuredBlocks, followed, placeKey, type ResourcePlace } from "./terraform-references.ts";
import { jujuIntegrationSchema } from "./terraform-schema.ts";

interface Block {
  readonly name: string | null;
  readonly endpoint: string | null;
  readonly offer: Offer | null;
  readonly url: string | null;
}

/** The integrations of a plan, by its values or, where those are not known yet, by what the configuration refers to. */
export function relationsOf(
  plan: Plan,
  own: ReadonlyMap<string, Application>,
  offers: ReadonlyMap<string, Offer>,
): StatedRelation[] {
  return plan.resources.flatMap((resource): StatedRelation[] => {
    if (resource.type !== "juju_integration" || resource.place.data) return [];
    const given = parsed(plan, resource, jujuIntegrationSchema);
    if (!given) return [];
    const [first, second, ...more] = blocksOf(plan, resource, given, own, offers);
    if (!first || !second || more.length > 0) {
      plan.problems.push(notKnownYet(resource, "Which two applications it joins is known only after apply."));
      return [];
    }
    return [statedRelation(plan, resource, modelOf(plan, resource, given), first, second)];
  });
}

function blocksOf(
  plan: Plan,
  resource: Resource,
  given: z.infer<typeof jujuIntegrationSchema>,
  own: ReadonlyMap<string, Application>,
  offers: ReadonlyMap<string, Offer>,
): readonly Block[] {
  const byUrl = (url: string): Offer | null => {
    const parts = offerUrl(url);
    return [...offers.values()].find((one) => one.name === parts?.offer && one.model === parts.model) ?? null;
  };
  const planned = (given.application ?? []).map(
    (block): Block => ({
      name: block.name || null,
      endpoint: block.endpoint || null,
      url: block.offer_url || null,
      // An offer of another controller is none of this plan's, whatever its URL.
      offer: block.offer_url && !block.offering_controller ? byUrl(block.offer_url) : null,
    }),
  );
  if (planned.length === 2 && planned.every((block) => block.name !== null || block.url !== null)) return planned;
  // The configuration's references supply what the plan does not contain.
  return configuredBlocks(plan.configuration, resource.place, "application").flatMap((block): Block[] => {
    const referred = (argument: string): ResourcePlace | undefined =>
      followed(plan.configuration, resource.place.modules, block[argument])[0];
    const constant = (argument: string): string | null => {
      const value = block[argument]?.constant_value;
      return typeof value === "string" ? value : null;
    };
    const nameFrom = referred("name");
    const offerFrom = referred("offer_url");
    const offer = offerFrom ? (offers.get(placeKey(offerFrom)) ?? null) : null;
    const name = constant("name") ?? (nameFrom ? (applicationAt(own, nameFrom)?.name ?? null) : null);
    const url = constant("offer_url");
    if (name === null && offer === null && url === null) return [];
    const known = planned.find((one) => one.name === name && name !== null);
    return [{ name, endpoint: constant("endpoint") ?? known?.endpoint ?? null, offer, url }];
  });
}

function statedRelation(plan: Plan, resource: Resource, model: string, first: Block, second: Block): StatedRelation {
  const ends = [first, second].map((block): StatedEnd => {
    if (block.offer)
      return { model: block.offer.model, application: block.offer.application, endpoint: offered(block) };
    if (block.name !== null) return { model, application: block.name, endpoint: block.endpoint };
    const parts = offerUrl(block.url ?? "");
    return {
      model: parts?.model ?? ELSEWHERE,
      application: parts?.offer ?? (block.url as string),
      endpoint: block.endpoint,
    };
  }) as [StatedEnd, StatedEnd];
  const remote = [first, second].findIndex((block) => block.name === null);
  const far = remote < 0 ? null : remote === 0 ? first : second;
  const local = ends[remote === 0 ? 1 : 0];
  const offerName = far?.offer?.name ?? (far?.url ? offerUrl(far.url)?.offer : null) ?? null;
  return {
    ends,
    interface: null,
    crossModel: far
      ? {
          offer: offerName,
          offering: remote === 0 ? "first" : "second",
          alias: `remote-${local.application}`,
          saas: offerName,
          meshData: false,
        }
      : null,
    location: resource.location,
    because: statedIn(resource.location, `${placeKey(resource.place)} in ${plan.file.path}`),
  };
}

/** An offer of one endpoint needs none named. */
function offered(block: Block): string | null {
  const [only, ...more] = block.offer?.endpoints ?? [];
  return block.endpoint ?? (more.length === 0 ? (only ?? null) : null);
}

/** Applications behind offers that this plan does not make. */
export function saasOf(stated: readonly StatedRelation[], own: readonly Application[]): Application[] {
  const found = new Map<string, Application>();
  for (const { ends, crossModel, because } of stated) {
    const end = crossModel ? ends[crossModel.offering === "first" ? 0 : 1] : null;
    if (!end || own.some((one) => one.model === end.model && one.name === end.application)) continue;
    found.set(`${end.model}/${end.application}`, {
      name: end.application,
      model: end.model,
      charm: null,
      units: 1,
      unitNames: [],
      role: null,
      trust: null,
      onMesh: null,
      kind: "saas",
      because,
    });
  }
  return [...found.values()];
}
