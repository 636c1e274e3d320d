#!/usr/bin/env python3
"""Quarry worker: runs the ingester."""

import ops
from coordinated_workers.worker import Worker


class QuarryIngestWorkerCharm(ops.CharmBase):
    """A worker of a Quarry cluster."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.worker = Worker(
            charm=self,
            name="quarry",
            pebble_layer=self._layer,
            endpoints={"cluster": "quarry-cluster"},
            readiness_check_endpoint="http://localhost:3900/ready",
        )

    def _layer(self, worker: Worker) -> ops.pebble.Layer:
        """Runs the workload with the configuration that the coordinator sent."""
        return ops.pebble.Layer(
            {
                "services": {
                    "quarry": {
                        "override": "replace",
                        "command": "/bin/quarry --config /etc/worker/config.yaml --target ingester",
                        "startup": "enabled",
                    }
                }
            }
        )


if __name__ == "__main__":
    ops.main(QuarryIngestWorkerCharm)
