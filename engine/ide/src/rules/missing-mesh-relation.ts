import { closestName } from "../fixes/closest-name.ts";
import { declaringFixes, meshRelationFields, renamingFixes } from "../fixes/relation-edits.ts";
import { wiredName } from "./mesh-wiring.ts";
import { charmRule } from "./rule.ts";

/** coordinated_workers and ServiceMeshConsumer look the relation up by name when they are made: KeyError or AttributeError. */
export const missingMeshRelation = charmRule({
  name: "missing-mesh-relation",
  summary: "A mesh endpoint is wired in Python, and no relation of that name is declared.",
  severities: ["error"],
  needs: ["wiring", "declared", "metadata"],
  *findings({ wiring, declared, metadata }) {
    if (!declared.complete) return;
    const wired = new Set(wiring.endpoints.map(wiredName));
    for (const endpoint of wiring.endpoints) {
      const name = wiredName(endpoint);
      if (!name || declared.byName.has(name)) continue;
      const { shape } = endpoint;
      const others = declared
        .fitting(shape.interface, shape.side)
        .map((each) => each.endpoint)
        .filter((each) => !wired.has(each));
      const meant = others.length === 1 ? others[0] : closestName(name, others);
      const renaming = meant && !endpoint.byDefault ? renamingFixes(endpoint.location, meant, true) : [];
      const called = endpoint.byDefault ? `“${name}”, as ServiceMeshConsumer assumes by default` : `“${name}”`;
      yield {
        message: `No relation of this charm is called ${called}: declare it under \`${shape.side}\` with the interface \`${shape.interface}\`.`,
        location: endpoint.location,
        related: others.map((each) => ({
          location: declared.byName.get(each)?.key ?? endpoint.location,
          message: `This relation has the interface \`${shape.interface}\`, and nothing wires it.`,
        })),
        fixes: [
          ...renaming,
          ...declaringFixes(
            metadata,
            { name, side: shape.side, fields: meshRelationFields(shape) },
            renaming.length === 0,
          ),
        ],
      };
    }
  },
});
