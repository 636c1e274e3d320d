import { type CharmModel, type CoordinatorCall, PROXY_PATHS } from "#charm";
import { citedReason, knownValue, optionsOf, type Reason } from "#python";
import { memo } from "#syntax";
import { coordinatorCertificate } from "../policy/effective/certificates.ts";
import { endpointName } from "../policy/effective/coordinator-endpoints.ts";
import { meshSupport, proxyPort } from "../policy/effective/coordinator-facts.ts";
import { deployedOf, relationsOf } from "../policy/effective/deployed.ts";
import type { EffectivePolicy } from "../policy/effective-policy.ts";
import type { Application, TopologyRelation } from "../topology/topology.ts";
import { type Cluster, type GraphInput, keyOf } from "./graph-input.ts";

export type TelemetryFlow = "metrics" | "logs" | "charm-traces" | "workload-traces" | "remote-write";

/** One kind of worker telemetry between a cluster and one backend. */
export interface TelemetryRoute {
  readonly flow: TelemetryFlow;
  /** The backend scrapes (metrics), or the workers push (all others). */
  readonly scraped: boolean;
  readonly backend: Application;
  readonly relation: TopologyRelation;
  /** Paths below which the coordinator's proxy serves it. */
  readonly proxyPaths: readonly string[];
  /** The path at the far end, where it is always the same. */
  readonly farPath: string | null;
  readonly because: readonly Reason[];
}

/** How a cluster's worker telemetry travels. */
export interface ClusterTelemetry {
  readonly cluster: Cluster;
  readonly call: CoordinatorCall;
  readonly routes: readonly TelemetryRoute[];
  /** Through the proxy, around it, or not known. */
  readonly way: "proxied" | "direct" | "unknown";
  /** The coordinator is wired into the mesh, so that telemetry has to go through the proxy. */
  readonly meshWired: boolean;
  readonly proxyPorts: readonly number[] | null;
  /** `https` or `http`; null where it is not known. */
  readonly scheme: string | null;
  readonly because: readonly Reason[];
}

const CITATION = "coordinated-workers, worker_telemetry.py (PROXY_WORKER_TELEMETRY_PATHS)";

/** The worker telemetry of all clusters whose coordinator's charm is known and that have workers. */
export const telemetryOf = memo((input: GraphInput): readonly ClusterTelemetry[] => {
  return input.clusters.flatMap((cluster) => {
    const call = cluster.charm?.coordinator;
    return cluster.charm && call && cluster.workers.length > 0
      ? [clusterTelemetry(input, cluster, cluster.charm, call)]
      : [];
  });
});

function clusterTelemetry(
  input: GraphInput,
  cluster: Cluster,
  charm: CharmModel,
  call: CoordinatorCall,
): ClusterTelemetry {
  const { coordinator } = cluster;
  const context = {
    application: coordinator,
    charm,
    relations: relationsOf(deployedOf(input.topology), coordinator),
    beacon: null,
    beaconNear: false,
    managed: true,
    tls: tlsOf(input, coordinator),
    units: new Map(),
    inferred: input.topology.source === "inferred",
  };
  const { tls } = coordinatorCertificate(context, call);
  const proxy = proxyPort(context, call);
  const off = proxy.port.kind === "known" && proxy.port.value === null;
  const ports = optionsOf(proxy.port)?.filter((one): one is number => one !== null) ?? possiblePorts(call);
  return {
    cluster,
    call,
    routes: routesOf(input, cluster, call),
    way: off ? "direct" : call.telemetryProxy.kind === "known" ? "proxied" : "unknown",
    meshWired: meshSupport(charm, call) === "on",
    proxyPorts: ports,
    scheme: tls === null ? null : tls ? "https" : "http",
    because: proxy.because,
  };
}

/** Either port, where it is not known whether there is a certificate. */
function possiblePorts(call: CoordinatorCall): readonly number[] | null {
  const proxy = knownValue(call.telemetryProxy);
  const options = proxy ? [optionsOf(proxy.httpPort), optionsOf(proxy.httpsPort)] : [];
  const ports = new Set(options.flatMap((one) => one ?? []));
  return ports.size > 0 ? [...ports] : null;
}

function tlsOf(input: GraphInput, application: Application): boolean | null {
  const { tls } = input.options;
  return typeof tls === "boolean" ? tls : (tls?.get(keyOf(application)) ?? null);
}

