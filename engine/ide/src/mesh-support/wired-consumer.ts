import { neverLooksUpRelations, PACKAGED_MESH_LIBRARY } from "#charm";
import type { FileEdit } from "#syntax";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { MESH_RELATIONS, MESH_ROLES } from "../facts/mesh-wiring.ts";
import { importsEarlierHome } from "../facts/package-versions.ts";
import { editsThrough } from "../fixes/difference.ts";
import { addedImport } from "../fixes/import-edits.ts";
import { addedBehind, addedMember } from "../fixes/python-edits.ts";
import { declaringEdits, meshRelationFields } from "../fixes/relation-edits.ts";
import { addedRequirement } from "../fixes/requirement-edits.ts";
import { type CharmClass, charmClass } from "./charm-class.ts";
import { policyProperty } from "./policy-property.ts";

const PROPERTY = "_mesh_policies";
const REQUIREMENT = "charmlibs-interfaces-service-mesh>=1.0";

/**
 * The class that can get a ServiceMeshConsumer; null for a charm that has a consumer or may get one from elsewhere, that provides a
 * mesh itself, that has no containers, whose relations are not all readable, or whose class is not found.
 */
export function consumerPlace(facts: CharmFacts): CharmClass | null {
  const { coordinator, worker, consumers, imports, metadata, declared, python, damaged } = facts;
  // `charmFacts` hides a coordinator of the earlier home, whose API takes no mesh endpoints.
  if (importsEarlierHome(imports)) return null;
  if (coordinator || worker || consumers.length > 0 || damaged || !declared.complete) return null;
  if (
    metadata.containers.length === 0 ||
    imports.some((each) => !neverLooksUpRelations(each.module) && /mesh/i.test(`${each.module}.${each.name ?? ""}`))
  )
    return null;
  const taken = MESH_ROLES.map((role) => MESH_RELATIONS[role]).some(
    ({ interface: name, side, usualName }) =>
      declared.fitting(name, side).length === 0 && declared.byName.has(usualName),
  );
  if (taken) return null;
  const found = charmClass(python);
  return found && !found.file.text.includes(PROPERTY) ? found : null;
}

/**
 * A ServiceMeshConsumer for a plain charm, with its policies, its three relations and the packaged library that it comes from (a
 * vendored one is not used by anything here). Nothing where `consumerPlace` finds no place.
 */
export function wiredConsumer(facts: CharmFacts): readonly FileEdit[] {
  const { metadata, declared, python } = facts;
  const found = consumerPlace(facts);
  if (!found) return [];
  const { file, owner, superCall } = found;
  const property = policyProperty(PROPERTY, owner, file, facts);
  const named = MESH_ROLES.map((role) => ({
    role,
    present: declared.fitting(MESH_RELATIONS[role].interface, MESH_RELATIONS[role].side)[0],
  }));
  const keywords = named.flatMap(({ role, present }) =>
    present && present.endpoint !== MESH_RELATIONS[role].usualName
      ? [`${MESH_RELATIONS[role].keyword}="${present.endpoint}"`]
      : [],
  );
  const handed = ["self", ...keywords, ...(property ? [`policies=self.${PROPERTY}`] : [])];
  const attribute = /\bself\._mesh\b/.test(file.text) ? "_service_mesh" : "_mesh";
  const names = ["ServiceMeshConsumer", ...(property?.names ?? [])];
  const edit = editsThrough(file, [
    // From the end of the file to its start, so that the places stay right.
    () => (property ? addedMember(file, owner, property.lines) : []),
    (text) => addedBehind(text, superCall, [`self.${attribute} = ServiceMeshConsumer(${handed.join(", ")})`]),
    ...(property?.typing ?? []).map(
      (name) => (text: typeof file) => addedImport(text, python.module(text), "typing", name),
    ),
    ...names.map((name) => (text: typeof file) => addedImport(text, python.module(text), PACKAGED_MESH_LIBRARY, name)),
  ]);
  const relations = named.flatMap(({ role, present }) => {
    const shape = MESH_RELATIONS[role];
    return present ? [] : [{ name: shape.usualName, side: shape.side, fields: meshRelationFields(shape) }];
  });
  return [edit, ...declaringEdits(metadata, relations), ...requirement(facts)];
}

/** Adds the packaged library to the charm's other requirements; a charm without any gets a requirements.txt. */
function requirement({ dependencies, charm }: CharmFacts): FileEdit[] {
  if (dependencies.packages.has("charmlibs-interfaces-service-mesh")) return [];
  const beside = [...dependencies.packages.values()].find((each) => each.requirement)?.requirement?.location.file;
  for (const file of [beside, charm.files.get("pyproject.toml"), charm.files.get("requirements.txt")]) {
    const edits = file ? addedRequirement(file, REQUIREMENT, { charm }) : [];
    if (edits.length > 0) return edits;
  }
  const path = charm.root === "" ? "requirements.txt" : `${charm.root}/requirements.txt`;
  return [{ path, create: true, edits: [{ span: { start: 0, end: 0 }, newText: `${REQUIREMENT}\n` }] }];
}
