/*
 * A charm as people write them, and the states in which an editor sees it while someone types. Each breakage replaces one text
 * by another; `loses` are the facts (see outline.ts) that may change by it, each the start or a part of a line: everything else
 * must be read as from the whole file.
 */

export const charm = `#!/usr/bin/env python3
"""A coordinator of ours."""

import logging
import socket
from typing import Optional

from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, UnitPolicy
from coordinated_workers.coordinator import Coordinator, WorkerTelemetryProxyConfig
from ops import CharmBase, main

from roles import ROLES, Ports

logger = logging.getLogger(__name__)
PROXY_PORT = 3180
EXTRA = {"grpc": 9096, "http": 3200}


class LedgerCoordinator(CharmBase):
    """Runs the ledger."""

    _nginx_port = Ports.nginx
    _timeout: int = 30

    def __init__(self, *args):
        super().__init__(*args)
        self.unit.set_ports(PROXY_PORT, self._nginx_port)
        self.coordinator = Coordinator(
            charm=self,
            roles_config=ROLES,
            external_url=self._external_url,
            endpoints={
                "certificates": "certificates",
                "cluster": "ledger-cluster",
                "grafana-dashboards": "grafana-dashboard",
                "logging": "logging",
                "metrics": "self-metrics-endpoint",
                "charm-tracing": "charm-tracing",
                "s3": "s3",
                "service-mesh": "service-mesh",
            },
            nginx_config=NginxConfig(server_name=self.hostname, ports=[3200, 9096]),
            worker_telemetry_proxy_config=WorkerTelemetryProxyConfig(
                http_port=PROXY_PORT,
                https_port=PROXY_PORT,
            ),
            charm_mesh_policies=[
                AppPolicy(
                    relation="api",
                    endpoints=[Endpoint(ports=[self._nginx_port, 8443], methods=["GET"])],
                ),
                UnitPolicy(relation="self-metrics-endpoint", ports=[3200]),
            ],
        )
        self.framework.observe(self.on.config_changed, self._on_config_changed)

    @property
    def hostname(self) -> str:
        """The host's name."""
        return socket.getfqdn()

    @property
    def _external_url(self) -> str:
        if self.coordinator.tls_available:
            return f"https://{self.hostname}:{self._nginx_port}"
        return f"http://{self.hostname}"

    def _on_config_changed(self, event) -> None:
        level = self.config.get("level", "info")
        for name, port in EXTRA.items():
            logger.info("port %s of %s", port, name)
        try:
            self._apply(level)
        except ValueError as error:
            logger.error(error)
        with open("/tmp/level") as file:
            file.read()

    def _apply(self, level: str, strict: bool = False) -> Optional[str]:
        self._level = level
        return None


if __name__ == "__main__":
    main(LedgerCoordinator)
`;

export interface Breakage {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly loses: readonly string[];
  /** Whether what stands there is broken; half a name is a name. */
  readonly damages: boolean;
}

function breakage(name: string, from: string, to: string, ...loses: string[]): Breakage {
  return { name, from, to, loses, damages: true };
}

const endpoints = "endpoints=";
const tail = charm.indexOf('                "metrics"');

const halfPolicy = breakage(
  "half a new policy",
  "ports=[3200]),\n            ],",
  "ports=[3200]),\n                AppPol\n            ],",
  "charm_mesh_policies=- ",
);

