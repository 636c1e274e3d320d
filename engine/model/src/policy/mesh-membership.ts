import type { MeshMode, Topology } from "../topology/topology.ts";

/** Which applications are on the mesh, by `<model>/<app>`. */
export function meshMembership(_topology: Topology, _mode: MeshMode): ReadonlyMap<string, boolean> {
  return new Map();
}
