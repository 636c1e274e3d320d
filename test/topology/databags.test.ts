import { describe, expect, it } from "vitest";
import { clusterDatabags, clusterWorkerData, topologiesOf } from "#mesh";
import { positionAt, sourceFile } from "#syntax";
import { crossModelMeshData, serviceMeshData } from "../../engine/mesh/src/topology/databags/mesh-databags.ts";
import type { Databag } from "../../engine/mesh/src/topology/topology.ts";
import { placeIn } from "../support/model-fixture.ts";

function bag(unit: string | null, data: Readonly<Record<string, string>>): Databag {
  return {
    application: "worker",
    unit,
    endpoint: "tempo-cluster",
    relatedApplication: "tempo",
    data: new Map(Object.entries(data)),
    location: placeIn("show-unit.json"),
  };
}

const TOPOLOGY = '{"model":"m","application":"worker","unit":"worker/0","charm_name":"tempo-worker-k8s"}';
const problems = (databag: Databag): readonly string[] => clusterWorkerData(databag).problems.map((one) => one.message);

describe("what workers publish over their cluster relation", () => {
  it("is read as JSON per field, as cosl writes it, or as plain text", () => {
    expect(clusterWorkerData(bag(null, { role: '"read,write"' })).roles).toEqual(["read", "write"]);
    expect(clusterWorkerData(bag(null, { role: "all" })).roles).toEqual(["all"]);
    const unit = clusterWorkerData(bag("worker/0", { address: '"w-0.m.svc"', juju_topology: TOPOLOGY }));
    expect([unit.address, unit.problems]).toEqual(["w-0.m.svc", []]);
  });

  it("is no problem as long as nothing is published, apart from the addresses that Juju itself puts there", () => {
    expect(problems(bag(null, {}))).toEqual([]);
    expect(problems(bag("worker/0", { "ingress-address": "10.0.0.1", "private-address": "10.0.0.1" }))).toEqual([]);
  });

  it("is reported if a field is missing or of the wrong type", () => {
    expect(problems(bag("worker/0", { address: '"x"' }))).toEqual([
      "worker/0 publishes over tempo-cluster: `juju_topology` is missing.",
    ]);
    expect(
      problems(bag("worker/0", { address: "7", juju_topology: '{"application":"w","unit":3,"charm_name":null}' })),
    ).toEqual([
      "worker/0 publishes over tempo-cluster: `juju_topology.unit` is no text.",
      "worker/0 publishes over tempo-cluster: `address` is no text.",
    ]);
    expect(problems(bag("worker/0", { address: '""', juju_topology: "[]" }))).toEqual([
      "worker/0 publishes over tempo-cluster: `juju_topology` is no JSON object.",
      "worker/0 publishes over tempo-cluster: `address` is empty.",
    ]);
    expect(problems(bag(null, { "other-field": "x" }))).toEqual([
      "worker publishes over tempo-cluster: `role` is missing.",
    ]);
  });

  it("is found in a dump by the interface of the relation", () => {
    const dump = {
      "worker/0": {
        charm: "tempo-worker-k8s",
        "relation-info": [
          {
            endpoint: "tempo-cluster",
            "related-endpoint": "tempo-cluster",
            "application-data": { worker_config: '"x"' },
            "local-unit": { data: { address: '"w"' } },
            "related-units": { "tempo/0": { data: {} } },
          },
        ],
      },
    };
    const [topology] = topologiesOf([sourceFile("show-unit.json", JSON.stringify(dump, null, 1))], []);
    const found = topology ? clusterDatabags(topology) : [];
    expect(found.map((one) => [one.application, one.unit])).toEqual([["worker", "worker/0"]]);
    expect(found.map(({ location }) => positionAt(location.file, location.span.start).line)).toEqual([10]);
  });
});

describe("databags of the mesh", () => {
  it("put those on the mesh that a beacon gave its labels", () => {
    const dump = {
      "shop/0": {
        "relation-info": [
          {
            endpoint: "mesh",
            "related-endpoint": "service-mesh",
            "application-data": { labels: '{"istio.io/dataplane-mode":"ambient"}', mesh_type: '"istio"' },
            "related-units": { "beacon/0": { data: {} } },
          },
        ],
      },
    };
    const [topology] = topologiesOf([sourceFile("show-unit.json", JSON.stringify(dump))], []);
    expect(topology?.applications.map((one) => [one.name, one.onMesh])).toEqual([
      ["shop", true],
      ["beacon", null],
    ]);
  });

  it("give a consumer's true name, and a beacon's labels", () => {
    expect(crossModelMeshData(bag(null, { cmr_data: '{"app_name":"shop","juju_model_name":"apps"}' }))).toEqual({
      application: "shop",
      model: "apps",
    });
    for (const cmr_data of ["", "{", "[]", '{"app_name":1,"juju_model_name":"x"}']) {
      expect(crossModelMeshData(bag(null, { cmr_data }))).toBeNull();
    }
    expect(crossModelMeshData(bag(null, {}))).toBeNull();
    const mesh = serviceMeshData(bag(null, { labels: '{"istio.io/dataplane-mode":"ambient"}', mesh_type: '"istio"' }));
    expect([...(mesh?.labels ?? [])]).toEqual([["istio.io/dataplane-mode", "ambient"]]);
    expect(mesh?.meshType).toBe("istio");
    expect(serviceMeshData(bag(null, { labels: "{}" }))).toBeNull();
  });
});
