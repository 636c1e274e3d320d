import type { SourceFile } from "#syntax";
import { statedIn } from "../assembly/assembled.ts";
import type { EndpointLookup } from "../assembly/charm-endpoints.ts";
import { charmName } from "../assembly/charm-name.ts";
import { withMeshData } from "../assembly/mesh-data.ts";
import { modelName } from "../assembly/model-name.ts";
import { ELSEWHERE, offerUrl } from "../assembly/offer-url.ts";
import { emptyTopology, unitNamesOf } from "../assembly/topology-parts.ts";
import type { Draft } from "../reading/draft.ts";
import { readFirst } from "../reading/read-first.ts";
import { topLevelKeys } from "../reading/top-level.ts";
import type { Application, Offer, Topology } from "../topology.ts";
import type { TopologySource } from "../topology-source.ts";
import { statusRelations } from "./status-relations.ts";
import { type StatusFile, statusSchema } from "./status-schema.ts";

/** `juju status --format json|yaml` of one model. */
export const status: TopologySource = {
  id: "status",
  matches: (file) => {
    const keys = topLevelKeys(file);
    return keys.has("model") && (keys.has("applications") || keys.has("application-endpoints"));
  },
  read: readStatus,
};

function readStatus(file: SourceFile, lookup: EndpointLookup): Topology {
  const { draft, value: read, problems } = readFirst(file, statusSchema);
  const value = read && { ...read, model: { ...read.model, name: modelName(read.model.name) } };
  const empty = emptyTopology("status", file);
  if (value === null) return { ...empty, problems };
  const own = ownApplications(value, draft);
  const saas = saasApplications(value, draft);
  const offers = offersOf(value, draft);
  const found = statusRelations({ status: value, draft, own, saas, offers, lookup });
  const applications = [...own, ...saas, ...found.consumers];
  return {
    ...empty,
    models: [...new Set([value.model.name, ...applications.map((one) => one.model)])],
    applications,
    relations: withMeshData(found.relations),
    offers,
    problems: [...problems, ...found.problems],
  };
}

function ownApplications(status: StatusFile, draft: Draft): Application[] {
  return Object.entries(status.applications ?? {}).map(([name, given]) => {
    const unitNames = Object.keys(given.units ?? {});
    const units = given.scale ?? unitNames.length;
    return {
      name,
      model: status.model.name,
      charm: given["charm-name"] ?? charmName(given.charm ?? name),
      units,
      unitNames: unitNames.length > 0 ? unitNames : unitNamesOf(name, units),
      ...addressesOf(given),
      role: null,
      trust: null,
      onMesh: null,
      kind: "deployed",
      because: statedIn(
        draft.keyAt(["applications", name]),
        `“${name}” runs in ${status.model.name} (${draft.file.path})`,
      ),
    };
  });
}

type StatusApplication = NonNullable<NonNullable<StatusFile["applications"]>[string]>;

/** In a Kubernetes model an application's address is its Service's, and a unit's is its pod's. An address of another form is left out. */
function addressesOf({ address, units }: StatusApplication): Pick<Application, "addresses"> {
  const pods = Object.entries(units ?? {}).map(([unit, given]) => ({
    unit,
    ip: typeof given === "object" && given !== null && "address" in given ? given.address : null,
  }));
  const addresses = [{ unit: null, ip: address }, ...pods].flatMap(({ unit, ip }) =>
    typeof ip === "string" && /^[\da-fA-F.:]{2,45}$/.test(ip) ? [{ unit, ip }] : [],
  );
  return addresses.length === 0 ? {} : { addresses };
}

function saasApplications(status: StatusFile, draft: Draft): Application[] {
  return Object.entries(status["application-endpoints"] ?? {}).map(([name, given]) => ({
    name,
    model: (given.url ? offerUrl(given.url)?.model : null) ?? ELSEWHERE,
    charm: null,
    units: 1,
    unitNames: [],
    role: null,
    trust: null,
    onMesh: null,
    kind: "saas",
    because: statedIn(
      draft.keyAt(["application-endpoints", name]),
      `“${name}” is consumed from ${given.url ?? "another model"} (${draft.file.path})`,
    ),
  }));
}

function offersOf(status: StatusFile, draft: Draft): Offer[] {
  return Object.entries(status.offers ?? {}).map(([name, given]) => ({
    name,
    model: status.model.name,
    // Before Juju 3 an offer did not always contain its application; by default it has the application's name.
    application: given.application ?? name,
    endpoints: Object.keys(given.endpoints ?? {}),
    location: draft.keyAt(["offers", name]),
  }));
}
