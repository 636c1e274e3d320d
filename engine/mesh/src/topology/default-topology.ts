import type { Topology } from "./topology.ts";

/**
 * The topology that applies by default, of those beside some charms: the first hand-written one (mesh-topology.yaml), otherwise the only
 * one; null if there is none, or several without a hand-written one.
 */
export function defaultTopology(beside: readonly Topology[]): Topology | null {
  const only = beside.length === 1 ? beside[0] : undefined;
  return beside.find(({ source }) => source === "file") ?? only ?? null;
}
