import { failure, type PyInt, type PythonError, type Result } from "../../../engine/mesh/src/policy/python/value.ts";
import {
  dashed,
  hostLabel,
  lokiPushPath,
  portOf,
  remoteWritePath,
  speaksTls,
  type TracingKind,
  tracingPath,
  UPSTREAM_PREFIX,
  workerMetricsPath,
} from "./proxy-paths.ts";
import { type ParsedUrl, parsedUrl } from "./url.ts";

export interface WorkerUnit {
  readonly address: string;
  readonly application: string;
  readonly unit: string;
  readonly charm_name: string;
}

/** What a coordinator knows about its cluster's telemetry; maps keep the order in which Python would see it. */
export interface TelemetryInput {
  readonly tls: boolean;
  readonly workloadTracingProtocols: readonly string[];
  readonly workers: readonly WorkerUnit[];
  readonly workerMetricsPort: PyInt;
  /** null or 0: telemetry is not proxied. */
  readonly proxyPort: PyInt | null;
  /** Push URL per related Loki unit; null: related, but nothing published yet. */
  readonly lokiEndpoints: ReadonlyMap<string, string | null>;
  /** null: the charm has no getter for them. */
  readonly remoteWriteEndpoints: readonly string[] | null;
  readonly charmTracingReceivers: ReadonlyMap<string, string>;
  readonly workloadTracingReceivers: ReadonlyMap<string, string>;
}

export interface NginxUpstream {
  readonly name: string;
  readonly port: PyInt;
  readonly address_lookup_key: string;
  readonly ignore_address_lookup_key: false;
}

export interface NginxLocation {
  readonly path: string;
  readonly backend: string;
  readonly backend_url: string;
  readonly headers: Readonly<Record<string, never>>;
  readonly modifier: "=" | "";
  readonly is_grpc: false;
  readonly upstream_tls: boolean;
  readonly rewrite: readonly string[] | null;
  readonly extra_directives: Readonly<Record<string, readonly string[]>>;
}

export interface TelemetryNginx {
  readonly upstreams: readonly NginxUpstream[];
  readonly locations: ReadonlyMap<string, readonly NginxLocation[]>;
  readonly upstreams_to_addresses: ReadonlyMap<string, readonly (string | null)[]>;
}

interface Spec {
  readonly upstream: string;
  readonly port: PyInt;
  readonly key: string;
  readonly path: string;
  readonly backendUrl: string;
  readonly tls: boolean;
  readonly rewrite: readonly string[] | null;
}

/** The RuntimeError of a coordinator that asks for gRPC workload tracing and proxies telemetry. */
export const GRPC_REFUSED =
  "bad config. This coordinator is requesting grpc workload tracing endpoints, but that won't work with the current telemetry " +
  "proxy configuration.";
/** HTTP/1.1 towards the upstream, as service meshes want it. */
const DIRECTIVES = { proxy_http_version: ["1.1"], proxy_set_header: ["Connection", ""] };

/**
 * The nginx configuration of a coordinator's telemetry proxy (domain/vectors.md 2.6): null without workers or proxy port.
 * Errors come in the library's order: addresses first, then gRPC, then upstreams and locations.
 */
export function telemetryNginx(input: TelemetryInput): Result<TelemetryNginx | null> {
  if (input.workers.length === 0 || !input.proxyPort) return { value: null };
  const addresses = upstreamAddresses(input);
  if ("error" in addresses) return addresses;
  if (input.workloadTracingProtocols.some((protocol) => protocol.includes("grpc"))) {
    return failure("RuntimeError", GRPC_REFUSED);
  }
  const upstreams: NginxUpstream[] = [];
  const locations: NginxLocation[] = [];
  for (const group of [workerSpecs, lokiSpecs, remoteWriteSpecs, tracingSpecs]) {
    const specs = group(input);
    if ("error" in specs) return specs;
    const named = new Set<string>();
    for (const spec of specs.value) {
      if (!named.has(spec.upstream)) upstreams.push(upstreamOf(spec));
      named.add(spec.upstream);
      locations.push(locationOf(spec));
    }
  }
  return {
    value: {
      upstreams,
      locations: new Map([[String(input.proxyPort), locations]]),
      upstreams_to_addresses: addresses.value,
    },
  };
}

