import type { MeshTypeUse, ReconcileCall } from "#charm";
import { type Location, span } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { replacementFix } from "../edits/fix.ts";
import { charmRule } from "./rule.ts";

/** ServiceMeshConsumer.mesh_type is a method; the manager compares what it gets with MeshType.istio and raises. */
export const uncalledMeshType = charmRule({
  name: "uncalled-mesh-type",
  summary: "`mesh_type` is used as a value, but it is a method and is not called.",
  severities: ["warning", "error", "information"],
  *findings({ resourceManagers, meshTypeUses }) {
    for (const { meshType, policies } of resourceManagers.flatMap((each) => each.reconciles)) {
      // Without policies the manager never looks at the mesh's type.
      if (!meshType?.uncalled || policies === "none") continue;
      yield {
        severity: policies === "some" ? "error" : "warning",
        message: `${CONSEQUENCES[policies]}: \`mesh_type\` is passed as a method. Call it.`,
        location: meshType.location,
        fixes: calling(meshType.location),
      };
    }
    for (const use of meshTypeUses) {
      if (use.text !== null) continue;
      yield {
        severity: use.how === "written" ? "information" : "warning",
        message: `${EFFECTS[use.how]}: \`mesh_type\` is a method and is not called.`,
        location: use.location,
        fixes: calling(use.location),
      };
    }
  },
});

const CONSEQUENCES: Readonly<Record<Exclude<ReconcileCall["policies"], "none">, string>> = {
  some: "The manager raises a ValueError and applies no policy",
  unknown: "The manager raises a ValueError as soon as it gets a policy",
};

const EFFECTS: Readonly<Record<MeshTypeUse["how"], string>> = {
  compared: "This comparison never finds the mesh's type",
  tested: "This is always true, with or without a mesh",
  "looked-up": "This look-up never finds an entry for the mesh's type",
  written: "This text shows a bound method instead of the mesh's type",
};

function calling({ file, span: place }: Location): Fix[] {
  return [replacementFix("Call it", { file, span: span(place.end, place.end) }, "()")];
}
