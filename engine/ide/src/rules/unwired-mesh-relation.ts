import { type CharmRelation, MESH_LIBRARY, neverLooksUpRelations, PACKAGED_MESH_LIBRARY } from "#charm";
import type { Location } from "#syntax";
import { wiredName } from "../facts/mesh-wiring.ts";
import { removingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** A relation that nothing looks at: an operator integrates it and nothing happens. */
export const unwiredMeshRelation = charmRule({
  name: "unwired-mesh-relation",
  summary: "A mesh relation is declared, and nothing in the charm's Python uses it.",
  severities: ["warning"],
  *findings(facts) {
    const { wiring, metadata, declared, imports, damaged, python, kind, coordinator } = facts;
    const wired = new Set(wiring.endpoints.map(wiredName));
    const relations = metadata.relations.filter(isMeshConsumers);
    // Asked first, as what follows has all of the charm's Python read, its tests too.
    const unwired = relations.filter((each) => !wired.has(each.endpoint));
    if (unwired.length === 0) return;
    const elsewhere = imports.some((each) => !each.typeCheckingOnly && mayUseMesh(each, wiring.endpoints.length > 0));
    const unreadable = wiring.endpoints.some((each) => wiredName(each) === undefined);
    if (damaged || elsewhere || unreadable || kind === "worker" || python.own.length === 0 || !declared.complete)
      return;
    if (wiring.coordinator === "unknown" || wiring.coordinator === "some") return;
    // A key of the endpoint map is called like the relation that it may name, and names none.
    const keys = coordinator?.endpoints.entries.map((each) => each.keyLocation) ?? [];
    const uses = facts.relationUses.filter(({ location }) => !keys.some((key) => isSamePlace(key, location)));
    const used = new Set(uses.map((each) => each.endpoint));
    const misnamed = wiring.endpoints.filter((each) => !declared.byName.has(wiredName(each) ?? ""));
    for (const relation of unwired) {
      if (used.has(relation.endpoint)) continue;
      // Where something like it is wired under a name that is not declared, `missing-mesh-relation` speaks of both.
      if (misnamed.some(({ shape }) => shape.interface === relation.interface && shape.side === relation.side))
        continue;
      yield {
        message: `Integrating “${relation.endpoint}” has no effect: nothing in this charm uses it.`,
        location: relation.key,
        tags: ["unnecessary"],
        // The last trace of the mesh is not to be taken away by the way: that leaves a charm without mesh support.
        fixes: relations.length > 1 ? removingFixes(metadata, relation.side, relation.endpoint, false) : [],
      };
    }
  },
});

function isSamePlace(a: Location, b: Location): boolean {
  return a.file === b.file && a.span.start === b.span.start;
}

/** Another package's class may look the relation up: whatever has mesh in its name might, and a consumer that was not found. */
function mayUseMesh(
  { module, name }: { readonly module: string; readonly name: string | null },
  wired: boolean,
): boolean {
  if (module !== MESH_LIBRARY && module !== PACKAGED_MESH_LIBRARY)
    return !neverLooksUpRelations(module) && /mesh/i.test(`${module}.${name ?? ""}`);
  return name === null || name === "ServiceMeshProvider" || (name === "ServiceMeshConsumer" && !wired);
}

/** The relations of a charm that joins a mesh; a mesh's own charm provides `service_mesh`. */
export function isMeshConsumers(relation: CharmRelation): boolean {
  return (
    (relation.interface === "service_mesh" && relation.side === "requires") || relation.interface === "cross_model_mesh"
  );
}
