import { replacementFix } from "../edits/fix.ts";
import { wiredName } from "../facts/mesh-wiring.ts";
import { renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** The libraries read and write the databag of an interface; another interface has other data in it. */
export const wrongRelationInterface = charmRule({
  name: "wrong-relation-interface",
  summary: "A mesh relation has another interface than the mesh needs there.",
  severities: ["error"],
  *findings({ wiring, declared }) {
    const wired = new Set(wiring.endpoints.map(wiredName));
    const seen = new Set<string>();
    for (const endpoint of wiring.endpoints) {
      const name = wiredName(endpoint);
      const relation = name === undefined ? undefined : declared.byName.get(name);
      const { shape } = endpoint;
      if (!relation?.interface || relation.interface === shape.interface || seen.has(relation.endpoint)) continue;
      const place = relation.fields.get("interface")?.value;
      if (!place) continue;
      seen.add(relation.endpoint);
      const other = declared.fitting(shape.interface, shape.side).find((each) => !wired.has(each.endpoint));
      const renaming = other && !endpoint.byDefault ? renamingFixes(endpoint.location, other.endpoint, true) : [];
      yield {
        message: `Nothing of the mesh can work over “${relation.endpoint}”: the charm uses it as \`${shape.key}\`, which needs the interface \`${shape.interface}\`, and it has \`${relation.interface}\`.`,
        location: place,
        related: [
          { location: endpoint.location, message: `The charm uses it here, as \`${shape.key}\`.` },
          ...(other
            ? [
                {
                  location: other.key,
                  message: "This relation has the right interface, and the charm does not use it.",
                },
              ]
            : []),
        ],
        fixes: [
          ...renaming,
          replacementFix(`Change the interface to ${shape.interface}`, place, shape.interface, renaming.length === 0),
        ],
      };
    }
  },
});
