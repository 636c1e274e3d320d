import { knownValue } from "#python";
import type { Application, TopologyRelation } from "../../topology/topology.ts";
import { edgeVerdict } from "../edge-verdict.ts";
import { farAddress } from "../far-address.ts";
import { type Cluster, endpointOf, type GraphInput, keyOf } from "../graph-input.ts";
import { edgeBetween, edgesOnly, type GraphLayer, labelOf, portsText } from "../graph-part.ts";
import { type ClusterTelemetry, type TelemetryRoute, telemetryOf } from "../telemetry-routes.ts";
import type { GraphEdge } from "../traffic-graph.ts";

/**
 * Worker telemetry that does not pass the coordinator: because the coordinator has no proxy, or because the worker has telemetry
 * relations of its own. On the mesh that is a violation; a cluster that is not wired into it may send as it likes.
 */
export const telemetryBypass: GraphLayer = {
  id: "telemetry-bypass",
  title: "Telemetry around the proxy",
  contribute: (input) => {
    const telemetry = new Map(telemetryOf(input).map((one) => [one.cluster, one]));
    return edgesOnly([
      ...[...telemetry.values()].filter((one) => one.way === "direct").flatMap((one) => unproxied(input, one)),
      ...input.clusters.flatMap((cluster) => ownTelemetry(input, cluster, telemetry.get(cluster)?.meshWired ?? false)),
    ]);
  },
};

function unproxied(input: GraphInput, telemetry: ClusterTelemetry): readonly GraphEdge[] {
  const workers = [...new Set(telemetry.cluster.workers.map((one) => one.application))];
  return telemetry.routes.flatMap((route) => workers.map((worker) => directEdge(input, telemetry, route, worker)));
}

function directEdge(
  input: GraphInput,
  telemetry: ClusterTelemetry,
  route: TelemetryRoute,
  worker: Application,
): GraphEdge {
  const [source, target] = route.scraped ? [route.backend, worker] : [worker, route.backend];
  const metricsPort = knownValue(telemetry.call.workerMetricsPort);
  const far = farAddress(input, route.relation, route.backend);
  const ports = route.scraped ? (metricsPort === undefined ? null : [metricsPort]) : far.ports;
  return bypassEdge(input, source, target, {
    detail: `${route.flow}:${route.relation.id}`,
    meshWired: telemetry.meshWired,
    via: route.scraped ? ["unit"] : far.via,
    flow: route.flow,
    ports,
    path: route.farPath,
    relation: route.relation,
    endpoint: endpointOf(route.relation, telemetry.cluster.coordinator),
    because: [...telemetry.because, ...route.because],
  });
}

/** Telemetry relations that workers have by themselves. */
function ownTelemetry(input: GraphInput, cluster: Cluster, meshWired: boolean): readonly GraphEdge[] {
  const workers = [...new Set(cluster.workers.map((one) => one.application))];
  return workers.flatMap((worker) =>
    (input.relationsOf.get(keyOf(worker)) ?? []).flatMap((relation): GraphEdge[] => {
      const knowledge = relation.peer ? null : input.knowledgeOf(relation);
      if (!knowledge?.telemetry || (knowledge.opens !== "provider" && knowledge.opens !== "requirer")) return [];
      const source = input.applications.get(keyOf(relation[knowledge.opens]));
      const target = input.applications.get(keyOf(relation[knowledge.opens === "provider" ? "requirer" : "provider"]));
      if (!source || !target || source === cluster.coordinator || target === cluster.coordinator) return [];
      const far = farAddress(input, relation, target);
      return [
        bypassEdge(input, source, target, {
          detail: relation.id,
          meshWired,
          via: far.via,
          flow: knowledge.telemetry,
          ports: far.ports,
          path: null,
          relation,
          endpoint: endpointOf(relation, worker),
          because: relation.because,
        }),
      ];
    }),
  );
}

interface Bypass extends Pick<GraphEdge, "because" | "ports"> {
  readonly detail: string;
  readonly meshWired: boolean;
  readonly via: readonly ("service" | "unit")[];
  readonly flow: string;
  readonly path: string | null;
  readonly relation: TopologyRelation;
  readonly endpoint: string | null;
}

function bypassEdge(input: GraphInput, source: Application, target: Application, bypass: Bypass): GraphEdge {
  const { meshWired, via, flow, ports, path, relation } = bypass;
  const samples = via.map((one) => ({
    via: one,
    service: null,
    host: null,
    port: ports?.[0] ?? 80,
    method: null,
    path,
  }));
  return edgeBetween(source, target, bypass.detail, {
    kind: meshWired ? "telemetry-bypass" : "telemetry",
    label: labelOf(flow, meshWired ? "around the proxy" : "direct", portsText(ports)),
    layer: via.length > 1 ? null : via[0] === "service" ? "l7" : "l4",
    verdict: edgeVerdict(input, source, target, samples),
    relation: bypass.endpoint,
    interface: relation.interface,
    ports,
    paths: path === null ? null : [path],
    telemetry: flow,
    hop: "direct",
    policies: input.policiesOf.get(relation.id) ?? [],
    because: bypass.because,
  });
}
