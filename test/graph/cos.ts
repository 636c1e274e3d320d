import type { CharmModel, DeclaredPolicy } from "#charm";
import { known } from "#python";
import { coordinatorModel, modelOf, placeIn, workerModel } from "../support/model-fixture.ts";

/** A Tempo cluster on the mesh with telemetry backends, a client and an ingress. */
export const COS = `
models:
  cos:
    applications:
      tempo: { charm: tempo }
      tempo-worker: { charm: tempo-worker, units: 3 }
      prometheus: { charm: prometheus-k8s, units: 2, on-mesh: true }
      loki: { charm: loki-k8s, on-mesh: true }
      traces: { charm: tempo-coordinator-k8s, on-mesh: true }
      beacon: { charm: istio-beacon-k8s }
      shop: { charm: shop, on-mesh: true }
      gate: { charm: traefik-k8s }
    relations:
      - [tempo:tempo-cluster, tempo-worker:cluster]
      - [tempo:metrics-endpoint, prometheus:metrics-endpoint]
      - [tempo:logging, loki:logging]
      - [tempo:self-charm-tracing, traces:tracing]
      - [tempo:self-workload-tracing, traces:tracing]
      - [tempo:send-remote-write, prometheus:receive-remote-write]
      - [tempo:service-mesh, beacon:service-mesh]
      - [tempo:api, shop:api]
      - [gate:ingress, tempo:ingress]
`;

export const shop = modelOf("shop", "requires api=tempo_api");

/** A policy as a charm declares it. */
export function declared(
  kind: "AppPolicy" | "UnitPolicy",
  relation: string,
  ports: readonly number[] | null,
): DeclaredPolicy {
  const at = placeIn("tempo/src/charm.py", 20);
  return {
    origin: "charm",
    kind,
    callee: at,
    call: at,
    relation: known(relation),
    relationLocation: at,
    endpoints: known(
      kind === "UnitPolicy"
        ? []
        : [
            {
              ports: known(ports),
              methods: known(null),
              paths: known(null),
              hosts: known(null),
              call: at,
              arguments: new Map(),
              positional: [],
            },
          ],
    ),
    ports: known(kind === "UnitPolicy" ? ports : null),
    service: known(null),
    arguments: [],
    argumentsOpen: false,
    positional: [],
    fields: new Map(),
    condition: null,
    because: [{ text: `${kind} for ${relation}`, location: at, citation: null }],
  } as unknown as DeclaredPolicy;
}

export const tempo = (policies: readonly DeclaredPolicy[] = [], more: Partial<CharmModel> = {}): CharmModel => ({
  ...coordinatorModel("tempo", {
    remoteWrite: known("given"),
    workloadTracingProtocols: known(["jaeger_thrift_http", "otlp_http"]),
  }),
  policies,
  ...more,
});
export const worker = workerModel("tempo-worker", "tempo");
export const withPolicies = [tempo([declared("AppPolicy", "api", [3200])]), worker, shop];
