import { describe, expect, it, vi } from "vitest";
import type { CharmModel } from "#charm";
import { known } from "#python";
import { modelOf, placeIn, relationsOf } from "../support/model-fixture.ts";
import { COS, declared, shop, tempo, withPolicies, worker } from "./cos.ts";
import { graphFor, shownEdges } from "./deployment.ts";

vi.setConfig({ testTimeout: 30_000 });

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

  it("keeps grants together: methods and paths of one port are not those of another", () => {
    const all = declared("AppPolicy", "api", [9096]);
    const read = declared("AppPolicy", "api", [3200]);
    const endpoints = (read.endpoints.kind === "known" ? read.endpoints.value : []).map((one) => ({
      ...one,
      methods: known(["GET"] as const),
      paths: known(["/api/*"]),
    }));
    const models = (policies: readonly ReturnType<typeof declared>[]) => [tempo([...policies]), worker, shop];
    const flow = (policies: readonly ReturnType<typeof declared>[]) =>
      graphFor(models(policies), COS).edges.find((edge) => edge.kind === "service");
    const narrow = { ...read, endpoints: known(endpoints) } as typeof read;
    expect(flow([narrow, all])).toMatchObject({
      ports: [3200, 9096],
      methods: null,
      grants: [
        { ports: [3200], methods: ["GET"], paths: ["/api/*"] },
        { ports: [9096], methods: null, paths: null },
      ],
    });
    expect(flow([narrow])).not.toHaveProperty("grants");
    expect(flow([all, all])).not.toHaveProperty("grants");
  });

  it("shows what a relation suggests and no policy allows, with the verdict of the mode", () => {
    // The scrape policy targets the Service, so that the waypoint denies the rest of it whatever the mode.
    const models = [tempo(), worker, shop];
    expect(shownEdges(graphFor(models, COS), ["denied"])).toEqual([
      'denied shop -> tempo "api :3200,9096 no policy" denied -',
    ]);
    const plain = modelOf("plain", "provides api=tempo_api\nrequires service-mesh=service_mesh", {
      published: [
        {
          relation: "api",
          address: known("application"),
          port: known(80),
          scheme: known("http"),
          service: null,
          location: placeIn("x"),
        },
      ],
    });
    const text = `
models:
  m:
    applications: { plain: { charm: plain }, shop: { charm: shop, on-mesh: true }, b: { charm: istio-beacon-k8s } }
    relations: [[plain:service-mesh, b:service-mesh], [plain:api, shop:api]]
`;
    // Without any policy a Service is open in the default mode, so the line is no denied one.
    expect(shownEdges(graphFor([plain, shop], text), ["denied", "suggested"])).toEqual([
      'suggested shop -> plain "api :80 no policy" allowed l7',
    ]);
    expect(shownEdges(graphFor([plain, shop], `mesh: { hardened: true }${text}`), ["denied"])).toEqual([
      'denied shop -> plain "api :80 no policy" denied l7',
    ]);
    const raw = { rawPolicies: [{ kind: "allow-all", call: placeIn("x"), callee: placeIn("x"), because: [] }] };
    const covered = graphFor([tempo([], raw as unknown as Partial<CharmModel>), worker, shop], COS);
    expect(shownEdges(covered, ["denied"])).toEqual([]);
  });

  it("says which applications on the mesh let everybody reach their pods, past the waypoint", () => {
    const open = (text: string, models = withPolicies) =>
      graphFor(models, text)
        .nodes.filter((node) => node.openToAll)
        .map(({ application }) => application);
    const byHand = (more: string) => `mesh: { auto-allow-waypoint: false${more} }${COS}`;
    expect(open(COS)).toEqual([]);
    // Only policies for the Service are left: they are the waypoint's, and what is off the mesh passes none.
    const service = modelOf("plain", "provides api=tempo_api\nrequires service-mesh=service_mesh", {
      policies: [declared("AppPolicy", "api", [80])],
    });
    const text = `
models:
  m:
    applications: { plain: { charm: plain }, shop: { charm: shop }, b: { charm: istio-beacon-k8s } }
    relations: [[plain:service-mesh, b:service-mesh], [plain:api, shop:api]]
`;
    expect(open(text, [service, shop])).toEqual([]);
    expect(open(`mesh: { auto-allow-waypoint: false }${text}`, [service, shop])).toEqual(["plain"]);
    expect(open(`mesh: { auto-allow-waypoint: false, hardened: true }${text}`, [service, shop])).toEqual([]);
    // A cluster's own policies restrict its pods.
    expect(open(byHand(""))).not.toContain("tempo");
    const raw = { rawPolicies: [{ kind: "allow-all", call: placeIn("x"), callee: placeIn("x"), because: [] }] };
    expect(open(COS, [tempo([], raw as unknown as Partial<CharmModel>), worker, shop])).toEqual(["tempo"]);
  });

  it("calls nothing denied where the target's charm is not known, or is not on the mesh", () => {
    expect(shownEdges(graphFor([shop], COS), ["denied"])).toEqual([]);
    const off = COS.replace("      - [tempo:service-mesh, beacon:service-mesh]\n", "");
    expect(shownEdges(graphFor([tempo(), worker, shop], off), ["denied", "suggested"])).toEqual([
      'suggested shop -> tempo "api :3200,9096" allowed -',
    ]);
  });

  it("draws who is invited over an unknown interface only where other policies close the target", () => {
    const wharf = (address: "application" | "unit" | "external", policies = [declared("AppPolicy", "crane", [7100])]) =>
      modelOf("wharf", "provides crane=crane_api\nrequires ledger=ledger_sync\nrequires service-mesh=service_mesh", {
        policies,
        consumers: [{ condition: null, call: placeIn("x") }] as unknown as CharmModel["consumers"],
        published: [
          {
            relation: "ledger",
            address: known(address),
            port: known(7100),
            scheme: known("http"),
            service: null,
            location: placeIn("x"),
          },
        ],
      });
    const text = `
models:
  m:
    applications:
      wharf: { charm: wharf }
      crane: { charm: crane, on-mesh: true }
      ledger: { charm: ledger, on-mesh: true }
      b: { charm: istio-beacon-k8s }
    relations: [[wharf:service-mesh, b:service-mesh], [wharf:crane, crane:crane], [ledger:ledger, wharf:ledger]]
`;
    const lines = (model: CharmModel) => shownEdges(graphFor([model], text), ["denied", "suggested"]);
    expect(lines(wharf("application"))).toEqual(['denied ledger -> wharf "ledger :7100 no policy" denied l7']);
    expect(lines(wharf("unit"))).toEqual(['denied ledger -> wharf "ledger :7100 no policy" denied l4']);
    // Without a policy the Service is open, and that the other side comes is not certain.
    expect(lines(wharf("application", []))).toEqual([]);
    expect(lines(wharf("external"))).toEqual([]);
    expect(lines(wharf("application", [declared("AppPolicy", "ledger", [7100])]))).toEqual([]);
  });

  it("draws relations of the mesh and of the ingress", () => {
    expect(shownEdges(graphFor(withPolicies, COS), ["mesh"])).toEqual([
      'mesh tempo -> beacon "service-mesh" allowed -',
      'mesh gate -> tempo "ingress" unknown -',
    ]);
  });

  it("draws what runs between models as such, denied where the policy would match no application", () => {
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
});

describe("what other policies grant", () => {
  it("is not called denied: a relation's traffic may be granted over another relation", () => {
    const two = modelOf("shop", "requires api=tempo_api\nrequires again=tempo_api");
    const text = COS.replace("- [tempo:api, shop:api]", "- [tempo:api, shop:api]\n      - [tempo:second, shop:again]");
    const base = tempo([declared("AppPolicy", "api", [3200, 9096]), declared("UnitPolicy", "api", null)]);
    const second = relationsOf("tempo", "provides second=tempo_api");
    const both = { ...base, metadata: { ...base.metadata, relations: [...base.metadata.relations, ...second] } };
    expect(shownEdges(graphFor([both, worker, two], text), ["denied", "suggested"])).toEqual([]);
    const narrow = { ...both, policies: [declared("UnitPolicy", "api", [1])] };
    expect(shownEdges(graphFor([narrow, worker, two], text), ["denied"])).toEqual([
      'denied shop -> tempo "second :3200,9096 no policy" denied -',
    ]);
  });
});
