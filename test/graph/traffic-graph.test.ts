import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  type CharmModel,
  type DeclaredPolicy,
  effectivePolicies,
  GRAPH_LAYERS,
  type GraphOptions,
  graphInput,
  known,
  mergedGraph,
  policyCounts,
  unknown,
} from "#model";
import { graphView } from "#picture";
import { graphViewSchema } from "#protocol";
import { coordinatorModel, modelOf, placeIn, workerModel } from "../support/model-fixture.ts";
import { graphFor, shownEdges, topologyOf } from "./deployment.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

const COS = `
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

const shop = modelOf("shop", "requires api=tempo_api");

/** A policy as a charm declares it. */
function declared(kind: "AppPolicy" | "UnitPolicy", relation: string, ports: readonly number[] | null): DeclaredPolicy {
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
            },
          ],
    ),
    ports: known(kind === "UnitPolicy" ? ports : null),
    service: known(null),
    arguments: [],
    argumentsOpen: false,
    fields: new Map(),
    condition: null,
    because: [{ text: `${kind} for ${relation}`, location: at, citation: null }],
  } as unknown as DeclaredPolicy;
}

const tempo = (policies: readonly DeclaredPolicy[] = [], more: Partial<CharmModel> = {}): CharmModel => ({
  ...coordinatorModel("tempo", {
    remoteWrite: known("given"),
    workloadTracingProtocols: known(["jaeger_thrift_http", "otlp_http"]),
  }),
  policies,
  ...more,
});
const worker = workerModel("tempo-worker", "tempo");
const withPolicies = [tempo([declared("AppPolicy", "api", [3200])]), worker, shop];

describe("the traffic graph", () => {
  it("has a node per application, of its kind, in the box of its cluster or model", () => {
    const graph = graphFor(withPolicies, COS);
    expect(
      graph.nodes.map((node) => `${node.application} ${node.kind} ${node.units} ${node.onMesh} ${node.box}`),
    ).toEqual([
      "tempo coordinator 1 true cluster:cos/tempo",
      "tempo-worker worker 3 true cluster:cos/tempo",
      "prometheus backend 2 true model:cos",
      "loki backend 1 true model:cos",
      "traces backend 1 true model:cos",
      "beacon beacon 1 true model:cos",
      "shop application 1 true model:cos",
      "gate ingress 1 false model:cos",
    ]);
    expect(graph.boxes).toEqual([
      { id: "cluster:cos/tempo", kind: "cluster", label: "tempo", parent: "model:cos" },
      { id: "model:cos", kind: "model", label: "cos", parent: null },
    ]);
    expect(graph.nodes[0]?.charmRoot).toBe("tempo");
  });

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

  it("takes the proxy's port by TLS, and both where that is not known", () => {
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
    expect(port({})).toEqual([80, 443]);
  });

  it("draws what policies grant, by address", () => {
    const models = [
      tempo([
        declared("AppPolicy", "api", [3200]),
        declared("AppPolicy", "api", [9096]),
        declared("UnitPolicy", "api", null),
      ]),
      worker,
      shop,
    ];
    expect(shownEdges(graphFor(models, COS), ["service", "unit"])).toEqual([
      'unit prometheus -> tempo "metrics-endpoint :9113" allowed l4',
      'service shop -> tempo "api :3200,9096" allowed l7',
      'unit shop -> tempo "api" allowed l4',
    ]);
  });

  it("tells what a relation suggests and no policy allows, with the verdict of the mode", () => {
    // The scrape policy targets the Service, so that the waypoint denies the rest of it whatever the mode.
    const models = [tempo(), worker, shop];
    expect(shownEdges(graphFor(models, COS), ["denied"])).toEqual([
      'denied shop -> tempo "api :3200,9096 no policy" denied -',
    ]);
    const plain = modelOf("plain", "provides api=tempo_api\nrequires service-mesh=service_mesh", {
      published: [{ relation: "api", address: known("application"), port: known(80), location: placeIn("x") }],
    });
    const text = `
models:
  m:
    applications: { plain: { charm: plain }, shop: { charm: shop, on-mesh: true }, b: { charm: istio-beacon-k8s } }
    relations: [[plain:service-mesh, b:service-mesh], [plain:api, shop:api]]
`;
    expect(shownEdges(graphFor([plain, shop], text), ["denied"])).toEqual([
      'denied shop -> plain "api :80 no policy" allowed l7',
    ]);
    expect(shownEdges(graphFor([plain, shop], `mesh: { hardened: true }${text}`), ["denied"])).toEqual([
      'denied shop -> plain "api :80 no policy" denied l7',
    ]);
    const raw = { rawPolicies: [{ kind: "allow-all", call: placeIn("x"), callee: placeIn("x"), because: [] }] };
    const covered = graphFor([tempo([], raw as unknown as Partial<CharmModel>), worker, shop], COS);
    expect(shownEdges(covered, ["denied"])).toEqual([]);
  });

  it("calls nothing denied where the target's charm is not known, or is not on the mesh", () => {
    expect(shownEdges(graphFor([shop], COS), ["denied"])).toEqual([]);
    const off = COS.replace("      - [tempo:service-mesh, beacon:service-mesh]\n", "");
    expect(shownEdges(graphFor([tempo(), worker, shop], off), ["denied", "suggested"])).toEqual([
      'suggested shop -> tempo "api :3200,9096" allowed -',
    ]);
  });

  it("draws relations of the mesh and of the ingress", () => {
    expect(shownEdges(graphFor(withPolicies, COS), ["mesh"])).toEqual([
      'mesh tempo -> beacon "service-mesh" allowed -',
      'mesh gate -> tempo "ingress" unknown -',
    ]);
  });

  it("draws what runs between models as such, denied where the policy would name nobody", () => {
    const text = `
