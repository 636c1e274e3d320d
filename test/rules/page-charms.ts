import { vendoredLibrary } from "../support/minicharms.ts";

/*
 * The charms under the examples of docs/rules: right in every respect, so that an example shows its own fault and no other.
 * `# region: x` and `# endregion` mark what a page may replace.
 */

const COORDINATOR = `//- coordinator/charmcraft.yaml
name: vault-coordinator-k8s
type: charm
containers:
  nginx:
    resource: nginx-image
  nginx-prometheus-exporter:
    resource: exporter-image
peers:
  peers:
    interface: vault_peers
provides:
  vault-cluster:
    interface: vault_cluster
  vault-api:
    interface: vault_api
  metrics-endpoint:
    interface: prometheus_scrape
  grafana-dashboard:
    interface: grafana_dashboard
  provide-cmr-mesh:
    interface: cross_model_mesh
requires:
  certificates:
    interface: tls-certificates
  s3:
    interface: s3
  logging:
    interface: loki_push_api
  charm-tracing:
    interface: tracing
  workload-tracing:
    interface: tracing
  service-mesh:
    interface: service_mesh
    limit: 1
  require-cmr-mesh:
    interface: cross_model_mesh
parts:
  charm:
    plugin: uv
//- coordinator/pyproject.toml
[project]
name = "vault-coordinator"
version = "0"
dependencies = ["ops", "coordinated-workers>=4.1.2", "charmed-service-mesh-helpers>=0.2.0", "lightkube-extensions>=0.3.0"]
//- coordinator/src/charm.py
# region: imports
import ops
from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, Method, UnitPolicy
from coordinated_workers.coordinator import ClusterRolesConfig, Coordinator
from coordinated_workers.worker_telemetry import WorkerTelemetryProxyConfig
# endregion

# region: constants
API_PORT = 3200
PROXY_PORT = 3300
# endregion
ROLES = ClusterRolesConfig(
    roles={"all", "read", "write"},
    meta_roles={"all": {"all", "read", "write"}},
    minimal_deployment={"read", "write"},
)


class VaultCoordinatorCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        # region: call
        self.coordinator = Coordinator(
        # endregion
            charm=self,
            roles_config=ROLES,
            external_url=self._url,
            worker_metrics_port=API_PORT,
            # region: endpoints
            endpoints={
                # region: required
                "certificates": "certificates",
                "cluster": "vault-cluster",
                "grafana-dashboards": "grafana-dashboard",
                "logging": "logging",
                "metrics": "metrics-endpoint",
                "s3": "s3",
                "charm-tracing": "charm-tracing",
                "workload-tracing": "workload-tracing",
                # endregion
                # region: optional
                "send-datasource": None,
                # endregion
                # region: mesh
                "service-mesh": "service-mesh",
                "service-mesh-provide-cmr-mesh": "provide-cmr-mesh",
                "service-mesh-require-cmr-mesh": "require-cmr-mesh",
                # endregion
            },
            # endregion
            nginx_config=None,
            workers_config=lambda _: "",
            # region: arguments
            workload_tracing_protocols=["otlp_http"],
            worker_telemetry_proxy_config=self._telemetry_proxy,
            charm_mesh_policies=self._mesh_policies,
            # endregion
        )
        # region: ports
        self.unit.set_ports(API_PORT, PROXY_PORT)
        # endregion

    @property
    def _url(self):
        return f"http://{self.app.name}.{self.model.name}.svc.cluster.local:{API_PORT}"

    # region: proxy
    @property
    def _telemetry_proxy(self):
        return WorkerTelemetryProxyConfig(http_port=PROXY_PORT, https_port=PROXY_PORT)
    # endregion

    # region: policies
    @property
    def _mesh_policies(self):
        return [
            AppPolicy(relation="vault-api", endpoints=[Endpoint(ports=[API_PORT], methods=[Method.get])]),
        ]
    # endregion
${[
  "charms.data_platform_libs.v0.s3",
  "charms.grafana_k8s.v0.grafana_dashboard",
  "charms.prometheus_k8s.v0.prometheus_scrape",
  "charms.loki_k8s.v1.loki_push_api",
  "charms.tempo_coordinator_k8s.v0.tracing",
  "charms.observability_libs.v0.kubernetes_compute_resources_patch",
  "charms.catalogue_k8s.v1.catalogue",
  "charms.istio_beacon_k8s.v0.service_mesh",
]
  .map((name) => placed("coordinator", name))
  .join("")}`;

const WORKER = `//- worker/charmcraft.yaml
name: vault-worker-k8s
type: charm
containers:
  vault:
    resource: vault-image
requires:
  vault-cluster:
    interface: vault_cluster
    limit: 1
parts:
  charm:
    plugin: uv
//- worker/pyproject.toml
[project]
name = "vault-worker"
version = "0"
dependencies = ["ops", "coordinated-workers>=4.1.2", "charmed-service-mesh-helpers>=0.2.0", "lightkube-extensions>=0.3.0"]
//- worker/src/charm.py
# region: imports
import ops
from coordinated_workers.worker import Worker
# endregion


class VaultWorkerCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        # region: call
        self.worker = Worker(
        # endregion
            charm=self,
            name="vault",
            pebble_layer=lambda _: {},
            # region: endpoints
            endpoints={"cluster": "vault-cluster"},
            # endregion
        )
${[
  "charms.loki_k8s.v1.loki_push_api",
  "charms.observability_libs.v0.kubernetes_compute_resources_patch",
  "charms.istio_beacon_k8s.v0.service_mesh",
]
  .map((name) => placed("worker", name))
  .join("")}`;

const SHOP = `//- shop/charmcraft.yaml
name: shop-k8s
type: charm
containers:
  shop:
    resource: shop-image
provides:
  website:
    interface: http
  metrics-endpoint:
    interface: prometheus_scrape
  provide-cmr-mesh:
    interface: cross_model_mesh
requires:
  service-mesh:
    interface: service_mesh
    limit: 1
  require-cmr-mesh:
    interface: cross_model_mesh
parts:
  charm:
    plugin: uv
//- shop/pyproject.toml
[project]
name = "shop"
version = "0"
dependencies = ["ops", "charmlibs-interfaces-service-mesh>=1.0"]
//- shop/src/charm.py
# region: imports
import ops
from charmlibs.interfaces.service_mesh import AppPolicy, Endpoint, Method, ServiceMeshConsumer, UnitPolicy
# endregion

# region: constants
HTTP_PORT = 8080
METRICS_PORT = 9102
# endregion


class ShopCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        # region: consumer
        self._mesh = ServiceMeshConsumer(
            self,
            # region: policies
            policies=[
                AppPolicy(relation="website", endpoints=[Endpoint(ports=[HTTP_PORT])]),
                UnitPolicy(relation="metrics-endpoint", ports=[METRICS_PORT]),
            ],
            # endregion
        )
        # endregion
        # region: ports
        self.unit.set_ports(HTTP_PORT)
        # endregion

    # region: methods
    # endregion
`;

/** The page charms in the fixtures' one-string form. */
export const PAGE_CHARMS = COORDINATOR + WORKER + SHOP;

function placed(charm: string, module: string): string {
  return vendoredLibrary(module, 20).replace("//- ", `//- ${charm}/`);
}
