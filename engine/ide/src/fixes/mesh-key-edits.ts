import type { CharmModel } from "#charm";
import { optionsOf } from "#python";
import type { FileEdit } from "#syntax";
import { editsOf } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { MESH_RELATIONS, MESH_ROLES, type MeshRelationShape } from "../facts/mesh-wiring.ts";
import { addedMapEntries } from "./endpoint-map-edits.ts";
import { declaringEdits, meshRelationFields, type NewRelation } from "./relation-edits.ts";

type Coordinator = NonNullable<CharmModel["coordinator"]>;

/** The mesh keys that the coordinator's map does not set; one that can't be read counts as set. */
export function unsetMeshKeys(coordinator: Coordinator): readonly MeshRelationShape[] {
  return MESH_ROLES.map((role) => MESH_RELATIONS[role]).filter((shape) => {
    const entry = coordinator.endpoints.entries.findLast((each) => each.key === shape.key);
    if (!entry) return coordinator.endpoints.complete;
    return optionsOf(entry.value)?.every((each) => !each) ?? false;
  });
}

/**
 * Sets the mesh keys that are not set: to a relation of the right interface and side that no key names yet, else to the guide's
 * name, which is then declared. An empty list where the map is no dict display, or where relations may exist that are not read.
 */
export function settingMeshKeys(
  coordinator: Coordinator,
  { declared, metadata, python }: Pick<CharmFacts, "declared" | "metadata" | "python">,
): FileEdit[] {
  const edits: FileEdit[] = [];
  const added: [string, string][] = [];
  const relations: NewRelation[] = [];
  const named = new Set(coordinator.endpoints.entries.flatMap((each) => optionsOf(each.value) ?? []));
  for (const shape of unsetMeshKeys(coordinator)) {
    const present = declared.fitting(shape.interface, shape.side).find((each) => !named.has(each.endpoint));
    const name = present?.endpoint ?? shape.usualName;
    if (!present && !declared.byName.has(name))
      relations.push({ name, side: shape.side, fields: meshRelationFields(shape) });
    const entry = coordinator.endpoints.entries.findLast((each) => each.key === shape.key);
    if (entry)
      edits.push(editsOf(entry.valueLocation.file, [{ span: entry.valueLocation.span, newText: `"${name}"` }]));
    else added.push([shape.key, name]);
  }
  const inserted = addedMapEntries(coordinator.endpoints.location, python, added);
  if (added.length > 0 && inserted.length === 0) return [];
  if (relations.length > 0 && !declared.complete) return [];
  return [...edits, ...inserted, ...declaringEdits(metadata, relations)];
}
