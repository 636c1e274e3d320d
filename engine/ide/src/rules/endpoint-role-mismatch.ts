import { type EndpointKey, endpointKey, fitsEndpointKey, interfaceKnowledge, MESH_ENDPOINT_KEYS } from "#charm";
import { knownValue } from "#python";
import { freeRelationsForKey } from "../fixes/endpoint-map-edits.ts";
import { renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** Each key feeds the library object of one interface, which refuses or misreads another. */
export const endpointRoleMismatch = charmRule({
  name: "endpoint-role-mismatch",
  summary: "A key of the endpoint map names a relation of another interface or side than the key stands for.",
  severities: ["error"],
  *findings({ coordinator, declared }) {
    if (!coordinator || declared.damaged) return;
    for (const entry of coordinator.endpoints.entries) {
      const key = endpointKey(entry.key);
      const name = knownValue(entry.value);
      const relation = name ? declared.byName.get(name) : undefined;
      // The mesh's own three are `wrong-relation-side`'s and `wrong-relation-interface`'s.
      if (!key || !relation?.interface || MESH_ENDPOINT_KEYS.includes(entry.key)) continue;
      const wrongInterface = !fits(key, relation.interface);
      const wrongSide = relation.side !== key.side;
      // A cluster relation on the wrong side is `cluster-wrong-side`'s.
      if (!wrongInterface && (!wrongSide || key.key === "cluster")) continue;
      const fitting = freeRelationsForKey(declared, key, coordinator.endpoints);
      const [only, another] = fitting;
      yield {
        message: `“${entry.key}” can't work over “${relation.endpoint}”: Coordinator needs a relation that ${key.side} \`${key.interface}\` there, and this one ${relation.side} \`${relation.interface}\`.`,
        location: entry.valueLocation,
        related: [
          { location: relation.key, message: `“${relation.endpoint}” is declared here.` },
          ...fitting.map((each) => ({ location: each.key, message: `“${each.endpoint}” would fit.` })),
        ],
        fixes: only && !another ? renamingFixes(entry.valueLocation, only.endpoint, true) : [],
      };
    }
  },
});

/** A cluster interface is each product's own; only one that is known to be something else is wrong. */
function fits(key: EndpointKey, name: string): boolean {
  if (fitsEndpointKey(key, name)) return true;
  return key.key === "cluster" && interfaceKnowledge(name) === null;
}
