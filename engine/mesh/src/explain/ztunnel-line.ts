import * as z from "zod";
import { type DeniedRequest, type LogLine, OTHER, type Peer, UNREAD } from "./access-line.ts";
import { addressAndPort, isTime, serviceOfHost, spiffeIdentity } from "./log-names.ts";

/*
 * ztunnel writes one access-log event when a connection ends (istio/ztunnel 62d82653, src/proxy/metrics.rs, `record_internal` and
 * `log_early_deny`). LOG_FORMAT chooses between text, `<time>\t<level>\taccess\t<message>\t<key>=<value> …`, with strings as Rust's Debug
 * prints them, and JSON with the same keys (src/telemetry.rs, `IstioFormat`, `IstioJsonFormat`). A refusal is the field `error`
 * (src/proxy.rs, `AuthorizationRejectionError`).
 */

const text = z.string().nullish();

const entrySchema = z.object({
  scope: z.literal("access"),
  message: z.string(),
  direction: z.enum(["inbound", "outbound"]),
  error: text,
  "src.addr": z.string(),
  "src.workload": text,
  "src.namespace": text,
  "src.identity": text,
  "dst.addr": z.string(),
  "dst.hbone_addr": text,
  "dst.service": text,
  "dst.workload": text,
  "dst.namespace": text,
  "dst.identity": text,
});

type Entry = z.infer<typeof entrySchema>;

const REJECTED = "connection closed due to policy rejection: ";
const DENIED_BY = "explicitly denied by: ";

/** Whether an object is an event of ztunnel's logger in JSON. */
export function isZtunnelJson(value: object): boolean {
  return "scope" in value && "level" in value && "time" in value;
}

/** Reads an event of ztunnel's logger in JSON; an event that is no access-log entry is `other`. */
export function ztunnelJsonEntry(value: object): LogLine {
  if (!("scope" in value) || value.scope !== "access") return OTHER;
  const read = entrySchema.safeParse(value);
  return read.success ? lineOf(read.data) : UNREAD;
}

/** Reads an access-log line of ztunnel in its text format; null where the line is none. */
export function ztunnelTextEntry(line: string): LogLine | null {
  const head = /^(\S+)[\t ]+([a-z]+)[\t ]+access[\t ]+/.exec(line.slice(0, 200));
  if (head === null || !isTime(head[1] ?? "")) return null;
  const rest = line.slice(head[0].length);
  const start = rest.search(/src\.addr=/);
  if (start < 0) return UNREAD;
  const fields = keyValues(rest.slice(start));
  if (fields === null) return UNREAD;
  const read = entrySchema.safeParse({ ...fields, scope: "access", message: rest.slice(0, start).trim() });
  return read.success ? lineOf(read.data) : UNREAD;
}

/** `key=value key="quoted \"value\""`; null where the text is not of that form throughout, or names a key twice. */
function keyValues(line: string): Record<string, string> | null {
  const found = new Map<string, string>();
  const pair = /([a-z][a-z_.]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]\S*))(?:\s+|$)/gy;
  while (pair.lastIndex < line.length) {
    const match = pair.exec(line);
    const [, key, quoted, bare] = match ?? [];
    if (key === undefined || found.has(key)) return null;
    found.set(key, quoted === undefined ? (bare ?? "") : quoted.replace(/\\(.)/g, "$1"));
  }
  return Object.fromEntries(found);
}

function lineOf(entry: Entry): LogLine {
  const refusal = refusalOf(entry);
  if (refusal === null) return OTHER;
  const source = addressAndPort(entry["src.addr"]);
  const socket = addressAndPort(entry["dst.addr"]);
  const inner = entry["dst.hbone_addr"] ? addressAndPort(entry["dst.hbone_addr"]) : null;
  // Over HBONE `dst.addr` is the tunnel (port 15008); the address inside it is the one that was called.
  const called = inner ?? socket;
  if (source === null || called === null || (entry["dst.hbone_addr"] && inner === null)) return UNREAD;
  const byHost = serviceOfHost(called.host);
  return {
    kind: "denied",
    request: {
      ...refusal,
      at: "ztunnel",
      source: {
        ...peer(entry["src.identity"], entry["src.namespace"], entry["src.workload"]),
        service: null,
        address: source.host,
      },
      target: {
        ...peer(entry["dst.identity"], entry["dst.namespace"], entry["dst.workload"]),
        service: byHost ?? (entry["dst.service"] ? serviceOfHost(entry["dst.service"]) : null),
        address: byHost === null ? called.host : null,
      },
      port: called.port,
      http: false,
      method: null,
      path: null,
      host: null,
    },
  };
}

function peer(
  identity: string | null | undefined,
  namespace: string | null | undefined,
  workload: string | null | undefined,
): Pick<Peer, "identity" | "pod"> {
  return {
    identity: identity ? spiffeIdentity(identity) : null,
    pod: namespace && workload ? { namespace, name: workload } : null,
  };
}

function refusalOf({ error, direction }: Entry): Pick<DeniedRequest, "refusal" | "policy"> | null {
  if (!error) return null;
  if (error.startsWith(REJECTED)) {
    const reason = error.slice(REJECTED.length);
    if (!reason.startsWith(DENIED_BY))
      return { refusal: reason === "allow policies exist, but none allowed" ? "no-allow" : "workload", policy: null };
    const [namespace, name] = reason.slice(DENIED_BY.length).split("/", 2);
    return { refusal: "deny-policy", policy: namespace && name ? { namespace, name } : null };
  }
  // A policy that arrives while a connection is open ends it.
  if (error === "connection closed due to policy change") return { refusal: "no-allow", policy: null };
  // The receiving ztunnel answers a refused CONNECT with 401 (src/proxy/inbound.rs, `serve_connect`).
  if (direction === "outbound" && error === "http status: 401 Unauthorized")
    return { refusal: "far-end", policy: null };
  return null;
}
