/** One key of the `endpoints` map that Coordinator reads, and its relation. */
export interface EndpointKey {
  readonly key: string;
  readonly required: boolean;
  /** Interface of the relation; for `cluster` every `<product>_cluster` is right. */
  readonly interface: string;
  readonly side: "provides" | "requires";
  /** What the coordinator does with it, in one sentence. */
  readonly about: string;
  readonly citation: string;
}

const COORDINATOR = "coordinated-workers 4.1.2, coordinator.py";

/**
 * `_EndpointMapping` of coordinated-workers: the keys, which of them are read with `[…]` (required: absent is a KeyError)
 * and which with `.get()` (optional: None or absent is fine), and the interface of the library object that each feeds.
 */
export const ENDPOINT_KEYS: readonly EndpointKey[] = [
  required(
    "certificates",
    "tls-certificates",
    "requires",
    "Asks for the TLS certificate of the coordinator and its workers.",
  ),
  required(
    "cluster",
    "<product>_cluster",
    "provides",
    "Exchanges roles, addresses and configuration with the workers.",
  ),
  required("grafana-dashboards", "grafana_dashboard", "provides", "Hands dashboards to Grafana."),
  required("logging", "loki_push_api", "requires", "Where logs of the cluster are pushed to."),
  required(
    "metrics",
    "prometheus_scrape",
    "provides",
    "Metrics of the coordinator and, through its proxy, of the workers.",
  ),
  required("charm-tracing", "tracing", "requires", "Where traces of the charm code go."),
  required("workload-tracing", "tracing", "requires", "Where traces of the workers' own programs go."),
  required("s3", "s3", "requires", "The object storage of the cluster."),
  optional(
    "send-datasource",
    "grafana_datasource_exchange",
    "provides",
    "Tells other backends the Grafana datasource of this one.",
  ),
  optional(
    "receive-datasource",
    "grafana_datasource_exchange",
    "requires",
    "Learns the Grafana datasources of other backends.",
  ),
  optional("catalogue", "catalogue", "requires", "Publishes a link in the catalogue."),
  optional("service-mesh", "service_mesh", "requires", "Joins the mesh and asks the beacon for policies."),
  optional("service-mesh-provide-cmr-mesh", "cross_model_mesh", "provides", "Learns who calls from other models."),
  optional(
    "service-mesh-require-cmr-mesh",
    "cross_model_mesh",
    "requires",
    "Tells applications in other models who calls.",
  ),
];

/** The three keys that are set together or not at all (service_mesh.py, `initialize`: ValueError otherwise). */
export const MESH_ENDPOINT_KEYS: readonly string[] = [
  "service-mesh",
  "service-mesh-provide-cmr-mesh",
  "service-mesh-require-cmr-mesh",
];

/** What is known about a key of the coordinator's map; null for one that Coordinator does not read. */
export function endpointKey(key: string): EndpointKey | null {
  return ENDPOINT_KEYS.find((each) => each.key === key) ?? null;
}

/**
 * Whether a relation's interface is right for a key. `cluster` takes any `<product>_cluster`
 * (coordinated_workers/interfaces/cluster.py names none itself).
 */
export function fitsEndpointKey(key: EndpointKey, relationInterface: string): boolean {
  return key.key === "cluster" ? /.[-_]cluster$/.test(relationInterface) : key.interface === relationInterface;
}

function required(key: string, name: string, side: EndpointKey["side"], about: string): EndpointKey {
  return { key, required: true, interface: name, side, about, citation: COORDINATOR };
}

function optional(key: string, name: string, side: EndpointKey["side"], about: string): EndpointKey {
  return { key, required: false, interface: name, side, about, citation: COORDINATOR };
}
