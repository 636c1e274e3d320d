/** The two switches of a beacon (istio-beacon-k8s); they concern its own model and the applications related to it. */
export interface BeaconMode {
  /** manage-authorization-policies: the beacon creates the policies. */
  readonly managed: boolean;
  /** model-on-mesh: every application of the beacon's model is on the mesh. */
  readonly modelOnMesh: boolean;
}

/** The switches of the charmed Istio that change a verdict. */
export interface MeshMode extends BeaconMode {
  /** istio-k8s hardened-mode. */
  readonly hardened: boolean;
  /** istio-k8s auto-allow-waypoint-policy. */
  readonly autoAllowWaypoint: boolean;
  /**
   * What holds for one beacon, by `<model>/<application>`, or for all beacons of one model, by the model's name. `managed` and
   * `modelOnMesh` hold for all others.
   */
  readonly beacons?: Readonly<Record<string, Partial<BeaconMode>>>;
}

/** The switches that one value can set for the whole mesh. */
export type MeshSwitches = Omit<MeshMode, "beacons">;

export const DEFAULT_MESH_MODE: MeshMode = {
  hardened: false,
  managed: true,
  modelOnMesh: false,
  autoAllowWaypoint: true,
};

/**
 * The switches of one beacon: what the mode says of it, else of its model, else of all beacons. Source: istio-beacon-k8s,
 * src/charm.py (canonical/service-mesh ba7356f): `_sync_authorization_policies` and `_sync_waypoint_resources` read the
 * configuration of their own application only.
 */
export function beaconMode(mode: MeshMode, beacon: { readonly model: string; readonly name: string }): BeaconMode {
  const own = mode.beacons?.[`${beacon.model}/${beacon.name}`];
  const inModel = modelMode(mode, beacon.model);
  return { managed: own?.managed ?? inModel.managed, modelOnMesh: own?.modelOnMesh ?? inModel.modelOnMesh };
}

/** The switches of the beacons of a model, where nothing is known of a single one. */
export function modelMode(mode: MeshMode, model: string): BeaconMode {
  const own = mode.beacons?.[model];
  return { managed: own?.managed ?? mode.managed, modelOnMesh: own?.modelOnMesh ?? mode.modelOnMesh };
}

/** The mode with some switches set for the whole mesh: a beacon's own value of such a switch no longer counts. */
export function withSwitches(own: MeshMode, switches: Partial<MeshSwitches>): MeshMode {
  const beacons = Object.entries(own.beacons ?? {}).flatMap(([key, { managed, modelOnMesh }]) => {
    const left = {
      ...(managed === undefined || switches.managed !== undefined ? {} : { managed }),
      ...(modelOnMesh === undefined || switches.modelOnMesh !== undefined ? {} : { modelOnMesh }),
    };
    return Object.keys(left).length > 0 ? [[key, left] as const] : [];
  });
  const { beacons: _, ...rest } = own;
  return { ...rest, ...switches, ...(beacons.length > 0 ? { beacons: Object.fromEntries(beacons) } : {}) };
}

/** The mode as four switches: policies count as managed where every beacon manages them, a model as on the mesh where one is. */
export function switchesOf(mode: MeshMode): MeshSwitches {
  const beacons = Object.values(mode.beacons ?? {});
  return {
    hardened: mode.hardened,
    managed: beacons.reduce((all, one) => all && (one.managed ?? true), mode.managed),
    modelOnMesh: beacons.reduce((some, one) => some || (one.modelOnMesh ?? false), mode.modelOnMesh),
    autoAllowWaypoint: mode.autoAllowWaypoint,
  };
}
