import { describe, expect, it } from "vitest";
import { type Topology, topologiesOf } from "#mesh";
import { sourceFile } from "#syntax";
import { meshTopologyJsonSchema } from "../../engine/mesh/src/topology/sources/mesh-topology-schema.ts";
import { coordinatorModel, modelOf, workerModel } from "../support/model-fixture.ts";
import { shownApplications, shownProblems, shownRelations } from "./shown.ts";

function read(text: string, path = "mesh-topology.yaml"): Topology {
  const charms = [
    coordinatorModel("tempo"),
    workerModel("tempo-worker", "tempo"),
    modelOf("shop", "requires api=tempo_api\nrequires db=postgresql_client"),
  ];
  const [topology] = topologiesOf([sourceFile(path, text)], charms);
  if (!topology) throw new Error("not recognised");
  return topology;
}

const WHOLE = `
mesh: { hardened: true, managed: true, model-on-mesh: false, auto-allow-waypoint: true }
models:
  cos:
    applications:
      tempo:        { charm: tempo, units: 1 }
      tempo-worker: { charm: tempo-worker, units: 3, role: all }
      prometheus:   { charm: prometheus-k8s, on-mesh: true }
      beacon:       { charm: istio-beacon-k8s }
    relations:
      - [tempo:tempo-cluster, tempo-worker:cluster]
      - [prometheus, tempo:metrics-endpoint]
      - [tempo:service-mesh, beacon:service-mesh]
  apps:
    applications: { shop: { charm: shop } }
cross-model:
  - provider: cos.tempo:api
    consumer: apps.shop:api
    as: shop-saas
    mesh-data: true
`;

describe("mesh-topology.yaml", () => {
  it("says who is deployed, who is related, and which side provides", () => {
    const topology = read(WHOLE);
    expect(topology.source).toBe("file");
    expect(topology.mode).toEqual({ hardened: true, managed: true, modelOnMesh: false, autoAllowWaypoint: true });
    expect(shownApplications(topology)).toEqual([
      "cos/tempo tempo ×1",
      "cos/tempo-worker tempo-worker ×3 role all",
      "cos/prometheus prometheus-k8s ×1",
      "cos/beacon istio-beacon-k8s ×1",
      "apps/shop shop ×1",
    ]);
    expect(topology.applications[1]?.unitNames).toEqual(["tempo-worker/0", "tempo-worker/1", "tempo-worker/2"]);
    expect(topology.applications[2]?.onMesh).toBe(true);
    expect(shownRelations(topology)).toEqual([
      "cos.tempo:tempo-cluster - cos.tempo-worker:cluster tempo_cluster",
      "cos.tempo:metrics-endpoint - cos.prometheus:metrics-endpoint prometheus_scrape",
      "cos.beacon:service-mesh - cos.tempo:service-mesh service_mesh",
      "cos.tempo:api - apps.shop:api tempo_api [offer null by provider as shop-saas saas tempo mesh-data]",
    ]);
    expect(shownProblems(topology)).toEqual([]);
  });

  it("is recognised by its content under another name, and has the mesh's defaults", () => {
    const topology = read("models: { m: { applications: { a: } } }", "whatif.yaml");
    expect(topology.source).toBe("file");
    expect(topology.mode).toEqual({ hardened: false, managed: true, modelOnMesh: false, autoAllowWaypoint: true });
    expect(shownApplications(topology)).toEqual(["m/a ? ×1"]);
  });

  it("points at each bad part with zod's message and uses the rest", () => {
    const topology = read(`models:
  cos:
    applications:
      tempo: { charm: tempo, units: many }
      worker: { charm: tempo-worker, colour: red }
      shop: { charm: shop }
    relations:
      - [tempo:tempo-cluster]
      - [shop:api, tempo:api:more]
      - [gone:api, shop]
      - [shop, tempo]
mesh:
  hardened: "no"
`);
    expect(shownProblems(topology)).toEqual([
      "3:36 unreadable-topology models.cos.applications.tempo.units: Invalid input: expected number, received string",
      '4:14 unreadable-topology models.cos.applications.worker: Unrecognized key: "colour"',
      "7:8 unreadable-topology models.cos.relations.0: Expected two ends: [application:endpoint, application:endpoint]",
      "8:19 unreadable-topology models.cos.relations.1.1: Expected application:endpoint, or an application alone",
      "12:12 unreadable-topology mesh.hardened: Invalid input: expected boolean, received string",
      "9:8 unknown-application Juju refuses this relation: the model “cos” has no application “gone”. There are: tempo, shop.",
    ]);
    expect(shownApplications(topology)).toEqual(["cos/tempo tempo ×1", "cos/shop shop ×1"]);
    expect(shownRelations(topology)).toEqual(["tempo:api - shop:api tempo_api"]);
  });

  it("says so where endpoints are left out and more than one pair fits, or none", () => {
    const topology = read(`models:
  m:
    applications:
      tempo: { charm: tempo }
      other: { charm: tempo }
      shop: { charm: shop }
      worker: { charm: tempo-worker }
    relations:
      - [tempo, other]
      - [shop, worker]
`);
    expect(shownProblems(topology)).toEqual([
      "8:8 ambiguous-relation Juju refuses this relation: more than one pair of endpoints fits, tempo:provide-cmr-mesh – other:require-cmr-mesh; tempo:require-cmr-mesh – other:provide-cmr-mesh. Name the endpoints.",
      "9:8 unreadable-topology Juju refuses this relation: no endpoints of shop and worker fit together, because one has to provide the interface that the other requires.",
    ]);
    expect(shownRelations(topology)[0]).toBe("tempo:? - other:? cross_model_mesh");
  });

  it("keeps what it can of broken YAML, and of a file that is nothing", () => {
    expect(shownApplications(read("models:\n  m:\n    applications:\n      a: {charm: tempo}\n  [broken"))).toEqual([
      "m/a tempo ×1",
    ]);
    expect(shownProblems(read(""))).toEqual(["0:0 unreadable-topology The file is empty."]);
    expect(shownProblems(read("- a\n- b"))).toHaveLength(1);
    expect(shownProblems(read("models: 3"))[0]).toContain("0:8 unreadable-topology models: Invalid input");
  });

  it("has a JSON Schema for editors that says the same", () => {
    const schema = JSON.parse(JSON.stringify(meshTopologyJsonSchema()));
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(Object.keys(schema.properties)).toEqual(["mesh", "models", "cross-model"]);
    expect(schema.required).toEqual(["models"]);
    expect(schema.additionalProperties).toBe(false);
  });
});