export const breakages: readonly Breakage[] = [
  // In the endpoint map.
  breakage("string not closed in a value", '"logging": "logging",', '"logging": "logging,', '["logging"]'),
  breakage("string not closed in a key", '"logging": "logging",', '"logging: "logging",', '["logging"]'),
  breakage("string not closed, comma missing too", '"logging": "logging",', '"logging": "log', '["logging"]'),
  breakage("only a quote so far", '"logging": "logging",', '"', '["logging"]'),
  breakage("half a key", '"logging": "logging",', '"logg', '["logging"]'),
  breakage("key without colon and value", '"logging": "logging",', '"logging"', '["logging"]'),
  breakage("key without value", '"logging": "logging",', '"logging":', '["logging"]'),
  breakage("key without value, comma there", '"logging": "logging",', '"logging": ,', '["logging"]'),
  breakage("colon missing", '"logging": "logging",', '"logging" "logging",', '["logging"]'),
  breakage("comma missing", '"logging": "logging",', '"logging": "logging"'),
  breakage(
    "comma missing at the end of the map",
    '"service-mesh": "service-mesh",\n            },',
    '"service-mesh": "service-mesh",\n            }',
  ),
  breakage("comma twice", '"logging": "logging",', '"logging": "logging",,'),
  breakage("dot at the end of a value", '"logging": "logging",', '"logging": self.names.,', '["logging"]'),
  breakage("dot at the end, no comma", '"logging": "logging",', '"logging": self.names.', '["logging"]'),
  breakage("call not closed in a value", '"logging": "logging",', '"logging": name_of(self,', '["logging"]'),
  breakage("subscript not closed in a value", '"logging": "logging",', '"logging": NAMES["a",', '["logging"]'),
  breakage("bracket not closed in a value", '"logging": "logging",', '"logging": [', '["logging"]'),
  breakage("map in a value not closed", '"logging": "logging",', '"logging": {', '["logging"]'),
  breakage("stray closing brace", '"logging": "logging",', '"logging": "logging"},'),
  breakage("stray closing parenthesis", '"logging": "logging",', '"logging": "logging"),'),
  breakage("operator without its right side", '"logging": "logging",', '"logging": "log" +,', '["logging"]'),
  breakage("f-string not closed", '"logging": "logging",', '"logging": f"{self.app', '["logging"]'),
  breakage("half a conditional", '"logging": "logging",', '"logging": "logging" if self.x,', '["logging"]'),
  breakage("map not closed", '"service-mesh": "service-mesh",\n            },', '"service-mesh": "service-mesh",'),
  breakage(
    "map not closed, last comma missing",
    '"service-mesh": "service-mesh",\n            },',
    '"service-mesh": "service-mesh"',
  ),
  breakage("map not opened", "endpoints={", "endpoints=", endpoints),
  breakage("value of the argument missing", "roles_config=ROLES,", "roles_config=,", "roles_config="),
  breakage("value of the argument missing, comma too", "roles_config=ROLES,", "roles_config=", "roles_config="),
  breakage("half a keyword argument", "roles_config=ROLES,", "roles_con", "roles_config=", "· roles_con"),
  breakage("comma missing between arguments", "roles_config=ROLES,", "roles_config=ROLES"),
  breakage("dot at the end of an argument", "roles_config=ROLES,", "roles_config=self.", "roles_config="),
  // The Coordinator call and what is around it.
  breakage("call not closed", "            ],\n        )\n", "            ],\n"),
  breakage(
    "call not closed, map neither",
    '"service-mesh": "service-mesh",\n            },',
    '"service-mesh": "service-mesh",\n        # todo',
    "stray",
  ),
  breakage("inner call not closed", "ports=[3200, 9096]),", "ports=[3200, 9096],", "nginx_config="),
  breakage("inner list not closed", "ports=[3200, 9096]),", "ports=[3200, 9096),", "nginx_config="),
  breakage(
    "parenthesis of a call not opened",
    "self.coordinator = Coordinator(",
    "self.coordinator = Coordinator",
    "self.coordinator = ",
  ),
  breakage("file ends in the map", charm.slice(tail), '                "met', "metrics"),
  // The policy list.
  breakage("policy list not closed", "ports=[3200]),\n            ],", "ports=[3200]),"),
  breakage("policy not closed", 'methods=["GET"])],\n                ),', 'methods=["GET"])],', "charm_mesh_policies="),
  breakage("string of a policy not closed", 'relation="api",', 'relation="api,', "relation="),
  breakage("value of a policy's relation missing", 'relation="api",', "relation=", "relation="),
  breakage("ports half typed", "ports=[self._nginx_port, 8443]", "ports=[self._nginx_port, ", "AppPolicy endpoints="),
  breakage("dot at the end in ports", "ports=[self._nginx_port, 8443]", "ports=[self., 8443]", "AppPolicy endpoints="),
  { ...halfPolicy, damages: false },
  breakage(
    "a new policy without anything in it",
    "ports=[3200]),\n            ],",
    "ports=[3200]),\n                AppPolicy(\n            ],",
    "charm_mesh_policies=- ",
  ),
  breakage(
    "comma missing between policies",
    "                ),\n                UnitPolicy",
    "                )\n                UnitPolicy",
  ),
  // Around them.
  breakage("half an import", "from ops import CharmBase, main", "from ops import", "from ops"),
  breakage("half an import, module only", "from ops import CharmBase, main", "from ops", "from ops"),
  breakage(
    "import with a parenthesis not closed",
    "from ops import CharmBase, main",
    "from ops import (CharmBase, main",
  ),
  breakage(
    "half a def",
    "    def _apply(self, level: str, strict: bool = False) -> Optional[str]:",
    "    def _apply",
    "function _apply(",
  ),
  breakage("def without its colon", "-> Optional[str]:", "-> Optional[str]"),
  breakage(
    "def with its parenthesis not closed",
    "strict: bool = False) -> Optional[str]:",
    "strict: bool = False",
    "function _apply(",
  ),
  breakage("half a return type", "-> Optional[str]:", "-> Optional[:", "function _apply("),
  breakage(
    "a new def without a body",
    "    @property\n    def _external_url",
    "    def fresh(self):\n\n    @property\n    def _external_url",
    "fresh",
  ),
  breakage(
    "a new def, just begun",
    "    @property\n    def _external_url",
    "    def \n\n    @property\n    def _external_url",
    "LedgerCoordinator / function ",
  ),
  breakage(
    "half a class",
    "class LedgerCoordinator(CharmBase):",
    "class LedgerCoordinator(CharmBase",
    "class LedgerCoordinator(",
  ),
  breakage("class without its colon", "class LedgerCoordinator(CharmBase):", "class LedgerCoordinator(CharmBase)"),
  breakage("stray indentation", "        self.framework.observe(", "            self.framework.observe("),
  breakage("too little indentation", "        self.unit.set_ports(PROXY_PORT", "      self.unit.set_ports(PROXY_PORT"),
  breakage("docstring not closed", '"""The host\'s name."""', '"""The host\'s name.', "function hostname / "),
  breakage("docstring not opened", '"""The host\'s name."""', 'The host\'s name."""', "function hostname / "),
  breakage(
    "class docstring not closed",
    '"""Runs the ledger."""',
    '"""Runs the ledger.',
    'class LedgerCoordinator / "',
  ),
  breakage("dot at the end of a statement", "self._apply(level)", "self.", "try / "),
  breakage("half an assignment", "self._level = level", "self._level =", "self._level = "),
  breakage("half an if", "if self.coordinator.tls_available:", "if self.", "function _external_url / if "),
  breakage("if without its colon", "if self.coordinator.tls_available:", "if self.coordinator.tls_available"),
  breakage("half a for", "for name, port in EXTRA.items():", "for name, port in", "for "),
  breakage("half an except", "except ValueError as error:", "except ValueError as", "except"),
  breakage("half a with", 'with open("/tmp/level") as file:', "with open(", "with "),
  breakage("half a decorator", "    @property\n    def hostname", "    @prop.\n    def hostname", "@"),
  breakage(
    "call on one line not closed",
    "self.unit.set_ports(PROXY_PORT, self._nginx_port)",
    "self.unit.set_ports(PROXY_PORT,",
    "set_ports",
  ),
  breakage(
    "string on one line not closed",
    'self.config.get("level", "info")',
    'self.config.get("level, "info")',
    "level = ",
  ),
  breakage(
    "list of a constant half typed",
    'EXTRA = {"grpc": 9096, "http": 3200}',
    'EXTRA = {"grpc": 9096, "http":',
    "EXTRA = ",
  ),
  breakage("number half typed", "PROXY_PORT = 3180", "PROXY_PORT = 31 80", "PROXY_PORT = "),
  breakage("a word too many", "self._level = level", "self._level = level strict", "self._level = "),
  breakage(
    "conflict markers",
    "PROXY_PORT = 3180\n",
    "<<<<<<< ours\nPROXY_PORT = 3180\n=======\nPROXY_PORT = 3181\n>>>>>>> theirs\n",
    "PROXY_PORT = ",
  ),
  breakage(
    "comparison half typed",
    "if self.coordinator.tls_available:",
    "if self.coordinator.tls_available ==:",
    "function _external_url / if ",
  ),
  breakage("lambda half typed", "external_url=self._external_url,", "external_url=lambda,", "external_url="),
  breakage("comprehension half typed", "ports=[3200]),", "ports=[p for p in]),", "ports="),
];
