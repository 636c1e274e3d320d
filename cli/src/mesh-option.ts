import { DEFAULT_MESH_MODE, type MeshMode, type MeshSwitches, withSwitches } from "#mesh";
import { Failure } from "./failure.ts";

const SWITCHES = {
  hardened: "hardened",
  managed: "managed",
  "model-on-mesh": "modelOnMesh",
  "auto-allow-waypoint": "autoAllowWaypoint",
} as const;

/** What `--help` says of `--mesh`. */
export const MESH_SWITCHES = `${Object.keys(SWITCHES).join(", ")}, each =true or =false`;

/**
 * The mesh mode from `--mesh hardened=true,managed=false` (several at once or the option several times) over the
 * topology's own. A bare name means true. A switch that is given here holds for all beacons.
 */
export function meshMode(given: readonly string[] | undefined, own: MeshMode = DEFAULT_MESH_MODE): MeshMode {
  const switches: { -readonly [name in keyof MeshSwitches]?: boolean } = {};
  for (const part of (given ?? []).flatMap((one) => one.split(",")).filter((one) => one.trim() !== "")) {
    const [name = "", value = "true"] = part.split("=", 2).map((text) => text.trim());
    if (!Object.hasOwn(SWITCHES, name) || !["true", "false"].includes(value)) {
      throw new Failure(`--mesh does not take “${part}”.`, `It takes ${MESH_SWITCHES}.`);
    }
    switches[SWITCHES[name as keyof typeof SWITCHES]] = value === "true";
  }
  return withSwitches(own, switches);
}

/** `--tls true|false` as an option of the engine; nothing given is not known. */
export function tlsOption(given: string | undefined): { readonly tls?: boolean } {
  if (given === undefined) return {};
  if (given !== "true" && given !== "false")
    throw new Failure(`--tls does not take “${given}”.`, "It takes true or false.");
  return { tls: given === "true" };
}
