import { DEFAULT_MESH_MODE, type MeshMode, type MeshSwitches, withSwitches } from "#mesh";
import { Failure } from "./failure.ts";

const SWITCHES = {
  hardened: "hardened",
  managed: "managed",
  "model-on-mesh": "modelOnMesh",
  "auto-allow-waypoint": "autoAllowWaypoint",
} as const;

/**
 * The mesh mode from `--mesh hardened=true,managed=false` (several at once or the option several times) over the
 * topology's own. A bare name means true. A switch that is given here holds for all beacons.
 */
export function meshMode(given: readonly string[] | undefined, own: MeshMode = DEFAULT_MESH_MODE): MeshMode {
  const switches: { -readonly [name in keyof MeshSwitches]?: boolean } = {};
  for (const part of (given ?? []).flatMap((one) => one.split(",")).filter((one) => one.trim() !== "")) {
    const [name = "", value = "true"] = part.split("=", 2).map((text) => text.trim());
    if (!Object.hasOwn(SWITCHES, name) || !["true", "false"].includes(value)) {
      throw new Failure(
        `--mesh does not take “${part}”.`,
        `It takes ${Object.keys(SWITCHES).join(", ")}, each =true or =false.`,
      );
    }
    switches[SWITCHES[name as keyof typeof SWITCHES]] = value === "true";
  }
  return withSwitches(own, switches);
}
