import { type CharmModel, optionsOf } from "#model";
import type { FileEdit } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { addedMapEntries } from "../fixes/endpoint-map-edits.ts";
import { editsOf, fix } from "../fixes/fix.ts";
import { declaringEdits, meshRelationFields, type NewRelation } from "../fixes/relation-edits.ts";
import type { CharmFacts } from "./charm-facts.ts";
import { MESH_RELATIONS, MESH_ROLES, type MeshRelationShape } from "./mesh-wiring.ts";
import { charmRule } from "./rule.ts";

type Coordinator = NonNullable<CharmModel["coordinator"]>;

/** `initialize` in coordinated_workers/service_mesh.py: all three or none, else ValueError. */
export const partialMeshEndpoints = charmRule({
  name: "partial-mesh-endpoints",
  summary: "One or two of the three mesh keys are set.",
  severities: ["error"],
  needs: ["coordinator", "wiring", "declared", "metadata", "python"],
  *findings(facts) {
    const { coordinator, wiring } = facts;
    if (!coordinator || wiring.coordinator !== "some") return;
    const shapes = MESH_ROLES.map((role) => MESH_RELATIONS[role]);
    const missing = shapes.filter((each) => isUnset(coordinator, each));
    const set = coordinator.endpoints.entries.find((each) =>
      shapes.some((shape) => shape.key === each.key && !isUnset(coordinator, shape)),
    );
    if (!set) return;
    yield {
      message: `${list(missing.map((each) => each.key))} ${missing.length === 1 ? "is" : "are"} not set: of the three mesh keys Coordinator takes all or none, and the charm ends with a ValueError when it starts.`,
      location: set.keyLocation,
      related: coordinator.endpoints.entries
        .filter((each) => missing.some((shape) => shape.key === each.key))
        .map((each) => ({ location: each.valueLocation, message: "This counts as not set." })),
      fixes: completing(coordinator, missing, facts),
    };
  },
});

function isUnset(coordinator: Coordinator, shape: MeshRelationShape): boolean {
  const entry = coordinator.endpoints.entries.findLast((each) => each.key === shape.key);
  if (!entry) return coordinator.endpoints.complete;
  return optionsOf(entry.value)?.every((each) => !each) ?? false;
}

function completing(
  coordinator: Coordinator,
  missing: readonly MeshRelationShape[],
  { declared, metadata, python }: Pick<CharmFacts, "declared" | "metadata" | "python">,
): Fix[] {
  const edits: FileEdit[] = [];
  const added: [string, string][] = [];
  const relations: NewRelation[] = [];
  const named = new Set(coordinator.endpoints.entries.flatMap((each) => optionsOf(each.value) ?? []));
  for (const shape of missing) {
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
  return [fix("Set all three mesh keys", [...edits, ...inserted, ...declaringEdits(metadata, relations)])];
}

function list(keys: readonly string[]): string {
  return keys.map((each) => `“${each}”`).join(" and ");
}
