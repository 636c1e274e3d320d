import * as z from "zod";
import { type DeniedRequest, type LogLine, OTHER, type Peer, UNREAD } from "./access-line.ts";
import { addressAndPort, isTime, serviceOfHost } from "./log-names.ts";

/*
 * Istio's default access log of waypoints and gateways: `EnvoyTextLogFormat` and `EnvoyJSONLogFormatIstio` in
 * pilot/pkg/model/telemetry_logging.go (istio/istio 86c9f01f). A denial of an AuthorizationPolicy is
 * `rbac_access_denied_matched_policy[NAME]` in RESPONSE_CODE_DETAILS for HTTP and in CONNECTION_TERMINATION_DETAILS for TCP; the name is
 * `none` where no ALLOW policy matches (envoyproxy/envoy 81e9b87a, docs/root/configuration/http/http_filters/rbac_filter.rst), and
 * `ns[NAMESPACE]-policy[POLICY]-rule[N]` for a DENY policy. A waypoint's clusters are called `inbound-vip|PORT|SUBSET|HOST`
 * (pilot/pkg/networking/core/cluster_waypoint.go), a gateway's `outbound|PORT|SUBSET|HOST`.
 */

/** The fields of the text format, in order; those that it quotes are marked. */
const TEXT_FIELDS = [
  ["request", true],
  ["response_code", false],
  ["response_flags", false],
  ["response_code_details", false],
  ["connection_termination_details", false],
  ["upstream_transport_failure_reason", true],
  ["bytes_received", false],
  ["bytes_sent", false],
  ["duration", false],
  ["upstream_service_time", false],
  ["x_forwarded_for", true],
  ["user_agent", true],
  ["request_id", true],
  ["authority", true],
  ["upstream_host", true],
  ["upstream_cluster", false],
  ["upstream_local_address", false],
  ["downstream_local_address", false],
  ["downstream_remote_address", false],
  ["requested_server_name", false],
  ["route_name", false],
] as const;

// Envoy's typed JSON has numbers for numbers, and null where a value is absent; its text has `-`.
const field = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    value === null || value === undefined || value === "-" || value === "" ? null : String(value),
  );

const entrySchema = z.object({
  method: field,
  path: field,
  protocol: field,
  response_code: field,
  response_code_details: field,
  connection_termination_details: field,
  authority: field,
  upstream_cluster: field,
  downstream_local_address: field,
  downstream_remote_address: field,
});

type Entry = z.infer<typeof entrySchema>;

/** Keys that every entry of the JSON format has, whatever their values. */
const JSON_KEYS = ["start_time", "response_code", "response_code_details", "downstream_remote_address"] as const;

/** Reads an entry of Istio's default JSON access log; an object without its keys is unread. */
export function envoyJsonEntry(value: object): LogLine {
  if (!JSON_KEYS.every((key) => key in value)) return UNREAD;
  const read = entrySchema.safeParse(value);
  return read.success ? lineOf(read.data) : UNREAD;
}

/** Reads a line of Istio's default text access log. A line with more or fewer fields is of another format, and unread. */
export function envoyTextEntry(line: string): LogLine {
  const end = line.indexOf("] ");
  if (end < 0 || !isTime(line.slice(1, end))) return UNREAD;
  const values = new Map<string, string>();
  let at = end + 2;
  for (const [name, quoted] of TEXT_FIELDS) {
    const last = name === "route_name";
    const start = quoted ? at + 1 : at;
    // Envoy escapes no quotes: a value that holds one moves the fields behind it, and then the line does not fit.
    const stop = last ? line.length : line.indexOf(quoted ? '" ' : " ", start);
    if (stop < 0 || (quoted && line[at] !== '"')) return UNREAD;
    const value = line.slice(start, stop);
    if (value.includes(quoted ? '"' : " ") || (!quoted && (value === "" || value.includes('"')))) return UNREAD;
    values.set(name, value);
    at = stop + (quoted ? 2 : 1);
  }
  const request = (values.get("request") ?? "").split(" ");
  if (request.length !== 3) return UNREAD;
  const [method, path, protocol] = request;
  const read = entrySchema.safeParse({ ...Object.fromEntries(values), method, path, protocol });
  return read.success ? lineOf(read.data) : UNREAD;
}

function lineOf(entry: Entry): LogLine {
  const refusal = refusalOf(entry);
  if (refusal === null) return OTHER;
  const cluster = entry.upstream_cluster === null ? null : clusterOf(entry.upstream_cluster);
  const remote = entry.downstream_remote_address === null ? null : addressAndPort(entry.downstream_remote_address);
  // A sidecar's line (`inbound|PORT||`) says nothing about ambient's layers.
  if (remote === null || (entry.upstream_cluster !== null && cluster === null)) return UNREAD;
  const local = entry.downstream_local_address === null ? null : addressAndPort(entry.downstream_local_address);
  const http = entry.method !== null;
  return {
    kind: "denied",
    request: {
      ...refusal,
      at: cluster?.at ?? "waypoint",
      source: { identity: null, pod: null, service: null, address: remote.host },
      target: calledBy(entry, cluster, local),
      port: cluster?.port ?? local?.port ?? null,
      http,
      method: entry.method,
      path: entry.path?.split("?", 1)[0] ?? null,
      host: http ? entry.authority : null,
    },
  };
}

type Cluster = { readonly at: "waypoint" | "gateway"; readonly port: number; readonly host: string };

function calledBy(entry: Entry, cluster: Cluster | null, local: ReturnType<typeof addressAndPort>): Peer {
  const authority = entry.authority?.replace(/:\d{1,5}$/, "");
  const service = cluster !== null ? serviceOfHost(cluster.host) : authority ? serviceOfHost(authority) : null;
  const peer = { identity: null, pod: null, service };
  // The host of a ServiceEntry belongs to no application, whatever address the proxy listens on for it.
  if (cluster !== null && service === null) return { ...peer, address: cluster.host };
  // Behind a waypoint the local address is the Service's own; at a gateway it is the gateway's.
  return { ...peer, address: cluster?.at === "gateway" ? null : (local?.host ?? null) };
}

function clusterOf(name: string): Cluster | null {
  const [direction, port, , host, more] = name.split("|");
  const at = direction === "inbound-vip" ? "waypoint" : direction === "outbound" ? "gateway" : null;
  if (at === null || !host || more !== undefined || !/^\d{1,5}$/.test(port ?? "")) return null;
  return { at, port: Number(port), host };
}

const MATCHED = /^rbac_access_denied_matched_policy\[(.*)\]$/;

function refusalOf(entry: Entry): Pick<DeniedRequest, "refusal" | "policy"> | null {
  const details = entry.response_code_details ?? "";
  if (details === "ext_authz_denied") return { refusal: "external", policy: null };
  const matched = MATCHED.exec(details) ?? MATCHED.exec(entry.connection_termination_details ?? "");
  if (matched === null) return null;
  const [, namespace, name] = /^ns\[([^\]]*)\]-policy\[([^\]]*)\]-rule\[\d+\]$/.exec(matched[1] ?? "") ?? [];
  if (namespace !== undefined && name !== undefined) return { refusal: "deny-policy", policy: { namespace, name } };
  return matched[1] === "none" ? { refusal: "no-allow", policy: null } : { refusal: "deny-policy", policy: null };
}
