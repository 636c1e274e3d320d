import { type BeaconMode, DEFAULT_MESH_MODE, type MeshMode } from "../mesh-mode.ts";

/** An application's charm with the configuration that a source gives it. */
export interface ConfiguredCharm {
  readonly model: string;
  readonly name: string;
  readonly charm: string | null;
  readonly options: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * The mesh's switches as the configuration of its charms sets them (charmcraft.yaml of istio-k8s and istio-beacon-k8s); the defaults
 * for the rest. Those of a beacon hold for that beacon. Values may be booleans or the texts that Juju takes for them; anything else
 * is passed over. There is one istio-k8s per cluster: of several the last one that sets a switch counts.
 */
export function modeFromOptions(charms: readonly ConfiguredCharm[]): MeshMode {
  let { hardened, autoAllowWaypoint } = DEFAULT_MESH_MODE;
  const beacons: Record<string, Partial<BeaconMode>> = {};
  for (const { model, name, charm, options } of charms) {
    const value = (option: string) => booleanOf(options?.[option]);
    if (charm === "istio-k8s") {
      hardened = value("hardened-mode") ?? hardened;
      autoAllowWaypoint = value("auto-allow-waypoint-policy") ?? autoAllowWaypoint;
    } else if (charm === "istio-beacon-k8s") {
      const managed = value("manage-authorization-policies");
      const modelOnMesh = value("model-on-mesh");
      if (managed === null && modelOnMesh === null) continue;
      beacons[`${model}/${name}`] = {
        ...(managed === null ? {} : { managed }),
        ...(modelOnMesh === null ? {} : { modelOnMesh }),
      };
    }
  }
  const stated = Object.keys(beacons).length > 0 ? { beacons } : {};
  return { ...DEFAULT_MESH_MODE, hardened, autoAllowWaypoint, ...stated };
}

function booleanOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" || !/^(true|false)$/i.test(value)) return null;
  return value.toLowerCase() === "true";
}
