"""What nginx serves: one upstream and one location for every port of the workload."""

from typing import Dict, List

from charmlibs.nginx_k8s import NginxLocationConfig, NginxUpstream


def upstreams(server_ports: Dict[str, int]) -> List[NginxUpstream]:
    """One upstream for every named port; queriers answer all of them."""
    return [NginxUpstream(name, port, "querier") for name, port in server_ports.items()]


def locations(server_ports: Dict[str, int]) -> Dict[int, List[NginxLocationConfig]]:
    """Everything below / goes to the upstream of its port."""
    return {
        port: [NginxLocationConfig(path="/", backend=name, is_grpc=name == "grpc")]
        for name, port in server_ports.items()
    }
