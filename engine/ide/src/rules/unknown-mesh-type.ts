import { charmRule } from "./rule.ts";

/** `MeshType` has the member `istio` only, whatever mode the mesh runs in. */
export const unknownMeshType = charmRule({
  name: "unknown-mesh-type",
  summary: "`mesh_type()` is compared with a text that is no mesh type.",
  severities: ["warning"],
  *findings({ meshTypeUses }) {
    for (const { text, location } of meshTypeUses) {
      if (text === null) continue;
      yield {
        message: `This branch never runs as meant: \`mesh_type()\` returns \`MeshType.istio\` or None, never “${text}”.`,
        location,
      };
    }
  },
});
