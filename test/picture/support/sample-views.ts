import path from "node:path";
import { readWorkspace } from "#disk";
import { analysis, DEFAULT_SETTINGS } from "#ide";
import { effectivePolicies, inferredTopology, type MeshMode, type Topology, topologiesOf, trafficGraph } from "#mesh";
import { graphView } from "#picture";
import type { GraphView } from "#protocol";
import { root } from "../../tidy/source-tree.ts";

/** The graph of a sample folder: inferred from its charms, or as a topology file in it says. */
export interface SampleView {
  readonly name: string;
  readonly view: GraphView;
  readonly topology: Topology;
}

/** The graphs of a folder of charms: the inferred one, then one for each topology file; `mode` stands for the topology's own. */
export async function sampleViews(folder: string, mode?: MeshMode): Promise<readonly SampleView[]> {
  const disk = await readWorkspace([folder], { base: root });
  const { charms } = analysis({ ...disk, settings: DEFAULT_SETTINGS });
  const models = charms.filter((charm) => !charm.test);
  return [inferredTopology(models), ...topologiesOf(disk.topologies, models)].map((topology) => {
    const chosen = mode ?? topology.mode;
    const effective = effectivePolicies(models, topology, { mode: chosen });
    const graph = trafficGraph(models, topology, effective, { mode: chosen });
    const name = `${folder}, ${topology.file ? path.basename(topology.file.path) : "inferred"}`;
    return { name, topology, view: graphView(graph, topology, effective, chosen) };
  });
}
