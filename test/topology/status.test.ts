import { describe, expect, it } from "vitest";
import { type Topology, topologiesOf } from "#mesh";
import { sourceFile } from "#syntax";
import { modelOf } from "../support/model-fixture.ts";
import { shownApplications, shownProblems, shownRelations } from "./shown.ts";

type Text = string | object;

function readAll(files: Readonly<Record<string, Text>>, charms = [modelOf("mini", "")]): readonly Topology[] {
  const sources = Object.entries(files).map(([path, text]) =>
    sourceFile(path, typeof text === "string" ? text : JSON.stringify(text, null, 2)),
  );
  return topologiesOf(sources, charms);
}

function read(status: Text, path = "status.json"): Topology {
  const [topology] = readAll({ [path]: status });
  if (!topology) throw new Error("not recognised");
  return topology;
}

const related = (application: string, name: string) => ({
  "related-application": application,
  interface: name,
  scope: "global",
});

describe("juju status", () => {
  it("pairs the two halves of each relation in the form of Juju 3.6", () => {
    const topology = read({
      model: { name: "cos" },
      applications: {
        prom: {
          charm: "prometheus-k8s",
          "charm-name": "prometheus-k8s",
          scale: 2,
          units: { "prom/0": {}, "prom/3": {} },
          relations: {
            "metrics-endpoint": [related("alert", "prometheus_scrape")],
            alertmanager: [related("alert", "alertmanager_dispatch")],
            "prometheus-peers": [related("prom", "prometheus_peers")],
          },
        },
        alert: {
          charm: "custom",
          relations: {
            alerting: [related("prom", "alertmanager_dispatch")],
            metrics: [related("prom", "prometheus_scrape")],
          },
        },
      },
      offers: { alerts: { application: "alert", endpoints: { alerting: { interface: "alertmanager_dispatch" } } } },
    });
    expect(shownApplications(topology)).toEqual(["cos/prom prometheus-k8s ×2", "cos/alert custom ×0"]);
    expect(topology.applications[0]?.unitNames).toEqual(["prom/0", "prom/3"]);
    expect(shownRelations(topology)).toEqual([
      "prom:prometheus-peers - prom:prometheus-peers prometheus_peers peer",
      "alert:metrics - prom:metrics-endpoint prometheus_scrape",
      "alert:alerting - prom:alertmanager alertmanager_dispatch",
    ]);
    expect(topology.offers[0]?.endpoints).toEqual(["alerting"]);
    expect(shownProblems(topology)).toEqual([]);
  });

  it("pairs plain names, as before Juju 3.6, by the charms", () => {
    const topology = read(
      `
model: { name: cos }
applications:
  prom: { charm: prometheus-k8s, scale: 1, relations: { metrics-endpoint: [a], alertmanager: [a] } }
  a: { charm: alertmanager-k8s, scale: 1, relations: { self-metrics-endpoint: [prom], alerting: [prom] } }
`,
      "juju.status.yaml",
    );
    expect(shownRelations(topology)).toEqual([
      "a:self-metrics-endpoint - prom:metrics-endpoint prometheus_scrape",
      "a:alerting - prom:alertmanager alertmanager_dispatch",
    ]);
  });

  it("guesses by equal names, then by order, and says where it guessed", () => {
    const topology = read(
      `
model: { name: m }
applications:
  a: { charm: x, relations: { one: [b], two: [b], three: [b] } }
  b: { charm: y, relations: { one: [a], eins: [a], zwei: [a] } }
`,
      "status.yaml",
    );
    expect(shownRelations(topology)).toEqual(["a:one - b:one ?", "a:two - b:eins ?", "a:three - b:zwei ?"]);
    expect(shownProblems(topology)).toEqual([
      "3:46 ambiguous-relation What is reported about this relation may be wrong: the status does not show which endpoints of a and b belong together, and two – eins is assumed.",
      "3:58 ambiguous-relation What is reported about this relation may be wrong: the status does not show which endpoints of a and b belong together, and three – zwei is assumed.",
    ]);
  });

  it("takes an endpoint that serves two of the other side's", () => {
    const topology = read({
      model: { name: "m" },
      applications: {
        tempo: { charm: "x", relations: { tracing: [related("shop", "tracing")] } },
        shop: { charm: "y", relations: { charm: [related("tempo", "tracing")], work: [related("tempo", "tracing")] } },
      },
    });
    expect(shownRelations(topology)).toEqual([
      "tempo:tracing - shop:charm tracing",
      "tempo:tracing - shop:work tracing",
    ]);
    expect(shownProblems(topology)).toEqual([]);
  });

  it("reports an application that is not there, and parts of the wrong form, at their lines", () => {
    const topology = read(
      `model:
  name: m
applications:
  a:
    charm: x
    relations:
      api: [gone, 7]
  b: nothing
  c: { charm: z, scale: -1 }
`,
      "status.yaml",
    );
    expect(shownProblems(topology)).toEqual([
      "6:18 unreadable-topology applications.a.relations.api.1: Expected an application's name, or an object with related-application",
      "7:5 unreadable-topology applications.b: Invalid input: expected object, received string",
      "8:24 unreadable-topology applications.c.scale: Too small: expected number to be >=0",
      "6:12 unknown-application This relation is left out: “a” is related to “gone”, which the model “m” does not have.",
    ]);
    expect(shownApplications(topology)).toEqual(["m/a x ×0", "m/c z ×0"]);
  });

  it("reads a status that was cut off", () => {
    const whole = JSON.stringify(
      { model: { name: "m" }, applications: { a: { charm: "x" }, b: { charm: "y" } } },
      null,
      1,
    );
    const topology = read(whole.slice(0, whole.indexOf('"y"')));
    expect(shownApplications(topology)).toEqual(["m/a x ×0", "m/b b ×0"]);
    expect(shownProblems(topology)[0]).toContain("Expected a JSON value.");
  });
});