/** What each endpoint of the coordinator's map carries, and where its proxy serves it. */
const BY_KEY: readonly {
  readonly key: string;
  readonly flow: TelemetryFlow;
  readonly path: string;
  readonly farPath: string | null;
}[] = [
  { key: "metrics", flow: "metrics", path: PROXY_PATHS.value.metrics, farPath: "/metrics" },
  { key: "logging", flow: "logs", path: PROXY_PATHS.value.logging, farPath: "/loki/api/v1/push" },
  { key: "charm-tracing", flow: "charm-traces", path: PROXY_PATHS.value["charm-tracing"], farPath: null },
  {
    key: "workload-tracing",
    flow: "workload-traces",
    path: PROXY_PATHS.value["workload-tracing"],
    farPath: null,
  },
];

function routesOf(input: GraphInput, cluster: Cluster, call: CoordinatorCall): readonly TelemetryRoute[] {
  const { coordinator } = cluster;
  const relations = input.relationsOf.get(keyOf(coordinator)) ?? [];
  const routes: TelemetryRoute[] = [];
  for (const { key, flow, path, farPath } of BY_KEY) {
    const name = endpointName(call.endpoints, key);
    const endpoint = knownValue(name);
    if (!endpoint) continue;
    const protocols = flow === "workload-traces" ? workloadProtocols(call) : ["{protocol}"];
    const proxyPaths = protocols.map((protocol) => path.replace("{protocol}", protocol));
    if (proxyPaths.length === 0) continue;
    for (const relation of relations) {
      const backend = remoteOf(input, relation, coordinator, endpoint);
      if (!backend) continue;
      const because = [...name.because, ...relation.because, citedReason(`${flow} of the workers`, CITATION)];
      routes.push({ flow, scraped: flow === "metrics", backend, relation, proxyPaths, farPath, because });
    }
  }
  if (knownValue(call.remoteWrite) !== "absent")
    for (const each of remoteWriteRoutes(input, cluster, call, relations)) routes.push(each);
  return routes;
}

/** Remote write has no key of its own: the charm hands its endpoints to the coordinator. */
function remoteWriteRoutes(
  input: GraphInput,
  { coordinator }: Cluster,
  call: CoordinatorCall,
  relations: readonly TopologyRelation[],
): readonly TelemetryRoute[] {
  return relations.flatMap((relation): TelemetryRoute[] => {
    if (relation.interface !== "prometheus_remote_write" || keyOf(relation.requirer) !== keyOf(coordinator)) return [];
    const backend = input.applications.get(keyOf(relation.provider));
    if (!backend) return [];
    return [
      {
        flow: "remote-write",
        scraped: false,
        backend,
        relation,
        proxyPaths: [PROXY_PATHS.value["remote-write"]],
        farPath: null,
        because: [
          ...call.remoteWrite.because,
          ...relation.because,
          citedReason("remote-write of the workers", CITATION),
        ],
      },
    ];
  });
}

function workloadProtocols(call: CoordinatorCall): readonly string[] {
  const protocols = knownValue(call.workloadTracingProtocols);
  return protocols ?? ["{protocol}"];
}

/** The application at the other end of a relation over one of the coordinator's endpoints. */
function remoteOf(
  input: GraphInput,
  relation: TopologyRelation,
  coordinator: Application,
  endpoint: string,
): Application | null {
  if (relation.peer) return null;
  const key = keyOf(coordinator);
  const [own, other] =
    keyOf(relation.provider) === key && relation.provider.endpoint === endpoint
      ? [relation.provider, relation.requirer]
      : [relation.requirer, relation.provider];
  if (keyOf(own) !== key || own.endpoint !== endpoint) return null;
  return input.applications.get(keyOf(other)) ?? null;
}

/** The coordinator's default policy that lets scrapers through its proxy to the workers. */
export function isProxyScrape({ origin, meshPolicy }: EffectivePolicy): boolean {
  return (
    origin === "coordinator-default" &&
    meshPolicy.target_type === "app" &&
    meshPolicy.endpoints.length > 0 &&
    meshPolicy.endpoints.every((endpoint) => endpoint.paths?.every((path) => path.startsWith("/proxy/worker/")))
  );
}

/** Ids of the relations over which worker telemetry travels: the coordinator's part in them is drawn by the telemetry layers. */
export function telemetryRelations(input: GraphInput): ReadonlySet<string> {
  return new Set(telemetryOf(input).flatMap((telemetry) => telemetry.routes.map((route) => route.relation.id)));
}
