import type { CharmModel } from "#charm";
import {
  effectivePolicies,
  inferredTopology,
  type Topology,
  type TrafficGraph,
  topologiesOf,
  trafficGraph,
} from "#mesh";
import { sourceFile } from "#syntax";
import type { GraphOptions } from "../../engine/mesh/src/graph/graph-input.ts";

/** The topology of a mesh-topology.yaml in a string. */
export function topologyOf(text: string, models: readonly CharmModel[]): Topology {
  const [topology] = topologiesOf([sourceFile("mesh-topology.yaml", text)], models);
  if (!topology) throw new Error("no topology");
  if (topology.problems.length > 0) throw new Error(topology.problems.map((one) => one.message).join("\n"));
  return topology;
}

/** The graph of charms in a topology (inferred where none is given), as a host makes it. */
export function graphFor(models: readonly CharmModel[], text: string | null, options: GraphOptions = {}): TrafficGraph {
  const topology = text === null ? inferredTopology(models) : topologyOf(text, models);
  const mode = options.mode ?? topology.mode;
  const tls = options.tls === undefined ? {} : { tls: options.tls };
  return trafficGraph(models, topology, effectivePolicies(models, topology, { mode, ...tls }), options);
}

/** Edges as `kind source -> target label verdict layer`, without the models' names where there is one. */
export function shownEdges(graph: TrafficGraph, kinds?: readonly string[]): readonly string[] {
  const one = new Set(graph.nodes.map((node) => node.model)).size === 1;
  const name = (id: string): string => (one ? id.replace(/^app:[^/]*\//, "") : id.replace("app:", ""));
  return graph.edges
    .filter((edge) => kinds?.includes(edge.kind) ?? true)
    .map(
      (edge) =>
        `${edge.kind} ${name(edge.source)} -> ${name(edge.target)} "${edge.label}" ${edge.verdict} ${edge.layer ?? "-"}`,
    );
}
