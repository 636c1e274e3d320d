import type { SourceFile } from "#syntax";
import { assembledRelations, type StatedEnd, type StatedRelation, statedIn } from "../assembly/assembled.ts";
import type { EndpointLookup } from "../assembly/charm-endpoints.ts";
import { emptyTopology, unitNamesOf } from "../assembly/topology-parts.ts";
import { DEFAULT_MESH_MODE, type MeshMode } from "../mesh-mode.ts";
import type { Draft } from "../reading/draft.ts";
import { readFirst } from "../reading/read-first.ts";
import { fileName, topLevelKeys } from "../reading/top-level.ts";
import type { Application, Topology } from "../topology.ts";
import type { TopologySource } from "../topology-source.ts";
import { type MeshTopologyFile, meshTopologySchema } from "./mesh-topology-schema.ts";

/** `mesh-topology.yaml`: a deployment written by hand, for reviews and what-if questions. */
export const meshTopology: TopologySource = {
  id: "file",
  matches: (file) => {
    if (/^(.*[._-])?mesh-topology\.(ya?ml|json)$/.test(fileName(file))) return true;
    const keys = topLevelKeys(file);
    return keys.has("models") && !keys.has("controller") && [...keys].every((key) => KEYS.has(key));
  },
  read: readMeshTopology,
};

const KEYS: ReadonlySet<string> = new Set(["mesh", "models", "cross-model"]);

function readMeshTopology(file: SourceFile, lookup: EndpointLookup): Topology {
  const { draft, value, problems } = readFirst(file, meshTopologySchema);
  const empty = emptyTopology("file", file);
  if (value === null) return { ...empty, problems };
  const names = Object.keys(value.models);
  const applications = names.flatMap((model) => applicationsOf(value, draft, model));
  const stated = [...names.flatMap((model) => relationsOf(value, draft, model)), ...crossModelOf(value, draft)];
  const assembled = assembledRelations(stated, applications, lookup);
  return {
    ...empty,
    mode: modeOf(value),
    models: names,
    applications,
    relations: assembled.relations,
    problems: [...problems, ...assembled.problems],
  };
}

function modeOf(file: MeshTopologyFile): MeshMode {
  const given = file.mesh ?? {};
  const beacons = Object.entries(file.models).flatMap(([model, content]) => {
    const own = { ...givenSwitches(content?.mesh) };
    return Object.keys(own).length > 0 ? [[model, own] as const] : [];
  });
  return {
    ...DEFAULT_MESH_MODE,
    ...(given.hardened === undefined ? {} : { hardened: given.hardened }),
    ...(given["auto-allow-waypoint"] === undefined ? {} : { autoAllowWaypoint: given["auto-allow-waypoint"] }),
    ...givenSwitches(given),
    ...(beacons.length > 0 ? { beacons: Object.fromEntries(beacons) } : {}),
  };
}

function givenSwitches(
  given: Pick<NonNullable<MeshTopologyFile["mesh"]>, "managed" | "model-on-mesh"> | null | undefined,
) {
  const { managed, "model-on-mesh": modelOnMesh } = given ?? {};
  return { ...(managed === undefined ? {} : { managed }), ...(modelOnMesh === undefined ? {} : { modelOnMesh }) };
}

function applicationsOf(file: MeshTopologyFile, draft: Draft, model: string): Application[] {
  return Object.entries(file.models[model]?.applications ?? {}).map(([name, given]) => {
    const units = given?.units ?? 1;
    return {
      name,
      model,
      charm: given?.charm ?? null,
      units,
      unitNames: unitNamesOf(name, units),
      role: given?.role ?? null,
      trust: given?.trust ?? null,
      onMesh: given?.["on-mesh"] ?? null,
      kind: "deployed",
      because: statedIn(draft.keyAt(["models", model, "applications", name]), `“${name}” stands in ${draft.file.path}`),
    };
  });
}

function relationsOf(file: MeshTopologyFile, draft: Draft, model: string): StatedRelation[] {
  return (file.models[model]?.relations ?? []).map((pair, index) => {
    const location = draft.at(["models", model, "relations", index]);
    const ends = pair.map((text): StatedEnd => {
      const [application = "", endpoint] = text.split(":");
      return { model, application, endpoint: endpoint ?? null };
    });
    return {
      ends: ends as unknown as readonly [StatedEnd, StatedEnd],
      interface: null,
      crossModel: null,
      location,
      because: statedIn(location, `${pair.join(" – ")} stands in ${draft.file.path}`),
    };
  });
}

function crossModelOf(file: MeshTopologyFile, draft: Draft): StatedRelation[] {
  return (file["cross-model"] ?? []).map((given, index) => {
    const location = draft.at(["cross-model", index]);
    const [provider, consumer] = [far(given.provider, "provides"), far(given.consumer, "requires")];
    return {
      ends: [provider, consumer],
      interface: null,
      crossModel: {
        offer: given.offer ?? null,
        offering: "first",
        alias: given.as ?? `remote-${consumer.application}`,
        saas: given.saas ?? provider.application,
        meshData: given["mesh-data"] ?? false,
      },
      location,
      because: statedIn(location, `${given.provider} – ${given.consumer} stands in ${draft.file.path}`),
    };
  });
}

/** `model.application:endpoint`; a model's name has no dot. */
function far(text: string, side: "provides" | "requires"): StatedEnd {
  const dot = text.indexOf(".");
  const colon = text.lastIndexOf(":");
  return { model: text.slice(0, dot), application: text.slice(dot + 1, colon), endpoint: text.slice(colon + 1), side };
}