const OFFERING = {
  model: { name: "cos" },
  applications: {
    tempo: {
      charm: "tempo-coordinator-k8s",
      relations: {
        tracing: [related("remote-1a2b", "tracing")],
        "provide-cmr-mesh": [related("remote-1a2b", "cross_model_mesh")],
      },
    },
  },
  offers: { traces: { application: "tempo", endpoints: { tracing: {}, "provide-cmr-mesh": {} } } },
};

const CONSUMING = {
  model: { name: "apps" },
  applications: {
    shop: {
      charm: "shop",
      relations: {
        tracing: [related("traces", "tracing")],
        "require-cmr-mesh": [related("traces", "cross_model_mesh")],
      },
    },
  },
  "application-endpoints": {
    traces: {
      url: "k8s:admin/cos.traces",
      endpoints: {
        tracing: { interface: "tracing", role: "provider" },
        "provide-cmr-mesh": { interface: "cross_model_mesh", role: "provider" },
      },
      relations: { tracing: ["shop"], "provide-cmr-mesh": ["shop"] },
    },
  },
};

describe("several models", () => {
  it("sees each side alone", () => {
    expect(shownRelations(read(OFFERING))).toEqual([
      "tempo:tracing - elsewhere.remote-1a2b:? tracing [offer traces by provider as remote-1a2b saas null mesh-data]",
      "tempo:provide-cmr-mesh - elsewhere.remote-1a2b:? cross_model_mesh [offer traces by provider as remote-1a2b saas null]",
    ]);
    expect(shownApplications(read(CONSUMING))).toEqual(["apps/shop shop ×0", "cos/traces ? ×1 saas"]);
    expect(shownRelations(read(CONSUMING))).toEqual([
      "cos.traces:tracing - apps.shop:tracing tracing [offer traces by provider as remote-shop saas traces mesh-data]",
      "cos.traces:provide-cmr-mesh - apps.shop:require-cmr-mesh cross_model_mesh [offer traces by provider as remote-shop saas traces]",
    ]);
  });

  it("joins offer and consumer, with the alias that the offering side sees", () => {
    const topologies = readAll({ "d/cos.status.json": OFFERING, "d/apps.status.json": CONSUMING });
    expect(topologies).toHaveLength(1);
    const [topology] = topologies as [Topology];
    expect(topology.models).toEqual(["cos", "apps"]);
    expect(shownApplications(topology)).toEqual(["cos/tempo tempo-coordinator-k8s ×0", "apps/shop shop ×0"]);
    expect(shownRelations(topology)).toEqual([
      "cos.tempo:tracing - apps.shop:tracing tracing [offer traces by provider as remote-1a2b saas traces mesh-data]",
      "cos.tempo:provide-cmr-mesh - apps.shop:require-cmr-mesh cross_model_mesh [offer traces by provider as remote-1a2b saas traces]",
    ]);
    expect(topology.note).toBe("Put together from d/cos.status.json, d/apps.status.json.");
  });

  it("keeps two states of one model, and other folders, apart", () => {
    expect(readAll({ "a.status.json": OFFERING, "b.status.json": OFFERING })).toHaveLength(2);
    expect(readAll({ "x/cos.status.json": OFFERING, "y/apps.status.json": CONSUMING })).toHaveLength(2);
  });
});

