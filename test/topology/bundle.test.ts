import { describe, expect, it } from "vitest";
import type { CharmModel } from "#charm";
import { type Topology, topologiesOf } from "#mesh";
import { sourceFile } from "#syntax";
import { coordinatorModel, modelOf } from "../support/model-fixture.ts";
import { shownApplications, shownProblems, shownRelations } from "./shown.ts";

function read(text: string, charms: readonly CharmModel[] = []): Topology {
  const [topology] = topologiesOf([sourceFile("bundle.yaml", text)], charms);
  if (!topology) throw new Error("not recognised");
  return topology;
}

describe("bundles", () => {
  it("finds left-out endpoints by interface from the charms that are known", () => {
    const topology = read(
      `bundle: kubernetes
applications:
  tempo: { charm: tempo, scale: 2, trust: true }
  prom: { charm: ch:prometheus-k8s, channel: latest/stable }
  shop: { charm: ./shop_ubuntu-22.04-amd64.charm }
relations:
  - [tempo, prom:metrics-endpoint]
  - [shop:api, [tempo]]
`,
      [coordinatorModel("tempo"), modelOf("shop", "requires api=tempo_api")],
    );
    expect(shownRelations(topology)).toEqual([
      "tempo:metrics-endpoint - prom:metrics-endpoint prometheus_scrape",
      "tempo:api - shop:api tempo_api",
    ]);
    expect(shownApplications(topology)).toEqual([
      "model/tempo tempo ×2",
      "model/prom prometheus-k8s ×1",
      "model/shop shop ×1",
    ]);
    expect(topology.applications.map((one) => one.trust)).toEqual([true, false, false]);
    expect(topology.note).toContain("“model”");
  });

  it("lays overlays over the first document: fields, offers, removals, more relations", () => {
    const topology = read(`applications:
  a: { charm: traefik-k8s, scale: 1 }
  b: { charm: alertmanager-k8s }
  c: { charm: catalogue-k8s }
relations:
  - [a:ingress, b:ingress]
  - [c:ingress, a:ingress]
--- # overlay
applications:
  a: { scale: 3 }
  c:
  b:
    offers:
      dashboards: { endpoints: [karma-dashboard] }
--- # another
applications:
  d: { charm: prometheus-k8s }
relations:
  - [d:alertmanager, b:alerting]
`);
    expect(shownApplications(topology)).toEqual([
      "model/a traefik-k8s ×3",
      "model/b alertmanager-k8s ×1",
      "model/d prometheus-k8s ×1",
    ]);
    expect(shownRelations(topology)).toEqual([
      "a:ingress - b:ingress ingress",
      "b:alerting - d:alertmanager alertmanager_dispatch",
    ]);
    expect(topology.offers.map(({ name, application, endpoints }) => [name, application, endpoints])).toEqual([
      ["dashboards", "b", ["karma-dashboard"]],
    ]);
    expect(shownProblems(topology)).toEqual([]);
  });

  it("takes the mesh's switches from the configuration of its charms", () => {
    const topology = read(`applications:
  istio: { charm: istio-k8s, options: { hardened-mode: true } }
  beacon: { charm: istio-beacon-k8s, options: { model-on-mesh: "True", manage-authorization-policies: maybe } }
  other: { charm: prometheus-k8s, options: { hardened-mode: false } }
relations: []
---
applications:
  istio: { options: { auto-allow-waypoint-policy: false } }
`);
    expect(topology.mode).toEqual({
      hardened: true,
      managed: true,
      modelOnMesh: false,
      autoAllowWaypoint: false,
      beacons: { "model/beacon": { modelOnMesh: true } },
    });
  });

  it("takes consumed offers as applications of the other model", () => {
    const topology = read(`applications:
  tempo: { charm: tempo-coordinator-k8s }
saas:
  loki: { url: "k8s:admin/cos.loki-logging" }
  nobody: {}
relations:
  - [tempo:logging, loki:logging]
  - [tempo:require-cmr-mesh, loki:provide-cmr-mesh]
  - [nobody:s3-credentials, tempo:s3]
`);
    expect(shownApplications(topology)).toEqual([
      "model/tempo tempo-coordinator-k8s ×1",
      "cos/loki ? ×1 saas",
      "elsewhere/nobody ? ×1 saas",
    ]);
    expect(shownRelations(topology)).toEqual([
      "cos.loki:logging - model.tempo:logging loki_push_api [offer loki-logging by provider as remote-tempo saas loki mesh-data]",
      "cos.loki:provide-cmr-mesh - model.tempo:require-cmr-mesh cross_model_mesh [offer loki-logging by provider as remote-tempo saas loki]",
      "elsewhere.nobody:s3-credentials - model.tempo:s3 s3 [offer null by provider as remote-tempo saas nobody]",
    ]);
  });

  it("says which application a relation misses, and never accuses on the ground of a published charm's revision", () => {
    const topology = read(`applications:
  a: { charm: kubeflow-profiles }
  b: { charm: kubeflow-dashboard }
relations:
  - [a, b]
  - [a, c:x]
  - [a:new-endpoint, b:other-endpoint]
`);
    expect(shownProblems(topology)).toEqual([
      "5:4 unknown-application Juju refuses this relation: the model “model” has no application “c”. There are: a, b.",
    ]);
    expect(shownRelations(topology)).toEqual([
      "a:kubeflow-profiles - b:kubeflow-profiles k8s-service",
      "a:new-endpoint - b:other-endpoint ?",
    ]);
  });

  it("follows anchors and merge keys", () => {
    const topology = read(`default-base: ubuntu@22.04
applications:
  a: &base { charm: prometheus-k8s, scale: 2 }
  b: { <<: *base, scale: 3 }
  c: *base
`);
    expect(shownApplications(topology)).toEqual([
      "model/a prometheus-k8s ×2",
      "model/b prometheus-k8s ×3",
      "model/c prometheus-k8s ×2",
    ]);
  });

  it("leaves other YAML alone, whatever it is called", () => {
    const other = [
      "services:\n  web: { image: x }\n",
      "bundle: { name: olm }",
      "name: charm\nrequires: {}",
      "",
      "{{ jinja }}",
      "[1,2",
      "applications: []",
    ];
    for (const text of other) expect(topologiesOf([sourceFile("bundle.yaml", text)], [])).toEqual([]);
  });
});
