import { MESH_RELATIONS, type MeshRole, wiredName } from "../facts/mesh-wiring.ts";
import { declaringFixes, meshRelationFields } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

const PAIR: readonly MeshRole[] = ["provide-cmr", "require-cmr"];

/** The consumer observes both relations, whatever the charm does with them (ServiceMeshConsumer.__init__). */
export const halfACrossModelPair = charmRule({
  name: "half-a-cross-model-pair",
  summary: "The charm joins the mesh and lacks one of its two cross_model_mesh relations.",
  severities: ["warning"],
  *findings({ wiring, declared, metadata, imports }) {
    if (!declared.complete) return;
    const consumed = wiring.endpoints.length > 0 || imports.some((each) => each.name === "ServiceMeshConsumer");
    if (!consumed) return;
    for (const role of PAIR) {
      const shape = MESH_RELATIONS[role];
      const [present] = declared.fitting("cross_model_mesh", shape.side === "provides" ? "requires" : "provides");
      if (!present || declared.fitting("cross_model_mesh", shape.side).length > 0) continue;
      const wired = wiring.endpoints.filter((each) => each.shape.role === role).map(wiredName);
      // Under a name that is known it is `missing-mesh-relation`'s, or declared otherwise and `wrong-relation-side`'s or
      // `wrong-relation-interface`'s: one finding for one cause.
      if (wired.some((each) => each !== undefined)) continue;
      if (wiring.coordinator === "some") continue;
      const name = shape.usualName;
      if (declared.byName.has(name)) continue;
      yield {
        message: `Cross-model policies work in one direction at most: besides “${present.endpoint}” the mesh consumer needs a \`cross_model_mesh\` relation under \`${shape.side}\`, and none is declared. Declare it.`,
        location: present.key,
        related: wiring.endpoints
          .filter((each) => each.shape.interface === "cross_model_mesh")
          .slice(0, 1)
          .map((each) => ({ location: each.location, message: "The mesh is joined here." })),
        fixes: declaringFixes(metadata, { name, side: shape.side, fields: meshRelationFields(shape) }, true),
      };
    }
  },
});
