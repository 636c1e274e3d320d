import type { CharmRelation } from "#charm";
import type { Fix } from "../diagnostic.ts";
import { editsOf, fix, replacementFix } from "../edits/fix.ts";
import { addedField, entryOfRelation } from "../fixes/yaml-edits.ts";
import { charmRule } from "./rule.ts";

/** An application belongs to one mesh: ServiceMeshConsumer reads `get_relation`, which raises when there are two. */
export const unlimitedServiceMesh = charmRule({
  name: "unlimited-service-mesh",
  summary: "The `service_mesh` relation has no `limit: 1`, so a second mesh breaks the charm.",
  severities: ["warning"],
  *findings({ metadata }) {
    for (const relation of metadata.relations) {
      if (relation.interface !== "service_mesh" || relation.side !== "requires" || relation.limit === 1) continue;
      const written = relation.fields.get("limit");
      // A limit that is no number is `invalid-relation-block`'s.
      if (written && relation.limit === null) continue;
      yield {
        message: `A second mesh breaks this charm: ServiceMeshConsumer expects one relation, and “${relation.endpoint}” has no \`limit: 1\`.`,
        location: written?.value ?? relation.key,
        fixes: written?.value ? [replacementFix("Set limit: 1", written.value, "1")] : limited(relation),
      };
    }
  },
});

function limited(relation: CharmRelation): Fix[] {
  const { file } = relation.key;
  const value = entryOfRelation(file, relation.side, relation.endpoint)?.entry.value;
  return value?.kind === "map" ? [fix("Add limit: 1", [editsOf(file, [addedField(file, value, "limit", 1)])])] : [];
}
