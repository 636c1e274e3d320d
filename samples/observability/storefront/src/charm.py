#!/usr/bin/env python3
"""Storefront: a web shop on the mesh without a coordinator."""

import socket

import ops
from charmlibs.interfaces.service_mesh import (
    AppPolicy,
    Endpoint,
    Method,
    ServiceMeshConsumer,
    UnitPolicy,
)
from charms.prometheus_k8s.v0.prometheus_scrape import MetricsEndpointProvider

METRICS_PORT = 9102


class StorefrontCharm(ops.CharmBase):
    """Runs the web shop."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._port = int(self.config["port"])
        self._metrics = MetricsEndpointProvider(
            self,
            jobs=[{"static_configs": [{"targets": [f"{socket.getfqdn()}:{METRICS_PORT}"]}]}],
        )
        self._mesh = ServiceMeshConsumer(
            self,
            policies=[
                # Shoppers come through the Service.
                AppPolicy(
                    relation="storefront",
                    endpoints=[
                        Endpoint(ports=[self._port], methods=[Method.get], paths=["/*"]),
                        Endpoint(ports=[self._port], methods=[Method.post], paths=["/cart/*"]),
                    ],
                ),
                # Prometheus asks each unit.
                UnitPolicy(relation="metrics-endpoint", ports=[METRICS_PORT]),
            ],
        )
        self.unit.set_ports(self._port)


if __name__ == "__main__":
    ops.main(StorefrontCharm)
