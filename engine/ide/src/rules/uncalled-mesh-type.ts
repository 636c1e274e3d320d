import { span } from "#syntax";
import { replacementFix } from "../edits/fix.ts";
import { charmRule } from "./rule.ts";

/** ServiceMeshConsumer.mesh_type is a method; the manager compares what it gets with MeshType.istio and raises. */
export const uncalledMeshType = charmRule({
  name: "uncalled-mesh-type",
  summary: "The mesh type is handed over as a method that is not called.",
  severities: ["warning"],
  *findings({ resourceManagers }) {
    for (const { meshType } of resourceManagers.flatMap((each) => each.reconciles)) {
      if (!meshType?.uncalled) continue;
      const { file, span: place } = meshType.location;
      yield {
        message:
          "`mesh_type` is a method of ServiceMeshConsumer: without parentheses the manager gets the method, not the mesh's type.",
        location: meshType.location,
        fixes: [replacementFix("Call it", { file, span: span(place.end, place.end) }, "()")],
      };
    }
  },
});
