import { pythonRepr } from "../../../engine/mesh/src/policy/python/repr.ts";
import { failure, type Result } from "../../../engine/mesh/src/policy/python/value.ts";
import { isIpAddress } from "./ip-address.ts";
import { type ParsedUrl, urlPort } from "./url.ts";

/*
 * How coordinated_workers names what its telemetry proxy serves (worker_telemetry.py; domain/vectors.md 2.6).
 */

export const UPSTREAM_PREFIX = "worker-telemetry-proxy";

export type TracingKind = "charm" | "workload";

/** Where the metrics of a worker unit stand behind the proxy. */
export function workerMetricsPath(unit: string): string {
  return `/proxy/worker/${dashed(unit)}/metrics`;
}

/** Where workers push logs for a Loki unit. */
export function lokiPushPath(unit: string): string {
  return `/proxy/loki/${dashed(unit)}/push`;
}

/** Where workers write metrics to; `host` as `hostLabel` gives it. */
export function remoteWritePath(host: string): string {
  return `/proxy/remote-write/${host}/write`;
}

/** Where workers (or their charms) send traces of one protocol. */
export function tracingPath(kind: TracingKind, protocol: string): string {
  return `/proxy/${kind}-tracing/${protocol}/`;
}

/** A unit's name with each `/` as `-`. */
export function dashed(unit: string): string {
  return unit.replaceAll("/", "-");
}

/**
 * The label under which the proxy knows a host: an IP address with dashes, else the first label of the name with what nginx
 * can't take removed. AttributeError without a host, ValueError where nothing is left.
 */
export function hostLabel(host: string | null): Result<string> {
  if (host === null) return failure("AttributeError", "'NoneType' object has no attribute 'split'");
  if (isIpAddress(host)) return { value: host.replace(/[.:]/g, "-") };
  const label = (host.split(".", 1)[0] ?? "").replace(/[^a-zA-Z0-9-]/g, "").replace(/^-+|(?<!-)-+$/g, "");
  if (label !== "") return { value: label };
  return failure("ValueError", `Cannot sanitize hostname to valid nginx upstream name: ${pythonRepr(host)}`);
}

/** Whether an upstream speaks TLS: by the last letter of its scheme, so that `ws` does too. */
export function speaksTls(url: ParsedUrl): boolean {
  return url.scheme.endsWith("s");
}

/** The port that a URL leads to: its own, else 443 or 80 by scheme. */
export function portOf(url: ParsedUrl): Result<number> {
  const port = urlPort(url);
  if ("error" in port) return port;
  return { value: port.value ?? (speaksTls(url) ? 443 : 80) };
}

/** The name of the application's Kubernetes Service, worked out from a unit's FQDN; that FQDN where it is no Kubernetes one. */
export function applicationHostname(hostname: string, app: string, model: string): string {
  const labels = hostname.split(".");
  const service = labels.indexOf("svc");
  return service < 0 ? hostname : [app, model, ...labels.slice(service)].join(".");
}