mesh: { hardened: true }
models:
  cos:
    applications: { tempo: { charm: tempo }, beacon: { charm: istio-beacon-k8s } }
    relations: [[tempo:service-mesh, beacon:service-mesh]]
  apps:
    applications: { shop: { charm: shop, on-mesh: true } }
cross-model:
  - { provider: cos.tempo:api, consumer: apps.shop:api, as: remote-1, mesh-data: DATA }
`;
    const edges = (data: boolean): readonly string[] =>
      shownEdges(graphFor(withPolicies, text.replace("DATA", String(data))), ["cross-model", "denied"]);
    expect(edges(true)).toEqual(['cross-model apps/shop -> cos/tempo "api :3200" allowed l7']);
    expect(edges(false)).toEqual(['cross-model apps/shop -> cos/tempo "api :3200" denied l7']);
  });

  it("gives every node and edge a reason, and says itself in the protocol's form", () => {
    const topology = topologyOf(COS, withPolicies);
    const effective = effectivePolicies(withPolicies, topology, { mode: topology.mode });
    const graph = graphFor(withPolicies, COS);
    for (const one of [...graph.nodes, ...graph.edges]) expect(one.because.length, one.id).toBeGreaterThan(0);
    const view = graphView(graph, topology, effective, topology.mode);
    expect(graphViewSchema.parse(JSON.parse(JSON.stringify(view)))).toEqual(JSON.parse(JSON.stringify(view)));
    const ids = new Set(view.policies.map((policy) => policy.id));
    for (const edge of view.edges) for (const id of edge.policies) expect(ids).toContain(id);
    expect(new Set(view.edges.map((edge) => edge.id)).size).toBe(view.edges.length);
  });

  it("leaves stand-ins that nobody talks to out of an inferred picture, and names them", () => {
    const graph = graphFor([tempo(), worker], null);
    expect(graph.nodes.map((node) => node.application)).not.toContain("s3");
    expect(graph.notes.at(-1)).toBe(
      "Not drawn, because no traffic is known over their relations: s3, tls-certificates.",
    );
  });

  it("draws the layers chosen, and applications always", () => {
    const only = graphFor(withPolicies, COS, { layers: ["mesh"] });
    expect(new Set(only.edges.map((edge) => edge.kind))).toEqual(new Set(["mesh"]));
    expect(only.nodes).toHaveLength(8);
    // Without the telemetry layer the scrape policy is drawn among the others, so that no policy gets lost.
    expect(shownEdges(graphFor(withPolicies, COS, { layers: ["service"] }))).toEqual([
      'service prometheus -> tempo "metrics-endpoint :3300 GET" allowed l7',
      'service shop -> tempo "api :3200" allowed l7',
    ]);
  });

  it("is the same whatever the order of the layers", () => {
    const topology = topologyOf(COS, withPolicies);
    const input = graphInput(withPolicies, topology, effectivePolicies(withPolicies, topology));
    const parts = GRAPH_LAYERS.map((layer) => layer.contribute(input));
    const expected = JSON.stringify(mergedGraph(input, parts));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), fc.subarray(parts), (shuffled, again) => {
        expect(JSON.stringify(mergedGraph(input, [...shuffled, ...again]))).toBe(expected);
      }),
      { numRuns: 50 },
    );
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

describe("policy counts", () => {
  it("are those of the guide: 3 workers and 2 Prometheus units need 6 policies without routing", () => {
    expect(policyCounts(3, 2)).toEqual({ withRouting: 2, withoutRouting: 6 });
  });

  it("do not depend on the workers with routing, and multiply without", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(50), (workers, backends) => {
        expect(policyCounts(workers, backends).withRouting).toBe(policyCounts(workers + 1, backends).withRouting);
        expect(
          policyCounts(workers + 1, backends).withoutRouting - policyCounts(workers, backends).withoutRouting,
        ).toBe(backends);
      }),
    );
  });

  it("are counted over what is drawn", () => {
    const text = `
models:
  cos:
    applications:
      tempo: { charm: tempo }
      tempo-worker: { charm: tempo-worker, units: 3 }
      prometheus: { charm: prometheus-k8s, units: 2 }
    relations: [[tempo:tempo-cluster, tempo-worker:cluster], [tempo:metrics-endpoint, prometheus:metrics-endpoint]]
`;
    const topology = topologyOf(text, withPolicies);
    const view = (source: string) =>
      graphView(graphFor(withPolicies, source), topology, { policies: [], problems: [] }, topology.mode).counts;
    expect(view(text)).toEqual({ withRouting: 2, withoutRouting: 6, workers: 3, backends: 2 });
    expect(view(COS)).toEqual({ withRouting: 7, withoutRouting: 21, workers: 3, backends: 4 });
    expect(view("models: { m: { applications: { shop: { charm: shop } } } }")).toBeNull();
  });
});
