import type { EffectivePolicy } from "../../policy/effective-policy.ts";
import type { Application } from "../../topology/topology.ts";
import { edgeVerdict, sampleOf } from "../edge-verdict.ts";
import { type Cluster, type GraphInput, keyOf } from "../graph-input.ts";
import { edgeBetween, edgesOnly, type GraphLayer } from "../graph-part.ts";
import type { GraphEdge } from "../traffic-graph.ts";

/** What the coordinated-workers package grants inside a cluster: coordinator and workers to all its pods, workers to its Service. */
export const clusterInternal: GraphLayer = {
  id: "internal",
  title: "Cluster-internal",
  contribute: (input) => edgesOnly(input.clusters.flatMap((cluster) => clusterEdges(input, cluster))),
};

/** Everybody may talk to everybody: beyond this many members only what starts or ends at the coordinator is drawn. */
const MAX_MEMBERS = 60;

function clusterEdges(input: GraphInput, cluster: Cluster): GraphEdge[] {
  const members = [...new Set([cluster.coordinator, ...cluster.workers.map((one) => one.application)])];
  const partOf = cluster.coordinator.name;
  const targets = (source: Application): readonly Application[] =>
    source === cluster.coordinator || members.length <= MAX_MEMBERS ? members : [cluster.coordinator];
  return members.flatMap((source) => {
    const policies = (input.internalOf.get(keyOf(source)) ?? []).filter(
      ({ meshPolicy }) => meshPolicy.target_namespace === cluster.coordinator.model,
    );
    const toPods = policies.filter(
      ({ meshPolicy }) => meshPolicy.target_selector_labels?.["app.kubernetes.io/part-of"] === partOf,
    );
    const toService = policies.filter(({ meshPolicy }) => meshPolicy.target_app_name === partOf);
    return [
      ...(toPods.length === 0 ? [] : targets(source).flatMap((target) => podEdge(input, source, target, toPods))),
      ...(toService.length === 0 ? [] : [serviceEdge(input, source, cluster.coordinator, toService)]),
    ];
  });
}

function podEdge(
  input: GraphInput,
  source: Application,
  target: Application,
  policies: readonly EffectivePolicy[],
): GraphEdge[] {
  // A single unit has no peer units.
  if (source === target && source.units < 2) return [];
  return [internalEdge(input, source, target, "unit", policies)];
}

function serviceEdge(
  input: GraphInput,
  source: Application,
  target: Application,
  policies: readonly EffectivePolicy[],
): GraphEdge {
  return internalEdge(input, source, target, "service", policies);
}

/** Internal policies restrict no port; any one stands for all. */
const ANY_PORT = 80;

function internalEdge(
  input: GraphInput,
  source: Application,
  target: Application,
  via: "unit" | "service",
  policies: readonly EffectivePolicy[],
): GraphEdge {
  return edgeBetween(source, target, via, {
    kind: "internal",
    label: via === "unit" ? "cluster, to the pods" : "cluster, to the Service",
    layer: via === "unit" ? "l4" : "l7",
    verdict: edgeVerdict(input, source, target, [sampleOf(null, via, null, ANY_PORT)]),
    policies,
    because: policies.flatMap((policy) => policy.because),
  });
}
