import type { CharmFiles } from "#charm";
import { charmFiles, overlaid } from "./charm-fixture.ts";

/** A library file as charmcraft fetches it, with nothing but what is read of it. */
export function vendoredLibrary(module: string, patch: number): string {
  return `//- lib/${module.replaceAll(".", "/")}.py
LIBID = "0123456789abcdef"
LIBAPI = 0
LIBPATCH = ${patch}
`;
}

const COORDINATOR_LIBRARIES = [
  "charms.data_platform_libs.v0.s3",
  "charms.grafana_k8s.v0.grafana_dashboard",
  "charms.prometheus_k8s.v0.prometheus_scrape",
  "charms.loki_k8s.v1.loki_push_api",
  "charms.tempo_coordinator_k8s.v0.tracing",
  "charms.observability_libs.v0.kubernetes_compute_resources_patch",
  "charms.catalogue_k8s.v1.catalogue",
];

/** A coordinator charm that is right in every respect that is checked. */
export const MINI_COORDINATOR = `
//- charmcraft.yaml
name: mini-coordinator-k8s
type: charm
containers:
  nginx:
    resource: nginx-image
  nginx-prometheus-exporter:
    resource: exporter-image
provides:
  mini-cluster:
    interface: mini_cluster
  grafana-dashboard:
    interface: grafana_dashboard
  metrics-endpoint:
    interface: prometheus_scrape
  mini-api:
    interface: mini_api
  provide-cmr-mesh:
    interface: cross_model_mesh
requires:
  certificates:
    interface: tls-certificates
    limit: 1
  s3:
    interface: s3
    limit: 1
  logging:
    interface: loki_push_api
  charm-tracing:
    interface: tracing
    limit: 1
  workload-tracing:
    interface: tracing
    limit: 1
  service-mesh:
    interface: service_mesh
    limit: 1
  require-cmr-mesh:
    interface: cross_model_mesh
peers:
  peers:
    interface: mini_peers
parts:
  charm:
    plugin: uv
//- pyproject.toml
[project]
name = "mini-coordinator"
version = "0"
dependencies = ["ops", "coordinated-workers>=2.2.6", "charmed-service-mesh-helpers>=0.2.0", "lightkube-extensions"]
//- src/charm.py
import socket

import ops
from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, UnitPolicy
from coordinated_workers.coordinator import ClusterRolesConfig, Coordinator
from coordinated_workers.worker_telemetry import WorkerTelemetryProxyConfig

from mini import Mini

PROXY_PORT = 3300
ROLES = ClusterRolesConfig(roles={"all", "read"}, meta_roles={}, minimal_deployment={"read"})


class MiniCoordinatorCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.coordinator = Coordinator(
            charm=self,
            roles_config=ROLES,
            external_url=f"http://{self.hostname}",
            worker_metrics_port=Mini.http_port,
            endpoints={
                "certificates": "certificates",
                "cluster": "mini-cluster",
                "grafana-dashboards": "grafana-dashboard",
                "logging": "logging",
                "metrics": "metrics-endpoint",
                "s3": "s3",
                "charm-tracing": "charm-tracing",
                "workload-tracing": "workload-tracing",
                "send-datasource": None,
                "service-mesh": "service-mesh",
                "service-mesh-provide-cmr-mesh": "provide-cmr-mesh",
                "service-mesh-require-cmr-mesh": "require-cmr-mesh",
            },
            nginx_config=None,
            workers_config=lambda _: "",
            workload_tracing_protocols=["otlp_http"],
            worker_telemetry_proxy_config=self._proxy,
            charm_mesh_policies=self._policies,
        )
        self.unit.set_ports(Mini.http_port, PROXY_PORT)

    @property
    def hostname(self):
        return socket.getfqdn()

    @property
    def _proxy(self):
        return WorkerTelemetryProxyConfig(http_port=PROXY_PORT, https_port=PROXY_PORT)

    @property
    def _policies(self):
        return [
            AppPolicy(relation="mini-api", endpoints=[Endpoint(ports=[Mini.http_port])]),
        ]
//- src/mini.py
class Mini:
    http_port = 3200
${[...COORDINATOR_LIBRARIES, "charms.istio_beacon_k8s.v0.service_mesh"].map((name) => vendoredLibrary(name, 20)).join("")}`;

/** A worker charm that fits the coordinator. */
export const MINI_WORKER = `
//- charmcraft.yaml
name: mini-worker-k8s
type: charm
containers:
  mini:
    resource: mini-image
requires:
  mini-cluster:
    interface: mini_cluster
    limit: 1
parts:
  charm:
    plugin: uv
//- pyproject.toml
[project]
name = "mini-worker"
version = "0"
dependencies = ["ops", "coordinated-workers>=2.2.6", "charmed-service-mesh-helpers>=0.2.0", "lightkube-extensions"]
//- src/charm.py
import ops
from coordinated_workers.worker import Worker


class MiniWorkerCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.worker = Worker(
            charm=self,
            name="mini",
            pebble_layer=self.layer,
            endpoints={"cluster": "mini-cluster"},
        )
${[
  "charms.loki_k8s.v1.loki_push_api",
  "charms.observability_libs.v0.kubernetes_compute_resources_patch",
  "charms.istio_beacon_k8s.v0.service_mesh",
]
  .map((name) => vendoredLibrary(name, 20))
  .join("")}`;

/** A plain charm with a consumer of its own. */
export const MINI_CONSUMER = `
//- charmcraft.yaml
name: mini-k8s
type: charm
containers:
  mini:
    resource: mini-image
provides:
  metrics-endpoint:
    interface: prometheus_scrape
  website:
    interface: http
  provide-cmr-mesh:
    interface: cross_model_mesh
requires:
  service-mesh:
    interface: service_mesh
    limit: 1
  require-cmr-mesh:
    interface: cross_model_mesh
config:
  options:
    port:
      type: int
      default: 8080
parts:
  charm:
    plugin: charm
//- requirements.txt
ops
charmed-service-mesh-helpers>=0.2.0
lightkube-extensions
//- src/charm.py
import ops
from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, Method, ServiceMeshConsumer, UnitPolicy

METRICS_PORT = 9090


class MiniCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self._mesh = ServiceMeshConsumer(
            self,
            policies=[
                AppPolicy(
                    relation="website",
                    endpoints=[Endpoint(ports=[int(self.config["port"])], methods=[Method.get], paths=["/*"])],
                ),
                UnitPolicy(relation="metrics-endpoint", ports=[METRICS_PORT]),
            ],
        )
        self.unit.open_port("tcp", int(self.config["port"]))
${vendoredLibrary("charms.istio_beacon_k8s.v0.service_mesh", 20)}`;

/** The coordinator with some files laid over it. */
export function miniCoordinator(overlay = "", root = "coordinator"): CharmFiles {
  return charmFiles(overlaid(MINI_COORDINATOR, overlay), root);
}

/** The worker with some files laid over it. */
export function miniWorker(overlay = "", root = "worker"): CharmFiles {
  return charmFiles(overlaid(MINI_WORKER, overlay), root);
}

/** The plain charm with some files laid over it. */
export function miniConsumer(overlay = "", root = ""): CharmFiles {
  return charmFiles(overlaid(MINI_CONSUMER, overlay), root);
}
