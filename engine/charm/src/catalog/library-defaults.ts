/** A library's default for a value that the charm does not set, with the place in the library that defines it. */
export interface LibraryDefault<T> {
  readonly value: T;
  readonly citation: string;
}

const CONSUMER = "charms.istio_beacon_k8s.v0.service_mesh, ServiceMeshConsumer.__init__";

/** Defaults of ServiceMeshConsumer's parameters; the same in both generations of the library. */
export const CONSUMER_DEFAULTS = {
  meshRelationName: { value: "service-mesh", citation: CONSUMER },
  crossModelMeshRequiresName: { value: "require-cmr-mesh", citation: CONSUMER },
  crossModelMeshProvidesName: { value: "provide-cmr-mesh", citation: CONSUMER },
  autoJoin: { value: true, citation: CONSUMER },
} as const satisfies Record<string, LibraryDefault<string | boolean>>;

const COORDINATOR = "coordinated-workers 4.1.2, coordinator.py";

/** Defaults and fixed parts of Coordinator. */
export const COORDINATOR_DEFAULTS = {
  peerRelation: { value: "peers", citation: `${COORDINATOR}, PEER_RELATION_DEFAULT_NAME` },
  nginxContainer: { value: "nginx", citation: `${COORDINATOR}, Coordinator._nginx_container_name` },
  exporterContainer: {
    value: "nginx-prometheus-exporter",
    citation: `${COORDINATOR}, Coordinator._nginx_pexp_container_name`,
  },
  exporterPort: { value: 9113, citation: `${COORDINATOR}, Coordinator._nginx_exporter_port` },
} as const satisfies Record<string, LibraryDefault<string | number>>;

/** Libraries that coordinated_workers looks for when it is imported (`check_libs_installed`: RuntimeError if absent). */
export const COORDINATOR_LIBRARIES: LibraryDefault<readonly string[]> = {
  value: [
    "charms.data_platform_libs.v0.s3",
    "charms.grafana_k8s.v0.grafana_dashboard",
    "charms.prometheus_k8s.v0.prometheus_scrape",
    "charms.loki_k8s.v1.loki_push_api",
    "charms.tempo_coordinator_k8s.v0.tracing",
    "charms.observability_libs.v0.kubernetes_compute_resources_patch",
    "charms.catalogue_k8s.v1.catalogue",
    "charms.istio_beacon_k8s.v0.service_mesh",
  ],
  citation: "coordinated-workers 2.1.0 to 4.1.2, coordinator.py, check_libs_installed",
};

/** Additionally looked for before 4.0.0, which takes the packaged tls-certificates library instead. */
export const COORDINATOR_LIBRARIES_BEFORE_4: LibraryDefault<readonly string[]> = {
  value: ["charms.tls_certificates_interface.v4.tls_certificates"],
  citation: "coordinated-workers 2.1.0 to 3.0.1, coordinator.py, check_libs_installed",
};

export const WORKER_LIBRARIES: LibraryDefault<readonly string[]> = {
  value: [
    "charms.loki_k8s.v1.loki_push_api",
    "charms.observability_libs.v0.kubernetes_compute_resources_patch",
    "charms.istio_beacon_k8s.v0.service_mesh",
  ],
  citation: "coordinated-workers 2.1.0 to 4.1.2, worker.py, check_libs_installed",
};

/** Paths below which the coordinator's nginx passes worker telemetry on; `{unit}` and `{protocol}` are filled in per route. */
export const PROXY_PATHS = {
  value: {
    metrics: "/proxy/worker/{unit}/metrics",
    logging: "/proxy/loki/{unit}/push",
    "remote-write": "/proxy/remote-write/{unit}/write",
    "charm-tracing": "/proxy/charm-tracing/{protocol}/",
    "workload-tracing": "/proxy/workload-tracing/{protocol}/",
  },
  citation: "coordinated-workers 4.1.2, worker_telemetry.py, PROXY_WORKER_TELEMETRY_PATHS",
} as const satisfies LibraryDefault<Readonly<Record<string, string>>>;

/** Members of the `Method` enum and what each sends. All lower case: `Method.GET` is an AttributeError. */
export const METHOD_MEMBERS: LibraryDefault<ReadonlyMap<string, string>> = {
  value: new Map(
    ["connect", "delete", "get", "head", "options", "patch", "post", "put", "trace"].map((name) => [
      name,
      name.toUpperCase(),
    ]),
  ),
  citation: "charms.istio_beacon_k8s.v0.service_mesh, class Method; canonical-service-mesh 0.1.0, enums.py",
};

/** Members of `PolicyTargetType` and `MeshType` and their values. */
export const TARGET_TYPE_MEMBERS: LibraryDefault<ReadonlyMap<string, string>> = {
  value: new Map([
    ["app", "app"],
    ["unit", "unit"],
  ]),
  citation: "charms.istio_beacon_k8s.v0.service_mesh, class PolicyTargetType",
};
