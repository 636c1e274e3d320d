import { podAddress, serviceAddress } from "./sample-deployment.ts";

const REJECTED = "connection closed due to policy rejection: allow policies exist, but none allowed";

/** What varies between ztunnel's lines. `from` null: the caller showed no identity. */
export interface Ztunnel {
  readonly from: string | null;
  readonly pod?: string;
  readonly to: string;
  readonly port: number;
  readonly error?: string | null;
  readonly direction?: "inbound" | "outbound";
  readonly hbone?: boolean;
}

function ztunnelFields({
  from,
  pod,
  to,
  port,
  error = REJECTED,
  direction = "inbound",
  hbone = from !== null,
}: Ztunnel) {
  const caller = pod ?? `${from}-0`;
  const address = safeAddress(to);
  return {
    "src.addr": `${from !== null && pod === undefined ? safeAddress(from) : "10.1.0.200"}:51234`,
    "src.workload": caller,
    "src.namespace": "obs",
    ...(from === null ? {} : { "src.identity": `spiffe://cluster.local/ns/obs/sa/${from}` }),
    "dst.addr": hbone ? `${address}:15008` : `${address}:${port}`,
    ...(hbone ? { "dst.hbone_addr": `${address}:${port}` } : {}),
    "dst.service": `${to}.obs.svc.cluster.local`,
    "dst.workload": `${to}-0`,
    "dst.namespace": "obs",
    "dst.identity": `spiffe://cluster.local/ns/obs/sa/${to}`,
    direction,
    bytes_sent: 0,
    bytes_recv: 0,
    duration: "1ms",
    ...(error === null ? {} : { error }),
  };
}

function safeAddress(application: string): string {
  try {
    return podAddress(application);
  } catch {
    return "10.1.0.201";
  }
}

/** A line of ztunnel in text: addresses and numbers bare, strings in quotes. */
export function ztunnelText(given: Ztunnel): string {
  const fields = Object.entries(ztunnelFields(given)).map(([key, value]) =>
    /_?addr$/.test(key) || typeof value === "number" ? `${key}=${value}` : `${key}=${JSON.stringify(value)}`,
  );
  return `2026-11-30T10:00:00.000001Z\t${given.error === null ? "info" : "error"}\taccess\tconnection complete\t${fields.join(" ")}`;
}

/** The same line with LOG_FORMAT=json. */
export function ztunnelJson(given: Ztunnel): string {
  const level = given.error === null ? "info" : "error";
  const head = { level, time: "2026-11-30T10:00:00.000001Z", scope: "access" };
  return JSON.stringify({ ...head, ...ztunnelFields(given), message: "connection complete" });
}

/** What varies between Envoy's lines. */
export interface Envoy {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly request?: string;
  readonly code?: number;
  readonly details?: string;
  readonly termination?: string;
  readonly cluster?: string;
  readonly agent?: string;
}

function envoyFields(given: Envoy) {
  const { from, to, port, request = "GET / HTTP/1.1", code = 403, termination = "-", agent = "curl/8.5.0" } = given;
  const [method = "-", path = "-", protocol = "-"] = request.split(" ");
  return {
    start_time: "2026-11-30T10:00:01.123Z",
    method,
    path,
    protocol,
    response_code: code,
    response_flags: "-",
    response_code_details: given.details ?? "rbac_access_denied_matched_policy[none]",
    connection_termination_details: termination,
    upstream_transport_failure_reason: "-",
    bytes_received: 0,
    bytes_sent: 19,
    duration: 0,
    upstream_service_time: "-",
    x_forwarded_for: "-",
    user_agent: agent,
    request_id: "0e0b8e2e-6d84-4f0e-98bd-c5aee93b5c88",
    authority: method === "-" ? "-" : `${to}:${port}`,
    upstream_host: "-",
    upstream_cluster: given.cluster ?? `inbound-vip|${port}|http|${to}.obs.svc.cluster.local`,
    upstream_local_address: "-",
    downstream_local_address: `${safeService(to)}:${port}`,
    downstream_remote_address: `${/^[\d.]+$/.test(from) ? from : podAddress(from)}:40112`,
    requested_server_name: "-",
    route_name: "default",
  };
}

function safeService(application: string): string {
  try {
    return serviceAddress(application);
  } catch {
    return "10.152.183.250";
  }
}

/** A line of a waypoint or gateway in Istio's default text format. */
export function envoyText(given: Envoy): string {
  const { start_time, method, path, protocol, ...rest } = envoyFields(given);
  const quoted = new Set([
    "upstream_transport_failure_reason",
    "x_forwarded_for",
    "user_agent",
    "request_id",
    "authority",
    "upstream_host",
  ]);
  const fields = Object.entries(rest).map(([key, value]) => (quoted.has(key) ? `"${value}"` : `${value}`));
  return `[${start_time}] "${method} ${path} ${protocol}" ${fields.join(" ")}`;
}

/** The same line in Istio's default JSON format, as Envoy types it: numbers are numbers, and what is absent is null. */
export function envoyJson(given: Envoy): string {
  const fields = Object.entries(envoyFields(given)).map(([key, value]) => [key, value === "-" ? null : value]);
  return JSON.stringify(Object.fromEntries(fields));
}
