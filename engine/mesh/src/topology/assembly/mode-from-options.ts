import { DEFAULT_MESH_MODE, type MeshMode } from "../topology.ts";

/** An application's charm with the configuration that a source gives it. */
export interface ConfiguredCharm {
  readonly charm: string | null;
  readonly options: Readonly<Record<string, unknown>> | null | undefined;
}

/** Which option of which charm is which switch (charmcraft.yaml of istio-k8s and istio-beacon-k8s). */
const SWITCHES: readonly { readonly charm: string; readonly option: string; readonly key: keyof MeshMode }[] = [
  { charm: "istio-k8s", option: "hardened-mode", key: "hardened" },
  { charm: "istio-k8s", option: "auto-allow-waypoint-policy", key: "autoAllowWaypoint" },
  { charm: "istio-beacon-k8s", option: "manage-authorization-policies", key: "managed" },
  { charm: "istio-beacon-k8s", option: "model-on-mesh", key: "modelOnMesh" },
];

/**
 * The mesh's switches as the configuration of its charms sets them; the defaults for the rest. Values may be booleans or the
 * texts that Juju takes for them; anything else is passed over. Of several applications of one charm the last counts.
 */
export function modeFromOptions(charms: readonly ConfiguredCharm[]): MeshMode {
  const mode: Record<keyof MeshMode, boolean> = { ...DEFAULT_MESH_MODE };
  for (const { charm, options } of charms)
    for (const one of SWITCHES) {
      const value = one.charm === charm ? booleanOf(options?.[one.option]) : null;
      if (value !== null) mode[one.key] = value;
    }
  return mode;
}

function booleanOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" || !/^(true|false)$/i.test(value)) return null;
  return value.toLowerCase() === "true";
}
