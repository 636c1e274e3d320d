import { endpointKey, MESH_ENDPOINT_KEYS } from "#charm";
import { optionsOf } from "#python";
import { closestName } from "../fixes/closest-name.ts";
import { freeRelationsForKey } from "../fixes/endpoint-map-edits.ts";
import { declaringFixes, renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** Whatever Coordinator builds on a key looks the relation up by its name: KeyError when the charm starts. */
export const undeclaredEndpoint = charmRule({
  name: "undeclared-endpoint",
  summary: "A value of the endpoint map names no relation of the charm.",
  severities: ["error"],
  *findings({ coordinator, declared, metadata }) {
    if (!coordinator || !declared.complete) return;
    for (const entry of coordinator.endpoints.entries) {
      const key = endpointKey(entry.key);
      // `missing-mesh-relation` handles the mesh's own three keys; the library looks up no other unknown key.
      if (!key || MESH_ENDPOINT_KEYS.includes(entry.key)) continue;
      const names = optionsOf(entry.value);
      if (!names || names.length === 0 || names.some((each) => !each || declared.byName.has(each))) continue;
      const fitting = freeRelationsForKey(declared, key, coordinator.endpoints).map((each) => each.endpoint);
      const meant = closestName(names[0] ?? "", fitting) ?? (fitting.length === 1 ? (fitting[0] ?? null) : null);
      const near = meant ?? closestName(names[0] ?? "", declared.byName.keys());
      const renaming = meant ? renamingFixes(entry.valueLocation, meant, true) : [];
      const [name] = names;
      yield {
        message: `This charm fails when it starts: it has no relation “${names.join("” or “")}”${near ? `. Did you mean “${near}”?` : "."}`,
        location: entry.valueLocation,
        related: meant
          ? [
              {
                location: declared.byName.get(meant)?.key ?? entry.valueLocation,
                message: "Did you mean this one?",
              },
            ]
          : [],
        fixes: [
          ...renaming,
          ...(name && names.length === 1 && key.key !== "cluster"
            ? declaringFixes(
                metadata,
                { name, side: key.side, fields: [["interface", key.interface]] },
                renaming.length === 0,
              )
            : []),
        ],
      };
    }
  },
});