describe("show-unit", () => {
  const DUMP = {
    "tempo/0": {
      charm: "ch:amd64/tempo-coordinator-k8s-12",
      "relation-info": [
        {
          "relation-id": 4,
          endpoint: "tempo-cluster",
          "related-endpoint": "tempo-cluster",
          "application-data": { role: '"all"' },
          "local-unit": { "in-scope": true, data: {} },
          "related-units": {
            "worker/0": {
              data: {
                address: '"w-0"',
                juju_topology: '{"model":"cos","application":"worker","unit":"worker/0","charm_name":"x"}',
              },
            },
            "worker/1": { data: {} },
          },
        },
        { endpoint: "peers", "related-endpoint": "peers", "application-data": {}, "local-unit": { data: {} } },
      ],
    },
  };

  it("gives applications, relations, databags, the model and roles", () => {
    const [topology] = readAll({ "show-unit.json": DUMP }) as [Topology];
    expect(topology.source).toBe("show-unit");
    expect(shownApplications(topology)).toEqual(["cos/tempo tempo-coordinator-k8s ×1", "cos/worker ? ×2 role all"]);
    expect(shownRelations(topology)).toEqual(["tempo:tempo-cluster - worker:tempo-cluster tempo_cluster"]);
    expect(topology.databags.map((one) => [one.application, one.unit, one.endpoint, one.relatedApplication])).toEqual([
      ["worker", null, "tempo-cluster", "tempo"],
      ["tempo", "tempo/0", "tempo-cluster", "worker"],
      ["worker", "worker/0", "tempo-cluster", "tempo"],
      ["worker", "worker/1", "tempo-cluster", "tempo"],
      ["tempo", null, "peers", "tempo"],
      ["tempo", "tempo/0", "peers", "tempo"],
    ]);
  });

  it("is merged into the status of its folder", () => {
    const status = {
      model: { name: "cos" },
      applications: {
        tempo: { charm: "tempo-coordinator-k8s", relations: { "tempo-cluster": [related("worker", "tempo_cluster")] } },
        worker: { charm: "tempo-worker-k8s", relations: { "tempo-cluster": [related("tempo", "tempo_cluster")] } },
      },
    };
    const topologies = readAll({ "status.json": status, "show-unit.json": DUMP });
    expect(topologies.map((one) => [one.source, one.databags.length])).toEqual([["status", 6]]);
    expect(shownApplications(topologies[0] as Topology)).toEqual([
      "cos/tempo tempo-coordinator-k8s ×0",
      "cos/worker tempo-worker-k8s ×0 role all",
    ]);
  });
});