function upstreamAddresses(input: TelemetryInput): Result<ReadonlyMap<string, readonly (string | null)[]>> {
  const addresses = new Map<string, readonly (string | null)[]>();
  for (const worker of input.workers) addresses.set(worker.unit, [worker.address]);
  for (const [unit, url] of publishedLoki(input)) {
    const parsed = parsedUrl(url);
    if ("error" in parsed) return parsed;
    addresses.set(unit, [parsed.value.hostname]);
  }
  for (const url of input.remoteWriteEndpoints ?? []) {
    const parsed = parsedUrl(url);
    if ("error" in parsed) return parsed;
    const label = hostLabel(parsed.value.hostname);
    if ("error" in label) return label;
    addresses.set(label.value, [parsed.value.hostname]);
  }
  for (const [kind, protocol, url] of tracingReceivers(input)) {
    const parsed = parsedUrl(url);
    if ("error" in parsed) return parsed;
    addresses.set(`${UPSTREAM_PREFIX}-${kind}-${protocol}`, [parsed.value.hostname]);
  }
  return { value: addresses };
}

/** The Loki units that have published their push URL. */
export function publishedLoki(input: TelemetryInput): readonly (readonly [string, string])[] {
  return [...input.lokiEndpoints].flatMap(([unit, url]) => (url === null ? [] : [[unit, url] as const]));
}

function tracingReceivers(input: TelemetryInput): readonly (readonly [TracingKind, string, string])[] {
  return [
    ...[...input.charmTracingReceivers].map(([protocol, url]) => ["charm", protocol, url] as const),
    ...[...input.workloadTracingReceivers].map(([protocol, url]) => ["workload", protocol, url] as const),
  ];
}

function workerSpecs(input: TelemetryInput): Result<readonly Spec[]> {
  const specs = input.workers.map((worker) => ({
    upstream: `${UPSTREAM_PREFIX}-${dashed(worker.unit)}`,
    port: input.workerMetricsPort,
    key: worker.unit,
    path: workerMetricsPath(worker.unit),
    backendUrl: "/metrics",
    tls: input.tls,
    rewrite: null,
  }));
  return { value: specs };
}

function lokiSpecs(input: TelemetryInput): Result<readonly Spec[]> {
  return collected(publishedLoki(input), ([unit, url]) =>
    backendSpec(url, () => ({
      value: { upstream: `${UPSTREAM_PREFIX}-${dashed(unit)}`, key: unit, path: lokiPushPath(unit), rewrite: null },
    })),
  );
}

function remoteWriteSpecs(input: TelemetryInput): Result<readonly Spec[]> {
  return collected(input.remoteWriteEndpoints ?? [], (url) =>
    backendSpec(url, (parsed) => {
      const label = hostLabel(parsed.hostname);
      if ("error" in label) return label;
      const upstream = `${UPSTREAM_PREFIX}-${label.value}`;
      return { value: { upstream, key: label.value, path: remoteWritePath(label.value), rewrite: null } };
    }),
  );
}

function tracingSpecs(input: TelemetryInput): Result<readonly Spec[]> {
  return collected(tracingReceivers(input), ([kind, protocol, url]) =>
    backendSpec(url, () => {
      const upstream = `${UPSTREAM_PREFIX}-${kind}-${protocol}`;
      const path = tracingPath(kind, protocol);
      return { value: { upstream, key: upstream, path, rewrite: [`^${path}(.*)`, "/$1", "break"] } };
    }),
  );
}

type SpecNames = Pick<Spec, "upstream" | "key" | "path" | "rewrite">;

function backendSpec(url: string, names: (url: ParsedUrl) => Result<SpecNames>): Result<Spec> {
  const parsed = parsedUrl(url);
  if ("error" in parsed) return parsed;
  const named = names(parsed.value);
  if ("error" in named) return named;
  const port = portOf(parsed.value);
  if ("error" in port) return port;
  const tls = speaksTls(parsed.value);
  return { value: { ...named.value, port: port.value, backendUrl: parsed.value.path, tls } };
}

function collected<T>(items: readonly T[], make: (item: T) => Result<Spec>): Result<readonly Spec[]> {
  const specs: Spec[] = [];
  for (const item of items) {
    const spec: { readonly value: Spec } | { readonly error: PythonError } = make(item);
    if ("error" in spec) return spec;
    specs.push(spec.value);
  }
  return { value: specs };
}

function upstreamOf(spec: Spec): NginxUpstream {
  return { name: spec.upstream, port: spec.port, address_lookup_key: spec.key, ignore_address_lookup_key: false };
}

function locationOf(spec: Spec): NginxLocation {
  return {
    path: spec.path,
    backend: spec.upstream,
    backend_url: spec.backendUrl,
    headers: {},
    modifier: spec.rewrite === null ? "=" : "",
    is_grpc: false,
    upstream_tls: spec.tls,
    rewrite: spec.rewrite,
    extra_directives: DIRECTIVES,
  };
}
