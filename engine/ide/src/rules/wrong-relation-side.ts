import type { CharmRelation } from "#charm";
import type { SourceFile, TextEdit } from "#syntax";
import { fix } from "../edits/fix.ts";
import { wiredName } from "../facts/mesh-wiring.ts";
import { editsThrough } from "../fixes/difference.ts";
import { addedField, entryOfRelation, movedRelation } from "../fixes/yaml-edits.ts";
import { charmRule } from "./rule.ts";

/** The joining charm requires `service_mesh`; of the two `cross_model_mesh` relations each side has one. */
export const wrongRelationSide = charmRule({
  name: "wrong-relation-side",
  summary: "A mesh relation is declared on the wrong side: provides instead of requires, or the other way round.",
  severities: ["error"],
  *findings({ wiring, declared }) {
    const seen = new Set<string>();
    for (const endpoint of wiring.endpoints) {
      const name = wiredName(endpoint);
      const relation = name === undefined ? undefined : declared.byName.get(name);
      const { shape } = endpoint;
      if (!relation || relation.side === shape.side || seen.has(relation.endpoint)) continue;
      seen.add(relation.endpoint);
      const { file } = relation.key;
      const limited = shape.role !== "mesh" || relation.limit !== null;
      const move = (text: SourceFile) => movedRelation(text, relation.side, relation.endpoint, shape.side);
      const movable = move(file).length > 0;
      const moved = editsThrough(file, [(text) => (limited ? [] : limitAdded(text, relation)), move]);
      yield {
        message: `Nothing of the mesh can work over “${relation.endpoint}”: the charm uses it as the ${shape.interface} relation that it ${shape.side}, and declares it under \`${relation.side}\`. Move it.`,
        location: relation.key,
        related: [{ location: endpoint.location, message: `It is wired here, as \`${shape.key}\`.` }],
        fixes: movable ? [fix(`Move “${relation.endpoint}” to ${shape.side}`, [moved])] : [],
      };
    }
  },
});

/** On its right side a mesh relation needs its limit too. */
function limitAdded(file: SourceFile, relation: CharmRelation): TextEdit[] {
  const value = entryOfRelation(file, relation.side, relation.endpoint)?.entry.value;
  return value?.kind === "map" ? [addedField(file, value, "limit", 1)] : [];
}
