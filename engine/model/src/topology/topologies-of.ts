import type { SourceFile } from "#syntax";
import type { CharmModel } from "../charm/charm-model.ts";
import { mergedTopologies } from "./assembly/merged-topologies.ts";
import { bundle } from "./sources/bundle.ts";
import { meshTopology } from "./sources/mesh-topology.ts";
import { showUnit } from "./sources/show-unit.ts";
import { status } from "./sources/status.ts";
import { terraform } from "./sources/terraform.ts";
import type { Topology } from "./topology.ts";
import type { TopologySource } from "./topology-source.ts";

/** Every form of topology, those that are told by hand first: of several topologies of one folder the first is the one to show. */
export const TOPOLOGY_SOURCES: readonly TopologySource[] = [meshTopology, status, terraform, bundle, showUnit];

/**
 * The deployments that files describe. Each file is recognised by its content and read by the first source that it fits; files
 * that fit none are left out without a word. Status outputs of one folder and of different models become one topology of several
 * models, and show-unit outputs are merged into the topology of their folder that has their applications. Hand-written ones come first.
 */
export function topologiesOf(files: readonly SourceFile[], models: readonly CharmModel[]): readonly Topology[] {
  const read = files.flatMap((file) => {
    const source = TOPOLOGY_SOURCES.find((one) => one.matches(file));
    return source ? [source.read(file, models)] : [];
  });
  const order = new Map(TOPOLOGY_SOURCES.map((source, index) => [source.id, index]));
  return mergedTopologies(read).toSorted(
    (a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0) || comparePaths(a, b),
  );
}

function comparePaths(a: Topology, b: Topology): number {
  const [left, right] = [a.file?.path ?? "", b.file?.path ?? ""];
  return left < right ? -1 : left > right ? 1 : 0;
}
