import { describe, expect, it } from "vitest";
import { diagnosticsIn } from "./scene-diagnostics.ts";

/* Coordinators of `cosl.coordinated_workers` have another API: no peers, other keys, no mesh. No rule judges them by today's. */

const charm = (module: string): ReadonlyMap<string, string> =>
  new Map([
    [
      "charmcraft.yaml",
      `name: vault-coordinator-k8s
type: charm
containers:
  nginx:
  nginx-prometheus-exporter:
provides:
  vault-cluster: { interface: vault_cluster }
  metrics-endpoint: { interface: prometheus_scrape }
  grafana-dashboard: { interface: grafana_dashboard }
requires:
  certificates: { interface: tls-certificates }
  s3: { interface: s3 }
  logging: { interface: loki_push_api }
  tracing: { interface: tracing }
`,
    ],
    ["requirements.txt", "ops\ncosl==0.0.40\n"],
    [
      "src/charm.py",
      `import ops
from ${module}.coordinator import Coordinator


class VaultCoordinatorCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.coordinator = Coordinator(
            charm=self,
            roles_config=ROLES,
            external_url="http://vault",
            worker_metrics_port=3200,
            endpoints={
                "certificates": "certificates",
                "cluster": "vault-cluster",
                "grafana-dashboards": "grafana-dashboard",
                "logging": "logging",
                "metrics": "metrics-endpoint",
                "s3": "s3",
                "tracing": "tracing",
            },
        )
`,
    ],
  ]);

const codes = (module: string) => [...new Set(diagnosticsIn(charm(module)).map((each) => each.code))].sort();

describe("a coordinator", () => {
  it("of cosl gets the nudge for charms without mesh support and nothing else", () => {
    expect(codes("cosl.coordinated_workers")).toEqual(["no-mesh-support"]);
  });

  it("of the package is judged by its API", () => {
    expect(codes("coordinated_workers")).toEqual([
      "missing-endpoint-key",
      "missing-mesh-library",
      "no-mesh-support",
      "undeclared-peer-relation",
      "unknown-endpoint-key",
    ]);
  });
});
