import { describe, expect, it, vi } from "vitest";
import type { CharmModel } from "#charm";
import { known, unknown } from "#python";
import type { GraphOptions } from "../../engine/mesh/src/graph/graph-input.ts";
import { coordinatorModel, modelOf, placeIn, workerModel } from "../support/model-fixture.ts";
import { COS, shop, tempo, withPolicies, worker } from "./cos.ts";
import { graphFor, shownEdges } from "./deployment.ts";

vi.setConfig({ testTimeout: 30_000 });

describe("worker telemetry", () => {
  it("leads worker telemetry through the proxy, hop by hop", () => {
    expect(shownEdges(graphFor(withPolicies, COS), ["telemetry", "telemetry-bypass"])).toEqual([
      'telemetry tempo -> tempo-worker "metrics /metrics :3200" allowed l4',
      'telemetry tempo -> prometheus "remote-write :9090" unknown -',
      'telemetry tempo -> loki "logs /loki/api/v1/push :3100" unknown -',
      'telemetry tempo -> traces "charm-traces :4317,4318,9411,14250,…" unknown -',
      'telemetry tempo -> traces "workload-traces :4317,4318,9411,14250,…" unknown -',
      'telemetry tempo-worker -> tempo "charm-traces /proxy/charm-tracing/{protocol}/ :3300" allowed l7',
      'telemetry tempo-worker -> tempo "logs /proxy/loki/{unit}/push :3300" allowed l7',
      'telemetry tempo-worker -> tempo "remote-write /proxy/remote-write/{unit}/write :3300" allowed l7',
      'telemetry tempo-worker -> tempo "workload-traces /proxy/workload-tracing/jaeger_thrift_http/ /proxy/workload-tracing/otlp_http/ :3300" allowed l7',
      'telemetry prometheus -> tempo "metrics /proxy/worker/{unit}/metrics :3300" allowed l7',
    ]);
  });

  it("draws it as a violation where the coordinator on the mesh has no proxy, and as it is off the mesh", () => {
    const direct = { ...tempo(), coordinator: coordinatorModel("tempo", { proxy: null }).coordinator };
    expect(shownEdges(graphFor([direct, worker, shop], COS), ["telemetry", "telemetry-bypass"])).toEqual([
      'telemetry-bypass tempo-worker -> loki "logs around the proxy :3100" unknown -',
      'telemetry-bypass tempo-worker -> traces "charm-traces around the proxy :4317,4318,9411,14250,…" unknown -',
      'telemetry-bypass prometheus -> tempo-worker "metrics around the proxy :3200" denied l4',
    ]);
    const offMesh = modelOf("plain", "provides c=plain_cluster\nrequires logging=loki_push_api", {
      kind: "coordinator",
      coordinator: coordinatorModel("plain", { proxy: null }).coordinator,
    });
    const meshless = {
      ...offMesh,
      coordinator: {
        ...(offMesh.coordinator as NonNullable<typeof offMesh.coordinator>),
        endpoints: { complete: true, location: null, entries: entries({ cluster: "c", logging: "logging" }) },
      },
    } as CharmModel;
    const text = `
models:
  m:
    applications: { plain: { charm: plain }, w: { charm: w }, loki: { charm: loki-k8s } }
    relations: [[plain:c, w:cluster], [plain:logging, loki:logging]]
`;
    expect(
      shownEdges(graphFor([meshless, workerModel("w", "plain")], text), ["telemetry", "telemetry-bypass"]),
    ).toEqual(['telemetry w -> loki "logs direct :3100" allowed -']);
  });

  it("shows a worker's own telemetry relations as going around the proxy", () => {
    const chatty = workerModel("tempo-worker", "tempo", "requires logging=loki_push_api");
    const text = COS.replace("relations:", "relations:\n      - [tempo-worker:logging, loki:logging]");
    expect(shownEdges(graphFor([tempo(), chatty, shop], text), ["telemetry-bypass"])).toEqual([
      'telemetry-bypass tempo-worker -> loki "logs around the proxy :3100" unknown -',
    ]);
  });

  it("does not guess where it can't be read whether there is a proxy", () => {
    const dark = {
      ...tempo(),
      coordinator: { ...tempo().coordinator, telemetryProxy: unknown("dynamic") },
    } as CharmModel;
    expect(shownEdges(graphFor([dark, worker, shop], COS), ["telemetry", "telemetry-bypass"])).toContain(
      'telemetry tempo-worker -> tempo "logs /proxy/loki/{unit}/push" unknown l7',
    );
  });

  it("takes the proxy's port by TLS, which a related certificate provider means", () => {
    const { coordinator } = tempo();
    const at = placeIn("x");
    const ports = known({ httpPort: known(80), httpsPort: known(443), location: at });
    const models = [{ ...tempo(), coordinator: { ...coordinator, telemetryProxy: ports } } as CharmModel, worker, shop];
    const port = (options: GraphOptions): unknown =>
      graphFor(
        models,
        `${COS}      - [tempo:certificates, ca:certificates]\n`.replace(
          "gate:",
          "ca: { charm: self-signed-certificates }\n      gate:",
        ),
        options,
      ).edges.find((edge) => edge.hop === "to-proxy")?.ports;
    expect(port({ tls: true })).toEqual([443]);
    expect(port({ tls: false })).toEqual([80]);
    expect(port({})).toEqual([443]);
  });
});

function entries(map: Readonly<Record<string, string>>) {
  const at = placeIn("plain/src/charm.py");
  return Object.entries(map).map(([key, value]) => ({
    key,
    keyLocation: at,
    value: known(value),
    valueLocation: at,
    condition: null,
  }));
}
