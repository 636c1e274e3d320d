import type * as z from "zod";
import type { SourceFile } from "#syntax";
import { assembledRelations, statedIn } from "../assembly/assembled.ts";
import type { EndpointLookup } from "../assembly/charm-endpoints.ts";
import { withMeshData } from "../assembly/mesh-data.ts";
import { type ConfiguredCharm, modeFromOptions } from "../assembly/mode-from-options.ts";
import { offerUrl } from "../assembly/offer-url.ts";
import { emptyTopology, unitNamesOf } from "../assembly/topology-parts.ts";
import { readFirst } from "../reading/read-first.ts";
import { topLevelKeys } from "../reading/top-level.ts";
import type { Application, Offer, Topology } from "../topology.ts";
import type { TopologySource } from "../topology-source.ts";
import { applicationAt, flattened, modelNamesOf, modelOf, notKnownYet, type Plan, parsed } from "./terraform-plan.ts";
import { configuredLookUps, placeKey, referredResources } from "./terraform-references.ts";
import { relationsOf, saasOf } from "./terraform-relations.ts";
import { jujuApplicationSchema, jujuOfferSchema, terraformSchema } from "./terraform-schema.ts";

/** `terraform show -json` of a plan or a state that uses the Juju provider. */
export const terraform: TopologySource = {
  id: "terraform",
  matches: (file) => {
    const keys = topLevelKeys(file);
    return (
      keys.has("format_version") && (keys.has("planned_values") || keys.has("values")) && file.text.includes('"juju_')
    );
  },
  read: readTerraform,
};

function readTerraform(file: SourceFile, lookup: EndpointLookup): Topology {
  const { draft, value, problems } = readFirst(file, terraformSchema);
  const empty = emptyTopology("terraform", file);
  if (value === null) return { ...empty, problems };
  const section = value.planned_values ? "planned_values" : "values";
  const planned = [...flattened(value[section]?.root_module ?? {}, [section, "root_module"], draft)];
  const prior = flattened(
    value.prior_state?.values?.root_module ?? {},
    ["prior_state", "values", "root_module"],
    draft,
  );
  const there = new Set(planned.filter(({ place }) => place.data).map(({ place }) => placeKey(place)));
  // Of what was there before, only data sources count that the plan does not hold itself.
  const resources = [...planned, ...[...prior].filter(({ place }) => place.data && !there.has(placeKey(place)))];
  const configuration = value.configuration?.root_module ?? null;
  const plan: Plan = {
    file,
    configuration,
    resources,
    problems: [...problems],
    modelNames: modelNamesOf(resources, configuration),
    unnamed: new Map(),
  };
  const own = applicationsOf(plan);
  const offers = offersOf(plan, own);
  const stated = relationsOf(plan, own, new Map([...lookedUpOffers(plan), ...offers]));
  const applications = [...own.values(), ...saasOf(stated, [...own.values()])];
  const assembled = assembledRelations(stated, applications, lookup);
  return {
    ...empty,
    mode: modeFromOptions(configured(plan)),
    models: [...new Set(applications.map((one) => one.model))],
    applications,
    relations: withMeshData(assembled.relations),
    offers: [...offers.values()],
    problems: [...plan.problems, ...assembled.problems],
  };
}

function configured(plan: Plan): readonly ConfiguredCharm[] {
  return plan.resources.flatMap((resource): ConfiguredCharm[] => {
    const { type, place, values } = resource;
    const given = type === "juju_application" && !place.data ? jujuApplicationSchema.safeParse(values).data : undefined;
    const charm = given === undefined ? null : charmOf(given);
    const name = given?.name ?? charm;
    return given && name !== null
      ? [{ model: modelOf(plan, resource, given), name, charm, options: given.config }]
      : [];
  });
}

function applicationsOf(plan: Plan): ReadonlyMap<string, Application> {
  const found = new Map<string, Application>();
  for (const resource of plan.resources) {
    if (resource.type !== "juju_application" || resource.place.data) continue;
    const given = parsed(plan, resource, jujuApplicationSchema);
    if (!given) continue;
    const charm = charmOf(given);
    const name = given.name ?? charm;
    if (name === null) {
      plan.problems.push(notKnownYet(resource, "The application's name is known only after apply."));
      continue;
    }
    const numbers = given.unit_numbers ?? [];
    const units = given.units ?? (numbers.length > 0 ? numbers.length : 1);
    found.set(`${placeKey(resource.place)} ${name}`, {
      name,
      model: modelOf(plan, resource, given),
      charm,
      units,
      unitNames: numbers.length === units ? numbers.map((number) => `${name}/${number}`) : unitNamesOf(name, units),
      role: null,
      trust: given.trust ?? false,
      onMesh: null,
      kind: "deployed",
      because: statedIn(resource.location, `${placeKey(resource.place)} in ${plan.file.path}`),
    });
  }
  return found;
}

function charmOf({ charm, local_charm }: z.infer<typeof jujuApplicationSchema>): string | null {
  return charm?.[0]?.name ?? local_charm?.[0]?.name ?? null;
}

/** The offers that a plan looks up: by their attributes, otherwise by the URL in the configuration. */
function lookedUpOffers(plan: Plan): ReadonlyMap<string, Offer> {
  const found = new Map<string, Offer>();
  const add = (key: string, url: string, location: Offer["location"], more: Partial<Offer> = {}) => {
    const parts = offerUrl(url);
    if (!parts) return;
    found.set(key, {
      name: parts.offer,
      model: parts.model,
      application: parts.offer,
      endpoints: [],
      location,
      ...more,
    });
  };
  for (const { place, argument } of configuredLookUps(plan.configuration, "juju_offer"))
    add(placeKey(place), argument("url") ?? "", null);
  for (const resource of plan.resources) {
    if (resource.type !== "juju_offer" || !resource.place.data) continue;
    const given = jujuOfferSchema.safeParse(resource.values).data;
    add(placeKey(resource.place), given?.url ?? "", resource.location, {
      ...(given?.application_name ? { application: given.application_name } : {}),
      endpoints: given?.endpoints ?? [],
    });
  }
  return found;
}

function offersOf(plan: Plan, own: ReadonlyMap<string, Application>): ReadonlyMap<string, Offer> {
  const found = new Map<string, Offer>();
  for (const resource of plan.resources) {
    if (resource.type !== "juju_offer" || resource.place.data) continue;
    const given = parsed(plan, resource, jujuOfferSchema);
    if (!given) continue;
    const [referred] = referredResources(plan.configuration, resource.place, "application_name");
    const application = given.application_name ?? (referred ? applicationAt(own, referred)?.name : null) ?? null;
    if (application === null) {
      plan.problems.push(notKnownYet(resource, "The offered application is known only after apply."));
      continue;
    }
    found.set(placeKey(resource.place), {
      name: given.name ?? application,
      model: modelOf(plan, resource, given),
      application,
      endpoints: given.endpoints ?? (given.endpoint ? [given.endpoint] : []),
      location: resource.location,
    });
  }
  return found;
}
