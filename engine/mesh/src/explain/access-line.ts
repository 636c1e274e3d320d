/** Which proxy refused: ztunnel at the pod, a waypoint in front of a Service, or an ingress gateway. */
export type DenialPoint = "ztunnel" | "waypoint" | "gateway";

/** One end of a connection, as far as the log line names it. */
export interface Peer {
  /** The namespace and service account of the SPIFFE identity; Juju's are the model and the application. */
  readonly identity: { readonly namespace: string; readonly account: string } | null;
  readonly pod: { readonly namespace: string; readonly name: string } | null;
  readonly service: { readonly namespace: string; readonly name: string } | null;
  /** An IP address without its port, or a host that is no Service of the cluster. */
  readonly address: string | null;
}

/** Why the proxy refused, in the proxy's own terms. */
export type Refusal =
  /** At least one ALLOW policy applies, and none matches. */
  | "no-allow"
  /** A DENY policy matches. */
  | "deny-policy"
  /** The proxy at the far end refused; this line is the sender's. */
  | "far-end"
  /** The proxy does not know the workload that is called. */
  | "workload"
  /** An external authorizer (a CUSTOM policy) refused. */
  | "external";

/** One refused request or connection. */
export interface DeniedRequest {
  readonly at: DenialPoint;
  readonly refusal: Refusal;
  /** The DENY policy that the line names. */
  readonly policy: { readonly namespace: string; readonly name: string } | null;
  readonly source: Peer;
  readonly target: Peer;
  readonly port: number | null;
  /** false: a TCP connection; then `method`, `path` and `host` are null. */
  readonly http: boolean;
  readonly method: string | null;
  /** Without its query. */
  readonly path: string | null;
  readonly host: string | null;
}

/** What one line of a log is: a denial, another line of a known format, or a line of a format that is not known. */
export type LogLine =
  | { readonly kind: "denied"; readonly request: DeniedRequest }
  | { readonly kind: "other" }
  | { readonly kind: "unread" };

export const UNREAD: LogLine = { kind: "unread" };
export const OTHER: LogLine = { kind: "other" };
