import * as z from "zod";
import type { SourceFile } from "#syntax";
import { assembledRelations, type StatedEnd, type StatedRelation, statedIn } from "../assembly/assembled.ts";
import type { EndpointLookup } from "../assembly/charm-endpoints.ts";
import { charmName } from "../assembly/charm-name.ts";
import { ASSUMED_MODEL, emptyTopology } from "../assembly/topology-parts.ts";
import { statedModel } from "../databags/stated-model.ts";
import { withDatabagFacts } from "../databags/with-databag-facts.ts";
import type { Draft, Step } from "../reading/draft.ts";
import { readFirst } from "../reading/read-first.ts";
import { topLevelKeys } from "../reading/top-level.ts";
import type { Application, Databag, Topology } from "../topology.ts";
import type { TopologySource } from "../topology-source.ts";

const dataSchema = z.record(z.string(), z.unknown()).nullish();

const unitDataSchema = z.object({ data: dataSchema }).nullable();

const relationInfoSchema = z.object({
  endpoint: z.string(),
  "related-endpoint": z.string().nullish(),
  "cross-model": z.boolean().nullish(),
  "application-data": dataSchema,
  "local-unit": unitDataSchema.optional(),
  "related-units": z.record(z.string(), unitDataSchema).nullish(),
});

const showUnitSchema = z.record(
  z.string(),
  z.object({
    charm: z.string().nullish(),
    "relation-info": z.array(relationInfoSchema).nullish(),
  }),
);

type ShowUnit = z.infer<typeof showUnitSchema>;
type RelationInfo = z.infer<typeof relationInfoSchema>;

const UNIT = /^([a-z][a-z0-9-]*)\/\d+$/;

/** `juju show-unit --format json|yaml`: what units publish to each other. */
export const showUnit: TopologySource = {
  id: "show-unit",
  matches: (file) => {
    const keys = [...topLevelKeys(file)];
    return keys.length > 0 && keys.every((key) => UNIT.test(key)) && /relation-info|opened-ports/.test(file.text);
  },
  read: readShowUnit,
};

function readShowUnit(file: SourceFile, lookup: EndpointLookup): Topology {
  const { draft, value, problems } = readFirst(file, showUnitSchema);
  const empty = emptyTopology("show-unit", file);
  if (value === null) return { ...empty, problems };
  const databags = [...databagsOf(value, draft)];
  const model = statedModel(databags) ?? ASSUMED_MODEL;
  const applications = applicationsOf(value, draft, model);
  const stated = [...relationsOf(value, draft, model)];
  const assembled = assembledRelations(stated, applications, lookup);
  return withDatabagFacts({
    ...empty,
    models: [model],
    applications,
    relations: assembled.relations,
    databags,
    problems: [...problems, ...assembled.problems],
    note: "Worked out from the relations of single units: applications that these are not related to are missing.",
  });
}

/** The application of a unit's name. */
function ownerOf(unit: string): string {
  return UNIT.exec(unit)?.[1] ?? unit;
}

function relatedApplication(info: RelationInfo): string | null {
  const [unit] = Object.keys(info["related-units"] ?? {});
  return unit === undefined ? null : ownerOf(unit);
}

function applicationsOf(units: ShowUnit, draft: Draft, model: string): Application[] {
  const unitsOf = new Map<string, { names: Set<string>; charm: string | null; at: Step[] }>();
  const note = (unit: string, charm: string | null, at: Step[]): void => {
    const owner = ownerOf(unit);
    const known = unitsOf.get(owner) ?? { names: new Set(), charm, at };
    known.names.add(unit);
    known.charm ??= charm;
    unitsOf.set(owner, known);
  };
  for (const [unit, given] of Object.entries(units)) {
    note(unit, given.charm ? charmName(given.charm) : null, [unit]);
    for (const [index, info] of (given["relation-info"] ?? []).entries())
      for (const related of Object.keys(info["related-units"] ?? {}))
        note(related, null, [unit, "relation-info", index, "related-units", related]);
  }
  return [...unitsOf].map(([name, { names, charm, at }]) => ({
    name,
    model,
    charm,
    units: names.size,
    unitNames: [...names].sort(),
    role: null,
    trust: null,
    onMesh: null,
    kind: "deployed",
    because: statedIn(draft.keyAt(at), `units of “${name}” stand in ${draft.file.path}`),
  }));
}

function* relationsOf(units: ShowUnit, draft: Draft, model: string): Generator<StatedRelation> {
  for (const [unit, given] of Object.entries(units))
    for (const [index, info] of (given["relation-info"] ?? []).entries()) {
      const related = relatedApplication(info);
      const application = ownerOf(unit);
      if (related === null || related === application) continue;
      const location = draft.at([unit, "relation-info", index, "endpoint"]);
      const own: StatedEnd = { model, application, endpoint: info.endpoint };
      const other: StatedEnd = { model, application: related, endpoint: info["related-endpoint"] ?? null };
      yield {
        ends: [own, other],
        interface: null,
        crossModel: null,
        location,
        because: statedIn(location, `${application}:${info.endpoint} is related to ${related}`),
      };
    }
}

function* databagsOf(units: ShowUnit, draft: Draft): Generator<Databag> {
  for (const [unit, given] of Object.entries(units))
    for (const [index, info] of (given["relation-info"] ?? []).entries()) {
      const own = ownerOf(unit);
      const related = relatedApplication(info) ?? own;
      const at: Step[] = [unit, "relation-info", index];
      const theirs = info["related-endpoint"] ?? info.endpoint;
      const bag = (
        of: Pick<Databag, "application" | "unit" | "endpoint" | "relatedApplication">,
        data: z.infer<typeof dataSchema>,
        place: Step[],
      ): Databag => ({ ...of, data: texts(data), location: draft.keyAt(place) });
      // `application-data` is what the other application published.
      if (info["application-data"])
        yield bag(
          { application: related, unit: null, endpoint: theirs, relatedApplication: own },
          info["application-data"],
          [...at, "application-data"],
        );
      if (info["local-unit"])
        yield bag(
          { application: own, unit, endpoint: info.endpoint, relatedApplication: related },
          info["local-unit"].data,
          [...at, "local-unit"],
        );
      for (const [name, one] of Object.entries(info["related-units"] ?? {}))
        yield bag({ application: ownerOf(name), unit: name, endpoint: theirs, relatedApplication: own }, one?.data, [
          ...at,
          "related-units",
          name,
        ]);
    }
}

/** Databags hold texts only; a YAML dump may show a number or a boolean without quotation marks. */
function texts(data: z.infer<typeof dataSchema>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(data ?? {}).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
