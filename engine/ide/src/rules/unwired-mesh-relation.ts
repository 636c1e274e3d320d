import { type CharmRelation, MESH_LIBRARY, PACKAGED_MESH_LIBRARY } from "#model";
import { removingFixes } from "../fixes/relation-edits.ts";
import { wiredName } from "./mesh-wiring.ts";
import { charmRule } from "./rule.ts";

/** A relation that nothing looks at: an operator integrates it and nothing happens. */
export const unwiredMeshRelation = charmRule({
  name: "unwired-mesh-relation",
  summary: "A mesh relation is declared, and nothing in the charm's Python uses it.",
  severities: ["warning"],
  needs: ["wiring", "metadata", "declared", "relationUses", "imports", "damaged", "python", "kind"],
  *findings({ wiring, metadata, declared, relationUses, imports, damaged, python, kind }) {
    const elsewhere = imports.some((each) => !each.typeCheckingOnly && mayUseMesh(each, wiring.endpoints.length > 0));
    const unreadable = wiring.endpoints.some((each) => wiredName(each) === undefined);
    if (damaged || elsewhere || unreadable || kind === "worker" || python.own.length === 0 || !declared.complete)
      return;
    if (wiring.coordinator === "unknown" || wiring.coordinator === "some") return;
    const used = new Set([...wiring.endpoints.map(wiredName), ...relationUses.map((each) => each.endpoint)]);
    const relations = metadata.relations.filter(isMeshConsumers);
    for (const relation of relations) {
      if (used.has(relation.endpoint)) continue;
      yield {
        message: `“${relation.endpoint}” is declared, and nothing in this charm uses it: integrating it has no effect.`,
        location: relation.key,
        tags: ["unnecessary"],
        // The last trace of the mesh is not to be taken away by the way: that leaves a charm without mesh support.
        fixes: relations.length > 1 ? removingFixes(metadata, relation.side, relation.endpoint, false) : [],
      };
    }
  },
});

/** Another package's class may look the relation up: whatever has mesh in its name might, and a consumer that was not found. */
function mayUseMesh(
  { module, name }: { readonly module: string; readonly name: string | null },
  wired: boolean,
): boolean {
  if (module !== MESH_LIBRARY && module !== PACKAGED_MESH_LIBRARY) return /mesh/i.test(`${module}.${name ?? ""}`);
  return name === null || name === "ServiceMeshProvider" || (name === "ServiceMeshConsumer" && !wired);
}

/** The relations of a charm that joins a mesh; a mesh's own charm provides `service_mesh`. */
export function isMeshConsumers(relation: CharmRelation): boolean {
  return (
    (relation.interface === "service_mesh" && relation.side === "requires") || relation.interface === "cross_model_mesh"
  );
}
