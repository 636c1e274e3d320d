import type { Topology } from "./topology.ts";

/**
 * Of the topologies that stand beside some charms the one that is taken where nobody chose: the first that is told by hand
 * (mesh-topology.yaml), else the only one there is; null where there is none or nothing says which of several.
 */
export function defaultTopology(beside: readonly Topology[]): Topology | null {
  const only = beside.length === 1 ? beside[0] : undefined;
  return beside.find(({ source }) => source === "file") ?? only ?? null;
}
