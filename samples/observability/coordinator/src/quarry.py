"""The Quarry workload: its ports, and the configuration of its workers."""

from coordinated_workers.coordinator import ClusterRolesConfig, Coordinator

ROLES = ClusterRolesConfig(
    roles={"all", "ingester", "querier"},
    meta_roles={"all": {"ingester", "querier"}},
    minimal_deployment={"ingester", "querier"},
    recommended_deployment={"ingester": 3, "querier": 2},
)


class Quarry:
    """Ports and configuration of the workload."""

    http_port = 3900
    grpc_port = 9195
    gossip_port = 7946

    # What nginx serves to the outside, by name.
    server_ports = {
        "http": http_port,
        "grpc": grpc_port,
    }

    def config(self, coordinator: Coordinator) -> str:
        """The configuration that all workers run with."""
        members = sorted(coordinator.cluster.gather_addresses())
        lines = [f"listen: :{self.http_port}", "members:"]
        lines += [f"  - {member}:{self.gossip_port}" for member in members]
        return "\n".join(lines)
