import { describe, expect, it } from "vitest";
import { connectsTo, INTERFACES, interfaceKnowledge, mayConnectTo } from "#charm";

const SIDES = ["provides", "requires"] as const;

describe("interface knowledge", () => {
  it("covers the interfaces of the observability, identity, Kubeflow, data and ingress charms, each once and cited", () => {
    expect(INTERFACES.length).toBeGreaterThanOrEqual(60);
    const names = INTERFACES.flatMap((entry) => [entry.name, ...entry.aliases]);
    expect(new Set(names).size).toBe(names.length);
    for (const entry of INTERFACES) {
      expect(entry.citation, entry.name).not.toBe("");
      expect(entry.about, entry.name).not.toBe("");
    }
  });

  it("agrees with itself: no traffic means no port, no protocol and no telemetry; telemetry has a backend", () => {
    for (const entry of INTERFACES) {
      const { name } = entry;
      if (entry.opens === "none") {
        expect([name, entry.protocol, entry.portSource, entry.telemetry, entry.ports]).toEqual([
          name,
          null,
          null,
          null,
          [],
        ]);
      } else expect([name, entry.portSource === null]).toEqual([name, false]);
      expect([name, entry.telemetry === null]).toEqual([name, entry.backend === null]);
      for (const port of entry.ports) expect(port > 0 && port < 65_536, name).toBe(true);
      for (const side of SIDES) if (connectsTo(entry, side)) expect(mayConnectTo(entry, side), name).toBe(true);
    }
  });

  // Grounds: policies that real charms declare, and on which side of the relation they stand.
  it.each([
    ["prometheus_scrape", "provides", true],
    ["prometheus_scrape", "requires", false],
    ["loki_push_api", "provides", true],
    ["loki_push_api", "requires", false],
    ["prometheus_remote_write", "provides", true],
    ["prometheus_api", "provides", true],
    ["grafana_datasource", "provides", true],
    ["tempo_api", "provides", true],
    ["tracing", "provides", true],
    ["tracing", "requires", false],
    ["alertmanager_dispatch", "provides", true],
    ["parca_scrape", "provides", true],
    ["parca_store", "provides", true],
    ["profiling", "provides", true],
    ["blackbox_exporter_probes", "provides", true],
    ["grafana_metadata", "provides", true],
    ["k8s-service", "provides", true],
    ["ingress", "requires", true],
    ["ingress", "provides", false],
    ["tempo_cluster", "provides", true],
    ["tempo_cluster", "requires", true],
    ["grafana_dashboard", "provides", false],
    ["tls_certificates", "requires", false],
  ] as const)("%s: the other side of a relation that %s it connects: %s", (name, side, connects) => {
    const entry = interfaceKnowledge(name);
    expect(entry && connectsTo(entry, side)).toBe(connects);
  });

  it("claims traffic over an object store's credentials neither way for certain, but never towards who asks for them", () => {
    const s3 = interfaceKnowledge("s3");
    expect(s3 && SIDES.map((side) => [connectsTo(s3, side), mayConnectTo(s3, side)])).toEqual([
      [false, true],
      [false, false],
    ]);
  });

  it("knows nothing of an interface that is not in the catalogue", () => {
    expect(interfaceKnowledge("my_own")).toBeNull();
    expect(interfaceKnowledge("constructor")).toBeNull();
  });
});
