import type { LibraryConcept } from "./library-names.ts";

/** A constructor's parameters in order, `self` left out, so that positional arguments get their names. */
export interface Constructor {
  readonly parameters: readonly string[];
  /** How many may be given by position; those behind are keyword-only. */
  readonly positional: number;
  readonly citation: string;
}

const COORDINATED_WORKERS = "coordinated-workers 4.1.2";
const SERVICE_MESH =
  "charms.istio_beacon_k8s.v0.service_mesh, LIBPATCH 20; the same in charmlibs-interfaces-service-mesh 1.0.2";

/**
 * Coordinator's first eight parameters have the same position in every version that has mesh support (2.1.0 to 4.1.2);
 * behind them 2.x and 3.x have `nginx_options` and `is_recommended`, so no position behind the eighth maps to a name.
 */
const CONSTRUCTORS: Partial<Record<LibraryConcept, Constructor>> = {
  Coordinator: {
    parameters: [
      "charm",
      "roles_config",
      "external_url",
      "worker_metrics_port",
      "endpoints",
      "nginx_config",
      "workers_config",
      "worker_ports",
      "is_coherent",
      "resources_limit_options",
      "resources_requests",
      "container_name",
      "remote_write_endpoints",
      "workload_tracing_protocols",
      "catalogue_item",
      "worker_telemetry_proxy_config",
      "charm_mesh_policies",
      "peer_relation",
    ],
    positional: 8,
    citation: `${COORDINATED_WORKERS}, coordinator.py, Coordinator.__init__`,
  },
  Worker: {
    parameters: [
      "charm",
      "name",
      "pebble_layer",
      "endpoints",
      "readiness_check_endpoint",
      "resources_limit_options",
      "resources_requests",
      "container_name",
    ],
    positional: 8,
    citation: `${COORDINATED_WORKERS}, worker.py, Worker.__init__`,
  },
  ClusterRolesConfig: {
    parameters: ["roles", "meta_roles", "minimal_deployment", "recommended_deployment"],
    positional: 4,
    citation: `${COORDINATED_WORKERS}, coordinator.py, dataclass ClusterRolesConfig (recommended_deployment until 2.x)`,
  },
  WorkerTelemetryProxyConfig: {
    parameters: ["http_port", "https_port"],
    positional: 2,
    citation: `${COORDINATED_WORKERS}, worker_telemetry.py, dataclass WorkerTelemetryProxyConfig`,
  },
  ServiceMeshConsumer: {
    parameters: [
      "charm",
      "mesh_relation_name",
      "cross_model_mesh_requires_name",
      "cross_model_mesh_provides_name",
      "policies",
      "auto_join",
    ],
    positional: 6,
    citation: `${SERVICE_MESH}, ServiceMeshConsumer.__init__`,
  },
  PolicyResourceManager: {
    parameters: ["charm", "lightkube_client", "labels", "logger"],
    positional: 4,
    citation: `${SERVICE_MESH}, PolicyResourceManager.__init__`,
  },
  // pydantic models take keywords only.
  AppPolicy: {
    parameters: ["relation", "endpoints", "service"],
    positional: 0,
    citation: `${SERVICE_MESH}, AppPolicy`,
  },
  Policy: { parameters: ["relation", "endpoints", "service"], positional: 0, citation: `${SERVICE_MESH}, Policy` },
  UnitPolicy: { parameters: ["relation", "ports"], positional: 0, citation: `${SERVICE_MESH}, UnitPolicy` },
  Endpoint: {
    parameters: ["hosts", "ports", "methods", "paths"],
    positional: 0,
    citation: `${SERVICE_MESH}, Endpoint`,
  },
  MeshPolicy: {
    parameters: [
      "source_namespace",
      "source_app_name",
      "target_namespace",
      "target_app_name",
      "target_selector_labels",
      "target_service",
      "target_type",
      "endpoints",
    ],
    positional: 0,
    citation: `${SERVICE_MESH}, MeshPolicy`,
  },
  Client: {
    parameters: [
      "config",
      "namespace",
      "timeout",
      "lazy",
      "field_manager",
      "trust_env",
      "dry_run",
      "transport",
      "proxy",
    ],
    positional: 9,
    citation: "lightkube 0.17, core/client.py, Client.__init__",
  },
  KubernetesServicePatch: {
    parameters: [
      "charm",
      "ports",
      "service_name",
      "service_type",
      "additional_labels",
      "additional_selectors",
      "additional_annotations",
      "refresh_event",
    ],
    positional: 7,
    citation: "charms.observability_libs.v1.kubernetes_service_patch, KubernetesServicePatch.__init__",
  },
  KubernetesServicePatchComponent: {
    parameters: ["charm", "name", "ports"],
    positional: 3,
    citation: "minio-operator and mlmd-operator, src/components/service_component.py",
  },
  ServicePort: {
    parameters: ["port", "appProtocol", "name", "nodePort", "protocol", "targetPort"],
    positional: 6,
    citation: "lightkube 0.17, models/core_v1.py, dataclass ServicePort",
  },
  Port: { parameters: ["protocol", "port"], positional: 2, citation: "ops 2.23, model.py, dataclass Port" },
  OpenedPort: { parameters: ["protocol", "port"], positional: 2, citation: "ops 2.23, model.py, OpenedPort = Port" },
};

/** How a concept is constructed; null where it is no class that is called. */
export function constructorOf(concept: LibraryConcept): Constructor | null {
  return CONSTRUCTORS[concept] ?? null;
}
