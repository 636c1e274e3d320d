import type { CharmModel } from "#charm";
import type { SourceFile } from "#syntax";
import { type CharmEndpoints, type EndpointLookup, endpointLookup } from "./assembly/charm-endpoints.ts";
import { mergedTopologies } from "./assembly/merged-topologies.ts";
import { withoutConsumers } from "./assembly/without-consumer.ts";
import { bundle } from "./sources/bundle.ts";
import { meshTopology } from "./sources/mesh-topology.ts";
import { showUnit } from "./sources/show-unit.ts";
import { status } from "./sources/status.ts";
import { terraform } from "./sources/terraform.ts";
import type { Topology } from "./topology.ts";
import type { TopologySource } from "./topology-source.ts";

/** Every form of topology, hand-written ones first: of several topologies of one folder, the first is shown. */
export const TOPOLOGY_SOURCES: readonly TopologySource[] = [meshTopology, status, terraform, bundle, showUnit];

/**
 * The deployments that files describe. Each file is recognised by its content and read by the first source that it fits; files
 * that fit none are left out without a word. Status outputs of one folder and of different models become one topology of several
 * models, and show-unit outputs are merged into the topology of their folder that has their applications. Hand-written ones come first.
 */
export function topologiesOf(files: readonly SourceFile[], models: readonly CharmModel[]): readonly Topology[] {
  const lookup = endpointLookup(models);
  const read = files.flatMap((file) => topologyIn(file, lookup) ?? []);
  const order = new Map(TOPOLOGY_SOURCES.map((source, index) => [source.id, index]));
  return mergedTopologies(read)
    .map((topology) => withoutConsumers(topology, models))
    .toSorted((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0) || comparePaths(a, b));
}

/** The topology of a file, and the endpoints that its reader asked for. */
interface Read {
  readonly topology: Topology | null;
  readonly asked: ReadonlyMap<string | null, CharmEndpoints | null>;
}

const reads = new WeakMap<SourceFile, Read>();

/** The deployment of one file, read again only where a charm that it names has other endpoints now; null for a file of no form. */
function topologyIn(file: SourceFile, lookup: EndpointLookup): Topology | null {
  const known = reads.get(file);
  if (known && [...known.asked].every(([charm, answer]) => isSame(lookup(charm), answer))) return known.topology;
  const asked = new Map<string | null, CharmEndpoints | null>();
  const remembering: EndpointLookup = (charm) => {
    const answer = lookup(charm);
    asked.set(charm, answer);
    return answer;
  };
  const topology = TOPOLOGY_SOURCES.find((one) => one.matches(file))?.read(file, remembering) ?? null;
  reads.set(file, { topology, asked });
  return topology;
}

function isSame(a: CharmEndpoints | null, b: CharmEndpoints | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function comparePaths(a: Topology, b: Topology): number {
  const [left, right] = [a.file?.path ?? "", b.file?.path ?? ""];
  return left < right ? -1 : left > right ? 1 : 0;
}
