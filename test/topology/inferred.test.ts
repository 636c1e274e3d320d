import { describe, expect, it, vi } from "vitest";
import { inferredTopology, topologiesOf } from "#mesh";
import { known } from "#python";
import { sourceFile } from "#syntax";
import { coordinatorModel, modelOf, workerModel } from "../support/model-fixture.ts";
import { shownApplications, shownRelations } from "./shown.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

describe("the inferred topology", () => {
  it("has the charms, the cluster, and a stand-in on the other side of each relation", () => {
    const topology = inferredTopology([coordinatorModel("tempo"), workerModel("tempo-worker", "tempo")]);
    expect(topology.source).toBe("inferred");
    expect(topology.note).toContain("Inferred");
    expect(shownApplications(topology)).toEqual([
      "model/tempo tempo ×1",
      "model/tempo-worker tempo-worker ×1",
      "model/prometheus-scrape ? ×1 placeholder",
      "model/tempo-api ? ×1 placeholder",
      "model/s3 ? ×1 placeholder",
      "model/loki-push-api ? ×1 placeholder",
      "model/tracing-self-charm-tracing ? ×1 placeholder",
      "model/tracing-self-workload-tracing ? ×1 placeholder",
      "model/prometheus-remote-write ? ×1 placeholder",
      "model/tls-certificates ? ×1 placeholder",
      "model/ingress ? ×1 placeholder",
      "model/service-mesh ? ×1 placeholder",
    ]);
    expect(shownRelations(topology).slice(0, 4)).toEqual([
      "tempo:tempo-cluster - tempo-worker:cluster tempo_cluster",
      "tempo:metrics-endpoint - prometheus-scrape:? prometheus_scrape",
      "tempo:api - tempo-api:? tempo_api",
      "s3:? - tempo:s3 s3",
    ]);
  });

  it("makes a worker of each role where no worker charm is there, and one where roles can't be read", () => {
    const roles = inferredTopology([coordinatorModel("loki", { roles: known(["read", "write"]) })]);
    expect(shownApplications(roles).slice(0, 3)).toEqual([
      "model/loki loki ×1",
      "model/loki-read ? ×1 placeholder role read",
      "model/loki-write ? ×1 placeholder role write",
    ]);
    expect(shownApplications(inferredTopology([coordinatorModel("loki")]))[1]).toBe(
      "model/loki-worker ? ×1 placeholder",
    );
  });

  it("gives a worker without its coordinator a stand-in for that too", () => {
    const topology = inferredTopology([workerModel("tempo-worker", "tempo")]);
    expect(shownRelations(topology)).toEqual(["tempo-cluster:? - tempo-worker:cluster tempo_cluster"]);
  });

  it("never relates a stand-in to itself, nor mistakes a charm for one", () => {
    const topology = inferredTopology([
      modelOf("loki", "provides logging=loki_push_api\nrequires catalogue=catalogue"),
      modelOf("shop", "requires logging=loki_push_api"),
      modelOf("catalogue", ""),
    ]);
    expect(shownRelations(topology)).toEqual([
      "loki:logging - loki-push-api-requirer:? loki_push_api",
      "catalogue-remote:? - loki:catalogue catalogue",
      "loki-push-api:? - shop:logging loki_push_api",
    ]);
  });

  it("leaves test charms out unless there is nothing else, and numbers charms of one name", () => {
    const tester = modelOf("tester", "", { test: true });
    expect(shownApplications(inferredTopology([tester, modelOf("a", ""), modelOf("a", "")]))).toEqual([
      "model/a a ×1",
      "model/a-2 a ×1",
    ]);
    expect(shownApplications(inferredTopology([tester]))).toEqual(["model/tester tester ×1"]);
    expect(inferredTopology([]).models).toEqual([]);
  });
});

describe("files that are no topologies", () => {
  it("are left out without a word", () => {
    const junk = [
      "",
      "\u0000",
      "[[[[",
      "{".repeat(5000),
      "- ".repeat(3000),
      "&a [*a]",
      '{"model":',
      "a: b\n".repeat(1000),
      "\ud800",
    ];
    for (const text of junk)
      for (const path of ["bundle.yaml", "status.json", "show-unit.yaml", "plan.json", "x"])
        expect(topologiesOf([sourceFile(path, text)], [])).toEqual([]);
  });

  it("cost little even where they say impossibly much", () => {
    const names = Array.from({ length: 3_000 }, (_, index) => `e${index}`);
    const relations = (to: string) => Object.fromEntries(names.map((name) => [name, [to]]));
    const status = {
      model: { name: "m" },
      applications: { a: { relations: relations("b") }, b: { relations: relations("a") } },
    };
    const [topology] = topologiesOf([sourceFile("status.json", JSON.stringify(status))], []);
    expect(topology?.relations).toHaveLength(3_000);
    const list = names.map((name) => `provides ${name}=x${name}`).join("\n");
    const charms = [modelOf("a", list), modelOf("b", list.replaceAll("provides", "requires"))];
    const bundle = "applications: {a: {charm: a}, b: {charm: b}}\nrelations: [[a, b]]";
    const [ambiguous] = topologiesOf([sourceFile("bundle.yaml", bundle)], charms);
    expect(ambiguous?.problems[0]?.message).toContain("and 2994 more");
  });

  it("are survived even where they look like one", () => {
    const bombs = [
      `models:\n  m: &a\n    applications: &b {x: {charm: y}}\n${Array.from({ length: 40 }, (_, i) => `  m${i}: *a`).join("\n")}`,
      `applications: {__proto__: {charm: x}, constructor: {charm: y}, toString: null}\nrelations: [[__proto__:a, constructor:b]]`,
      `model: {name: m}\napplications: {${Array.from({ length: 2000 }, (_, i) => `a${i}: 7`).join(", ")}}`,
    ];
    for (const text of bombs) {
      const [topology] = topologiesOf([sourceFile("mesh-topology.yaml", text)], []);
      expect(topology).toBeDefined();
    }
  });
});
