import { knownValue, type Reason, reasonAt } from "#python";
import type { EffectivePolicy } from "../../policy/effective-policy.ts";
import type { Application } from "../../topology/topology.ts";
import { edgeVerdict, examplePath } from "../edge-verdict.ts";
import { farAddress } from "../far-address.ts";
import { type GraphInput, keyOf } from "../graph-input.ts";
import { edgeBetween, edgesOnly, type GraphLayer, labelOf, portsText } from "../graph-part.ts";
import { type ClusterTelemetry, isProxyScrape, type TelemetryRoute, telemetryOf } from "../telemetry-routes.ts";
import type { GraphEdge } from "../traffic-graph.ts";

/** Worker telemetry through the coordinator's proxy, each hop an edge: workers to coordinator to backend, and scrapes the other way. */
export const telemetryProxy: GraphLayer = {
  id: "telemetry",
  title: "Telemetry through the proxy",
  contribute: (input) =>
    edgesOnly(
      telemetryOf(input)
        .filter((telemetry) => telemetry.way !== "direct")
        .flatMap((telemetry) => telemetry.routes.flatMap((route) => hops(input, telemetry, route))),
    ),
};

function hops(input: GraphInput, telemetry: ClusterTelemetry, route: TelemetryRoute): readonly GraphEdge[] {
  const { cluster } = telemetry;
  const workers = [...new Set(cluster.workers.map((one) => one.application))];
  if (route.scraped)
    return [
      hopToProxy(input, telemetry, route, route.backend),
      ...workers.map((worker) => scrapeOfWorker(input, telemetry, route, worker)),
    ];
  return [
    ...workers.map((worker) => hopToProxy(input, telemetry, route, worker)),
    hopToBackend(input, telemetry, route),
  ];
}

/** The caller of the proxy: a worker that pushes, or a backend that scrapes. */
function hopToProxy(
  input: GraphInput,
  telemetry: ClusterTelemetry,
  route: TelemetryRoute,
  source: Application,
): GraphEdge {
  const { coordinator } = telemetry.cluster;
  const ports = telemetry.proxyPorts ?? [];
  const method = route.scraped ? "GET" : "POST";
  const policies = route.scraped ? scrapePolicies(input, route) : internalPolicies(input, source, coordinator);
  const samples = ports.flatMap((port) =>
    route.proxyPaths.map((path) => ({
      via: "service" as const,
      service: null,
      host: null,
      port,
      method,
      path: examplePath(path),
    })),
  );
  return edgeBetween(source, coordinator, `${route.flow}:${route.relation.id}:to-proxy`, {
    kind: "telemetry",
    label: labelOf(route.flow, route.proxyPaths.join(" "), portsText(telemetry.proxyPorts)),
    layer: "l7",
    verdict: edgeVerdict(input, source, coordinator, samples),
    ...common(route),
    ports: telemetry.proxyPorts,
    methods: [method],
    paths: route.proxyPaths,
    scheme: telemetry.scheme,
    hop: "to-proxy",
    policies,
    because: [...telemetry.because, ...route.because],
  });
}

function hopToBackend(input: GraphInput, telemetry: ClusterTelemetry, route: TelemetryRoute): GraphEdge {
  const { coordinator } = telemetry.cluster;
  const address = farAddress(input, route.relation, route.backend);
  const samples = address.via.map((via) => ({
    via,
    service: null,
    host: null,
    port: address.ports?.[0] ?? 80,
    method: "POST",
    path: route.farPath,
  }));
  return edgeBetween(coordinator, route.backend, `${route.flow}:${route.relation.id}:from-proxy`, {
    kind: "telemetry",
    label: labelOf(route.flow, route.farPath ?? "", portsText(address.ports)),
    layer: address.via.length > 1 ? null : address.via[0] === "service" ? "l7" : "l4",
    verdict: edgeVerdict(input, coordinator, route.backend, samples),
    ...common(route),
    ports: address.ports,
    methods: ["POST"],
    paths: route.farPath === null ? null : [route.farPath],
    hop: "from-proxy",
    policies: input.policiesOf.get(route.relation.id) ?? [],
    because: [...telemetry.because, ...route.because, ...address.because],
  });
}

/** The proxy fetches a worker's metrics from the worker's pod. */
function scrapeOfWorker(
  input: GraphInput,
  telemetry: ClusterTelemetry,
  route: TelemetryRoute,
  worker: Application,
): GraphEdge {
  const { coordinator } = telemetry.cluster;
  const port = knownValue(telemetry.call.workerMetricsPort);
  const ports = port === undefined ? null : [port];
  const sample = { via: "unit" as const, service: null, host: null, port: port ?? 0, method: "GET", path: "/metrics" };
  return edgeBetween(coordinator, worker, `${route.flow}:${route.relation.id}:from-proxy`, {
    kind: "telemetry",
    label: labelOf(route.flow, "/metrics", portsText(ports)),
    layer: "l4",
    verdict: port === undefined ? "unknown" : edgeVerdict(input, coordinator, worker, [sample]),
    ...common(route),
    ports,
    methods: ["GET"],
    paths: ["/metrics"],
    scheme: telemetry.scheme,
    hop: "from-proxy",
    policies: internalPolicies(input, coordinator, coordinator),
    because: [...metricsPortReasons(telemetry), ...route.because],
  });
}

function metricsPortReasons({ call }: ClusterTelemetry): readonly Reason[] {
  return [...call.workerMetricsPort.because, reasonAt(call.call, "worker_metrics_port of the coordinator")];
}

function common(route: TelemetryRoute): Pick<GraphEdge, "telemetry" | "relation" | "interface"> {
  const { provider, requirer } = route.relation;
  return {
    telemetry: route.flow,
    relation: route.scraped ? provider.endpoint : requirer.endpoint,
    interface: route.relation.interface,
  };
}

function scrapePolicies(input: GraphInput, route: TelemetryRoute): readonly EffectivePolicy[] {
  return (input.policiesOf.get(route.relation.id) ?? []).filter(isProxyScrape);
}

/** What the coordinated-workers package grants a member of the cluster, towards the coordinator's Service and all pods. */
function internalPolicies(
  input: GraphInput,
  source: Application,
  coordinator: Application,
): readonly EffectivePolicy[] {
  return (input.internalOf.get(keyOf(source)) ?? []).filter(
    ({ meshPolicy }) => meshPolicy.target_namespace === coordinator.model,
  );
}
