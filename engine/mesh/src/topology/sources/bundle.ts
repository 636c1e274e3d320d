import * as z from "zod";
import type { Location, SourceFile } from "#syntax";
import { assembledRelations, type StatedEnd, type StatedRelation, statedIn } from "../assembly/assembled.ts";
import type { EndpointLookup } from "../assembly/charm-endpoints.ts";
import { charmName } from "../assembly/charm-name.ts";
import { withMeshData } from "../assembly/mesh-data.ts";
import { modeFromOptions } from "../assembly/mode-from-options.ts";
import { ELSEWHERE, offerUrl } from "../assembly/offer-url.ts";
import { ASSUMED_MODEL, emptyTopology, unitNamesOf } from "../assembly/topology-parts.ts";
import type { Draft, Step } from "../reading/draft.ts";
import { readAll } from "../reading/read-first.ts";
import { topLevelKeys } from "../reading/top-level.ts";
import type { Application, Offer, Topology } from "../topology.ts";
import type { TopologySource } from "../topology-source.ts";

const applicationSchema = z
  .object({
    charm: z.string().nullish(),
    scale: z.int().nonnegative().max(10_000).nullish(),
    num_units: z.int().nonnegative().max(10_000).nullish(),
    trust: z.boolean().nullish(),
    options: z.record(z.string(), z.unknown()).nullish(),
    offers: z.record(z.string(), z.object({ endpoints: z.array(z.string()).nullish() }).nullable()).nullish(),
  })
  .nullable();

const pairSchema = z.tuple([z.string(), z.string().or(z.array(z.string()))], {
  error: "Expected two ends: [application:endpoint, application:endpoint]",
});

const bundleSchema = z.object({
  bundle: z.string().nullish(),
  applications: z.record(z.string(), applicationSchema).nullish(),
  services: z.record(z.string(), applicationSchema).nullish(),
  relations: z.array(pairSchema).nullish(),
  saas: z.record(z.string(), z.object({ url: z.string().nullish() }).nullable()).nullish(),
});

type BundleDocument = z.infer<typeof bundleSchema>;
type BundleApplication = NonNullable<z.infer<typeof applicationSchema>>;

/** A Juju bundle with its overlays, as people write it or `juju export-bundle` does. */
export const bundle: TopologySource = {
  id: "bundle",
  matches: (file) => {
    const keys = topLevelKeys(file);
    if (keys.has("model") || keys.has("format_version")) return false;
    if (keys.has("applications"))
      return ["relations", "bundle", "saas", "series", "default-base"].some((key) => keys.has(key));
    return keys.has("services") && keys.has("relations");
  },
  read: readBundle,
};

interface Gathered {
  /** A name stays at the place where it first came up. */
  readonly applications: Map<string, { given: BundleApplication; location: Location }>;
  readonly saas: Map<string, { url: string | null; location: Location }>;
  readonly offers: Offer[];
  readonly relations: { readonly ends: readonly [string, string]; readonly location: Location }[];
}

function readBundle(file: SourceFile, lookup: EndpointLookup): Topology {
  const parts = readAll(file, bundleSchema);
  const gathered: Gathered = { applications: new Map(), saas: new Map(), offers: [], relations: [] };
  const removed = new Set<string>();
  for (const { value, draft } of parts) if (value) gather(gathered, removed, value, draft);
  const applications = [...ownApplications(gathered, file), ...saasApplications(gathered, file)];
  const stated = gathered.relations.flatMap(({ ends, location }) => {
    const [left, right] = ends.map((end) => statedEnd(end, gathered)) as [StatedEnd, StatedEnd];
    // An overlay that removes an application removes its relations.
    return [left, right].some((end) => removed.has(end.application))
      ? []
      : [statedRelation(left, right, location, gathered)];
  });
  const assembled = assembledRelations(stated, applications, lookup);
  return {
    ...emptyTopology("bundle", file),
    mode: modeFromOptions(
      [...gathered.applications].map(([name, { given }]) => ({
        model: ASSUMED_MODEL,
        name,
        charm: charmName(given.charm ?? name),
        options: given.options,
      })),
    ),
    models: [...new Set([ASSUMED_MODEL, ...applications.map((one) => one.model)])],
    applications,
    relations: withMeshData(assembled.relations),
    offers: gathered.offers.filter((offer) => gathered.applications.has(offer.application)),
    problems: [...parts.flatMap((part) => part.problems), ...assembled.problems],
    note: `A bundle does not say in which model it is deployed: it is called “${ASSUMED_MODEL}” here.`,
  };
}

