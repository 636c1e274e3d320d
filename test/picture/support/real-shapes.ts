import type { EdgeView, GraphView, NodeView } from "#protocol";
import { edgeView, nodeView, viewOf } from "../../support/view-fixture.ts";

/* Graphs with the shapes of well-known deployments: as many applications, lines and columns, and names as long. */

type Line = readonly [source: string, target: string, relation: string, kind?: EdgeView["kind"], port?: number];

function shape(kinds: Readonly<Record<string, NodeView["kind"]>>, lines: readonly Line[], cluster?: string): GraphView {
  const box = (name: string) =>
    cluster !== undefined && /coordinator|worker/.test(kinds[name] ?? "") ? "cluster:cos/c" : "model:cos";
  return viewOf(
    Object.entries(kinds).map(([name, kind]) => nodeView(name, { kind, box: box(name) })),
    lines.map(([source, target, relation, kind = "suggested", port]) => {
      const hop = kind !== "telemetry" ? null : source.includes("worker") ? "to-proxy" : "from-proxy";
      const label = port === undefined ? relation : `${relation} :${port}`;
      const ports = port === undefined ? null : [port];
      return edgeView(source, target, { relation, label, kind, ports, hop });
    }),
    {
      boxes: [
        { id: "model:cos", kind: "model", label: "cos", parent: null },
        ...(cluster === undefined
          ? []
          : [{ id: "cluster:cos/c", kind: "cluster" as const, label: cluster, parent: "model:cos" }]),
      ],
    },
  );
}

/** A small observability stack without a cluster: everything scrapes, logs, alerts, or is reached through the ingress. */
const cosLite = shape(
  {
    alertmanager: "application",
    catalogue: "application",
    grafana: "application",
    loki: "application",
    prometheus: "backend",
    traefik: "ingress",
  },
  [
    ["prometheus", "alertmanager", "alerting", "suggested", 9093],
    ["loki", "alertmanager", "alerting", "suggested", 9093],
    ["grafana", "prometheus", "grafana-source"],
    ["grafana", "loki", "grafana-source"],
    ["grafana", "alertmanager", "grafana-source"],
    ["traefik", "alertmanager", "ingress", "mesh"],
    ["traefik", "catalogue", "ingress", "mesh"],
    ["traefik", "loki", "ingress", "mesh"],
    ["prometheus", "traefik", "metrics-endpoint"],
    ["prometheus", "grafana", "metrics-endpoint"],
    ["prometheus", "loki", "metrics-endpoint"],
    ["traefik", "prometheus", "ingress", "mesh"],
    ["traefik", "grafana", "ingress", "mesh"],
  ],
);

/** A cluster with a chain of callers in front of it: 15 applications. */
const behindAShop = shape(
  {
    "tempo-coordinator-k8s": "coordinator",
    "tempo-worker-ingest": "worker",
    "tempo-worker-query": "worker",
    "loki-gateway": "backend",
    "prometheus-k8s": "backend",
    "alertmanager-k8s": "application",
    "istio-ingress-k8s": "ingress",
    storefront: "application",
    "payments-gateway": "application",
    "catalogue-web": "client",
    grafana: "client",
    "blackbox-exporter": "client",
    "s3-integrator": "application",
    "istio-beacon-k8s": "beacon",
    "self-signed-certificates": "application",
  },
  [
    ["istio-ingress-k8s", "storefront", "ingress", "mesh"],
    ["catalogue-web", "storefront", "storefront", "service", 8000],
    ["storefront", "payments-gateway", "payments-api", "service", 8443],
    ["payments-gateway", "tempo-coordinator-k8s", "tempo-api", "service", 3200],
    ["storefront", "tempo-coordinator-k8s", "tracing", "service", 4317],
    ["grafana", "tempo-coordinator-k8s", "grafana-source", "service", 3200],
    ["blackbox-exporter", "tempo-coordinator-k8s", "probes", "denied", 3200],
    ["prometheus-k8s", "tempo-coordinator-k8s", "metrics-endpoint", "unit", 9113],
    ["tempo-worker-ingest", "tempo-coordinator-k8s", "logging", "telemetry", 3300],
    ["tempo-worker-query", "tempo-coordinator-k8s", "logging", "telemetry", 3300],
    ["tempo-coordinator-k8s", "tempo-worker-ingest", "cluster", "internal"],
    ["tempo-coordinator-k8s", "tempo-worker-query", "cluster", "internal"],
    ["tempo-coordinator-k8s", "loki-gateway", "logging", "telemetry", 3100],
    ["tempo-coordinator-k8s", "prometheus-k8s", "remote-write", "telemetry", 9090],
    ["prometheus-k8s", "alertmanager-k8s", "alerting", "suggested", 9093],
  ],
  "tempo",
);

/** Many charms of one product that log and store, with placeholders on both sides: 20 applications. */
const pipelines = shape(
  Object.fromEntries([
    ...["kfp-api", "kfp-ui", "kfp-viz", "kfp-viewer", "kfp-schedwf", "kfp-persistence", "kfp-metadata-writer"].map(
      (name) => [name, "application" as const],
    ),
    ...["k8s-service-requirer", "istio-ingress-route", "ingress", "prometheus-scrape", "kfp-profile-controller"].map(
      (name) => [name, "application" as const],
    ),
    ...["k8s-service-kfp-api-grpc", "k8s-service-kfp-api", "k8s-service", "loki-push-api"].map((name) => [
      name,
      "application" as const,
    ]),
    ...["k8s-service-kfp-viz", "object-storage", "mysql-client", "service-mesh"].map((name) => [
      name,
      "application" as const,
    ]),
  ]),
  [
    ...["kfp-api", "kfp-ui", "kfp-viz", "kfp-viewer", "kfp-schedwf", "kfp-persistence", "kfp-metadata-writer"].map(
      (name): Line => [name, "loki-push-api", "logging", "suggested", 3100],
    ),
    ["kfp-profile-controller", "loki-push-api", "logging", "suggested", 3100],
    ["kfp-persistence", "k8s-service-kfp-api-grpc", "kfp-api-grpc"],
    ["kfp-persistence", "k8s-service-kfp-api", "kfp-api"],
    ["k8s-service-kfp-api-grpc", "kfp-api", "kfp-api-grpc", "service"],
    ["k8s-service-kfp-api", "kfp-api", "kfp-api", "service"],
    ["prometheus-scrape", "kfp-api", "metrics-endpoint", "unit"],
    ["k8s-service-requirer", "kfp-viz", "kfp-viz", "service"],
    ["istio-ingress-route", "kfp-ui", "istio-ingress-route", "mesh"],
    ["ingress", "kfp-ui", "ingress", "mesh"],
    ["kfp-ui", "k8s-service", "kfp-api"],
    ["kfp-schedwf", "k8s-service", "kfp-api-grpc"],
    ["kfp-metadata-writer", "k8s-service", "grpc"],
    ["kfp-api", "k8s-service-kfp-viz", "kfp-viz"],
    ["kfp-api", "object-storage", "object-storage", "suggested", 9000],
    ["kfp-ui", "object-storage", "object-storage", "suggested", 9000],
    ["kfp-profile-controller", "object-storage", "object-storage", "suggested", 9000],
    ["kfp-api", "mysql-client", "relational-db", "suggested", 3306],
  ],
);

/** The graphs by name. */
export const REAL_SHAPES: readonly (readonly [string, GraphView])[] = [
  ["a small observability stack", cosLite],
  ["a cluster behind a chain of callers", behindAShop],
  ["many charms of one product", pipelines],
];
