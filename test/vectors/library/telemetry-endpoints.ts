import type { PyInt, Result } from "../../../engine/mesh/src/policy/python/value.ts";
import { publishedLoki, type TelemetryInput } from "./proxy-nginx.ts";
import {
  hostLabel,
  lokiPushPath,
  remoteWritePath,
  type TracingKind,
  tracingPath,
  workerMetricsPath,
} from "./proxy-paths.ts";
import { parsedUrl } from "./url.ts";

/** Where a coordinator stands; `hostname` as `applicationHostname` gives it. */
export interface CoordinatorPlace {
  readonly hostname: string;
  readonly model: string;
  readonly modelUuid: string;
}

/** One Prometheus scrape job for one worker unit. */
export interface ScrapeJob {
  readonly metrics_path: string;
  readonly static_configs: readonly { readonly targets: readonly string[] }[];
  readonly relabel_configs: readonly { readonly target_label: string; readonly replacement: string }[];
  readonly scheme?: "https";
}

/** `scheme://host:port` of the proxy; null where telemetry is not proxied. */
export function proxyBase(input: Pick<TelemetryInput, "tls" | "proxyPort">, hostname: string): string | null {
  return input.proxyPort ? `${input.tls ? "https" : "http"}://${hostname}:${input.proxyPort}` : null;
}

/**
 * The push URLs that the workers get, per Loki unit. With the proxy on, also for units that have published nothing: there is
 * then no nginx location behind the URL.
 */
export function lokiEndpoints(input: TelemetryInput, hostname: string): ReadonlyMap<string, string> {
  const base = proxyBase(input, hostname);
  if (base === null) return new Map(publishedLoki(input));
  return new Map([...input.lokiEndpoints.keys()].map((unit) => [unit, base + lokiPushPath(unit)]));
}

/** The remote-write URLs that the workers get; null where the charm has no getter for them. Errors as `hostLabel`. */
export function remoteWriteEndpoints(
  input: TelemetryInput,
  hostname: string,
): Result<readonly { readonly url: string }[] | null> {
  if (input.remoteWriteEndpoints === null) return { value: null };
  const base = proxyBase(input, hostname);
  const endpoints: { readonly url: string }[] = [];
  for (const url of input.remoteWriteEndpoints) {
    if (base === null) {
      endpoints.push({ url });
      continue;
    }
    const parsed = parsedUrl(url);
    if ("error" in parsed) return parsed;
    const label = hostLabel(parsed.value.hostname);
    if ("error" in label) return label;
    endpoints.push({ url: base + remoteWritePath(label.value) });
  }
  return { value: endpoints };
}

/** The tracing URLs that the workers (or their charms) get, per protocol. */
export function tracingReceivers(
  input: TelemetryInput,
  hostname: string,
  kind: TracingKind,
): ReadonlyMap<string, string> {
  const receivers = kind === "charm" ? input.charmTracingReceivers : input.workloadTracingReceivers;
  const base = proxyBase(input, hostname);
  if (base === null) return receivers;
  return new Map([...receivers.keys()].map((protocol) => [protocol, base + tracingPath(kind, protocol)]));
}

/** The scrape jobs of the workers as the coordinator publishes them: through its proxy where that is on. */
export function workerScrapeJobs(input: TelemetryInput, place: CoordinatorPlace): readonly ScrapeJob[] {
  return input.workers.map((worker) => ({
    metrics_path: input.proxyPort ? workerMetricsPath(worker.unit) : "/metrics",
    static_configs: [{ targets: [scrapeTarget(input, place.hostname, worker.address, input.workerMetricsPort)] }],
    relabel_configs: [
      { target_label: "juju_charm", replacement: worker.charm_name },
      { target_label: "juju_unit", replacement: worker.unit },
      { target_label: "juju_application", replacement: worker.application },
      { target_label: "juju_model", replacement: place.model },
      { target_label: "juju_model_uuid", replacement: place.modelUuid },
    ],
    ...(input.tls ? { scheme: "https" as const } : {}),
  }));
}

function scrapeTarget(input: TelemetryInput, hostname: string, address: string, port: PyInt): string {
  return input.proxyPort ? `${hostname}:${input.proxyPort}` : `${address}:${port}`;
}