/** Lays one document over what the earlier ones said, as `juju deploy --overlay` does. */
function gather(into: Gathered, removed: Set<string>, document: BundleDocument, draft: Draft): void {
  const section: Step = document.applications ? "applications" : "services";
  for (const [name, given] of Object.entries(document.applications ?? document.services ?? {})) {
    const before = into.applications.get(name);
    if (given === null && before) {
      into.applications.delete(name);
      removed.add(name);
      continue;
    }
    removed.delete(name);
    const location = before?.location ?? draft.keyAt([section, name]);
    const { offers, ...fields } = given ?? {};
    const options = { ...before?.given.options, ...fields.options };
    into.applications.set(name, { given: { ...before?.given, ...definedOf(fields), options }, location });
    for (const [offer, one] of Object.entries(offers ?? {})) {
      into.offers.push({
        name: offer,
        model: ASSUMED_MODEL,
        application: name,
        endpoints: one?.endpoints ?? [],
        location: draft.keyAt([section, name, "offers", offer]),
      });
    }
  }
  for (const [name, one] of Object.entries(document.saas ?? {}))
    into.saas.set(name, { url: one?.url ?? null, location: draft.keyAt(["saas", name]) });
  for (const [index, [first, second]] of (document.relations ?? []).entries()) {
    const location = draft.at(["relations", index]);
    for (const other of typeof second === "string" ? [second] : second)
      into.relations.push({ ends: [first, other], location });
  }
}

function definedOf<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as Partial<T>;
}

function ownApplications(gathered: Gathered, file: SourceFile): Application[] {
  return [...gathered.applications].map(([name, { given, location }]) => {
    const units = given.scale ?? given.num_units ?? 1;
    return {
      name,
      model: ASSUMED_MODEL,
      charm: charmName(given.charm ?? name),
      units,
      unitNames: unitNamesOf(name, units),
      role: null,
      trust: given.trust ?? false,
      onMesh: null,
      kind: "deployed",
      because: statedIn(location, `“${name}” stands in ${file.path}`),
    };
  });
}

function saasApplications(gathered: Gathered, file: SourceFile): Application[] {
  return [...gathered.saas].map(([name, { url, location }]) => ({
    name,
    model: saasModel(url),
    charm: null,
    units: 1,
    unitNames: [],
    role: null,
    trust: null,
    onMesh: null,
    kind: "saas",
    because: statedIn(location, `“${name}” is consumed from ${url ?? "another model"} in ${file.path}`),
  }));
}

function saasModel(url: string | null): string {
  return (url === null ? null : offerUrl(url)?.model) ?? ELSEWHERE;
}

function statedEnd(text: string, gathered: Gathered): StatedEnd {
  const [application = "", endpoint = null] = text.split(":");
  const saas = gathered.applications.has(application) ? undefined : gathered.saas.get(application);
  return { model: saas ? saasModel(saas.url) : ASSUMED_MODEL, application, endpoint };
}

function statedRelation(left: StatedEnd, right: StatedEnd, location: Location, gathered: Gathered): StatedRelation {
  const remote = [left, right].find((end) => end.model !== ASSUMED_MODEL || isSaas(end, gathered));
  const local = remote === left ? right : left;
  const url = remote ? (gathered.saas.get(remote.application)?.url ?? null) : null;
  return {
    ends: [left, right],
    interface: null,
    crossModel: remote
      ? {
          offer: (url === null ? null : offerUrl(url)?.offer) ?? null,
          offering: remote === left ? "first" : "second",
          alias: `remote-${local.application}`,
          saas: remote.application,
          meshData: false,
        }
      : null,
    location,
    because: statedIn(location, `${left.application} – ${right.application} stands in ${location.file.path}`),
  };
}

function isSaas(end: StatedEnd, gathered: Gathered): boolean {
  return !gathered.applications.has(end.application) && gathered.saas.has(end.application);
}
