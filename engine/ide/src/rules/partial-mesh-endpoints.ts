import { fix } from "../edits/fix.ts";
import { MESH_RELATIONS, MESH_ROLES } from "../facts/mesh-wiring.ts";
import { runsWith } from "../facts/package-versions.ts";
import { settingMeshKeys, unsetMeshKeys } from "../fixes/mesh-key-edits.ts";
import { charmRule } from "./rule.ts";

/** `initialize` in coordinated_workers/service_mesh.py: all three or none, else ValueError. */
export const partialMeshEndpoints = charmRule({
  name: "partial-mesh-endpoints",
  summary: "Only one or two of the three mesh keys are set.",
  severities: ["error"],
  *findings(facts) {
    const { coordinator, wiring, dependencies } = facts;
    if (!coordinator || wiring.coordinator !== "some" || !runsWith(dependencies, "coordinated-workers", ">=2.1.0"))
      return;
    const missing = unsetMeshKeys(coordinator);
    const keys = MESH_ROLES.map((role) => MESH_RELATIONS[role].key);
    const set = coordinator.endpoints.entries.find(
      (each) => keys.includes(each.key) && !missing.some((shape) => shape.key === each.key),
    );
    if (!set) return;
    const edits = settingMeshKeys(coordinator, facts);
    yield {
      message: `This charm fails with a ValueError when it starts: ${list(missing.map((each) => each.key))} ${missing.length === 1 ? "is" : "are"} not set, and Coordinator takes all three mesh keys or none.`,
      location: set.keyLocation,
      related: coordinator.endpoints.entries
        .filter((each) => missing.some((shape) => shape.key === each.key))
        .map((each) => ({ location: each.valueLocation, message: "This counts as not set." })),
      fixes: edits.length > 0 ? [fix("Set all three mesh keys", edits)] : [],
    };
  },
});

function list(keys: readonly string[]): string {
  return keys.map((each) => `“${each}”`).join(" and ");
}
