#!/usr/bin/env python3
"""Quarry coordinator: keeps the cluster together and speaks for it to the outside."""

import socket
from typing import List, Union

import ops
from charms.grafana_k8s.v0.grafana_source import GrafanaSourceProvider
from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, Method, UnitPolicy
from charms.prometheus_k8s.v1.prometheus_remote_write import PrometheusRemoteWriteConsumer
from charmlibs.nginx_k8s import NginxConfig
from coordinated_workers.coordinator import Coordinator
from coordinated_workers.worker_telemetry import WorkerTelemetryProxyConfig

from nginx_config import locations, upstreams
from quarry import ROLES, Quarry

# All telemetry of the workers goes through this port of the coordinator.
TELEMETRY_PROXY_PORT = 3910


class QuarryCoordinatorCharm(ops.CharmBase):
    """Coordinates a Quarry cluster."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.quarry = Quarry()
        self._remote_write = PrometheusRemoteWriteConsumer(self, relation_name="send-remote-write")
        self.coordinator = Coordinator(
            charm=self,
            roles_config=ROLES,
            external_url=self._internal_url,
            worker_metrics_port=Quarry.http_port,
            endpoints={
                "certificates": "certificates",
                "cluster": "quarry-cluster",
                "grafana-dashboards": "grafana-dashboard",
                "logging": "logging",
                "metrics": "metrics-endpoint",
                "s3": "s3",
                "charm-tracing": "charm-tracing",
                "workload-tracing": "workload-tracing",
                "send-datasource": None,
                "receive-datasource": None,
                "catalogue": None,
                "service-mesh": "service-mesh",
                "service-mesh-provide-cmr-mesh": "provide-cmr-mesh",
                "service-mesh-require-cmr-mesh": "require-cmr-mesh",
            },
            nginx_config=NginxConfig(
                server_name=socket.getfqdn(),
                upstream_configs=upstreams(Quarry.server_ports),
                server_ports_to_locations=locations(Quarry.server_ports),
            ),
            workers_config=self.quarry.config,
            worker_ports=lambda _: (Quarry.http_port, Quarry.grpc_port, Quarry.gossip_port),
            remote_write_endpoints=lambda: self._remote_write.endpoints,
            workload_tracing_protocols=["otlp_http"],
            worker_telemetry_proxy_config=self._telemetry_proxy,
            charm_mesh_policies=self._mesh_policies,
        )
        self._grafana_source = GrafanaSourceProvider(
            self,
            source_type="quarry",
            source_url=self._internal_url,
        )
        self.unit.set_ports(*Quarry.server_ports.values(), TELEMETRY_PROXY_PORT)

    @property
    def _internal_url(self) -> str:
        """The address of this application's Service."""
        return f"http://{self.app.name}.{self.model.name}.svc.cluster.local:{Quarry.http_port}"

    @property
    def _telemetry_proxy(self) -> WorkerTelemetryProxyConfig:
        """The port that workers send their telemetry to, with and without TLS."""
        return WorkerTelemetryProxyConfig(
            http_port=TELEMETRY_PROXY_PORT,
            https_port=TELEMETRY_PROXY_PORT,
        )

    @property
    def _mesh_policies(self) -> List[Union[AppPolicy, UnitPolicy]]:
        """Who may reach this cluster from the outside; the Coordinator adds what the cluster needs inside."""
        return [
            # Applications write and read events through the Service.
            AppPolicy(
                relation="quarry-api",
                endpoints=[
                    Endpoint(
                        ports=[Quarry.server_ports["http"]],
                        methods=[Method.get, Method.post],
                        paths=["/api/v1/*"],
                    ),
                    Endpoint(ports=[Quarry.server_ports["grpc"]]),
                ],
            ),
            # Grafana only ever asks.
            AppPolicy(
                relation="grafana-source",
                endpoints=[
                    Endpoint(
                        ports=[Quarry.server_ports["http"]],
                        methods=[Method.get],
                        paths=["/api/v1/query", "/api/v1/labels"],
                    )
                ],
            ),
        ]


if __name__ == "__main__":
    ops.main(QuarryCoordinatorCharm)
