import { describe, expect, it } from "vitest";
import { inspection } from "#ide";
import { edited } from "../support/charm-fixture.ts";
import { bare, modelOf, modelOfPython, textAt } from "../support/charm-reading.ts";
import { miniConsumer, miniCoordinator, miniWorker } from "../support/minicharms.ts";

describe("a charm as a whole", () => {
  it("is read once per files object and anew after an edit", () => {
    const charm = miniCoordinator();
    const before = modelOf(charm);
    expect(modelOf(charm)).toBe(before);
    const after = modelOf(edited(charm, "src/mini.py", (text) => text.replace("3200", "3201")));
    expect(after.coordinator && bare(after.coordinator.workerMetricsPort)).toBe(3201);
    expect(before.coordinator && bare(before.coordinator.workerMetricsPort)).toBe(3200);
  });

  it.each([
    ["an entry point", "parts:\n  charm:\n    plugin: charm\n    charm-entrypoint: src/code/charm.py\n", ""],
    ["setuptools' folder", "", '[tool.setuptools.package-dir]\n"" = "src/code"'],
    ["setuptools' search", "", '[tool.setuptools.packages.find]\nwhere = ["./src/code/", "."]'],
    ["poetry's packages", "", '[tool.poetry]\npackages = [{include = "ports", from = "src/code"}]'],
    ["hatch's packages", "", '[tool.hatch.build.targets.wheel]\npackages = ["src/code/ports"]'],
  ])("finds what it imports where its packaging says: %s", (_, parts, pyproject) => {
    const opened = (yaml: string, toml: string) =>
      bare(
        modelOf(`//- charmcraft.yaml
name: x
${yaml}
//- pyproject.toml
${toml}
//- src/code/charm.py
import ops
from ports import PORT
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.unit.set_ports(PORT)
//- src/code/ports.py
PORT = 8080
`).openedPorts,
      );
    expect(opened(parts, pyproject)).toEqual([8080]);
    const elsewhere = { possible: [], always: [], open: true };
    expect(opened(parts.replace("src/code", "../src/code"), pyproject.replace("src/code", "/src/code"))).toEqual(
      elsewhere,
    );
  });

  it("says whether it is a test charm", () => {
    expect(modelOf(miniConsumer("", "tests/integration/testers/mini")).test).toBe(true);
    expect(modelOf(miniConsumer("", "charms/mini")).test).toBe(false);
    expect(modelOf(miniConsumer("", "latest/mini")).test).toBe(false);
  });

  it("gives something for an empty folder and for nothing but broken files", () => {
    const empty = modelOf("");
    expect([empty.kind, empty.metadata.name, empty.policies, empty.policiesComplete]).toEqual(["none", null, [], true]);
    const broken = modelOf("//- charmcraft.yaml\n: [\n//- src/charm.py\ndef (\n//- pyproject.toml\n[[[\n");
    expect(broken.damaged).toBe(true);
    expect(new Set(broken.problems.map((each) => each.file.path))).toEqual(
      new Set(["charmcraft.yaml", "src/charm.py", "pyproject.toml"]),
    );
  });

  it("is damaged where a Python file could not be read at all", () => {
    const charm = miniConsumer();
    expect(modelOf({ ...charm, unreadable: new Map([["src/other.py", "is not UTF-8"]]) }).damaged).toBe(true);
    expect(modelOf({ ...charm, unreadable: new Map([["lib/charms/a/v0/b.py", "is not UTF-8"]]) }).damaged).toBe(false);
    expect(modelOf({ ...charm, unreadable: new Map([["tests/unit/test_a.py", "is not UTF-8"]]) }).damaged).toBe(false);
  });

  it("keeps what stands around a statement that is being typed", () => {
    const model = modelOf(
      edited(miniCoordinator(), "src/charm.py", (text) =>
        text.replace(
          "        self.unit.set_ports(Mini.http_port, PROXY_PORT)",
          "        self.unit.set_ports(Mini.http_port,\n",
        ),
      ),
    );
    expect(model.damaged).toBe(true);
    expect(model.coordinator?.endpoints.entries.length).toBe(12);
    expect(model.policies.map((policy) => bare(policy.relation))).toEqual(["mini-api"]);
  });

  it("marks imports that only type checkers see", () => {
    const model = modelOfPython(`import typing
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from charms.istio_beacon_k8s.v0.service_mesh import Policy
else:
    import json
try:
    from a import b as c, d
except ImportError:
    from . import e
`);
    expect(model.imports.map((each) => [each.module, each.name, each.typeCheckingOnly])).toEqual([
      ["typing", null, false],
      ["typing", "TYPE_CHECKING", false],
      ["charms.istio_beacon_k8s.v0.service_mesh", "Policy", true],
      ["json", null, false],
      ["a", "b", false],
      ["a", "d", false],
      [".", "e", false],
    ]);
  });
});

describe("uses of relations in Python", () => {
  const model = modelOf(`//- charmcraft.yaml
name: x
provides:
  my-db: {interface: db}
  web: {interface: http}
//- src/charm.py
from lib import Thing, UnitPolicy
NAME = "my-db"
class Charm:
    def __init__(self, relation="web"):
        self.framework.observe(self.on.my_db_relation_changed, self.f)
        self.framework.observe(self.on["my-db"].relation_joined, self.f)
        self.a = Thing(self, "my-db")
        self.b = Thing(self, relation_name="my-db")
        self.c = Thing(endpoints={"metrics": "my-db", "my-db": "x"})
        self.d = UnitPolicy(relation="my-db")
        self.model.get_relation("my-db")
        self.model.relations["my-db"]
        print("my-db", f"my-db {self}")
//- tests/unit/test_charm.py
r = Relation("my-db")
`);

  it("have the kind of their place", () => {
    expect(model.relationUses.map((use) => [use.endpoint, use.role, textAt(use.location)])).toEqual([
      // Nothing uses this constant and this parameter.
      ["my-db", "other", '"my-db"'],
      ["web", "other", '"web"'],
      ["my-db", "event", "my_db"],
      ["my-db", "event", '"my-db"'],
      ["my-db", "library-argument", '"my-db"'],
      ["my-db", "library-argument", '"my-db"'],
      ["my-db", "endpoint-map", '"my-db"'],
      ["my-db", "other", '"my-db"'],
      ["my-db", "policy", '"my-db"'],
      ["my-db", "model-relation", '"my-db"'],
      ["my-db", "model-relation", '"my-db"'],
      ["my-db", "other", '"my-db"'],
      ["my-db", "library-argument", '"my-db"'],
    ]);
  });
});

describe("inspection", () => {
  const { version, charms } = inspection([modelOf(miniCoordinator()), modelOf(miniWorker()), modelOf(miniConsumer())]);
  const [coordinator, worker, consumer] = charms;

  it("has the contract's shape for a coordinator", () => {
    expect(version).toBe(1);
    expect(coordinator).toMatchObject({
      path: "coordinator",
      name: "mini-coordinator-k8s",
      kind: "coordinator",
      coordinator: {
        class: "Coordinator",
        path: "src/charm.py",
        endpoints: { cluster: { value: "mini-cluster" }, "send-datasource": { value: null } },
        worker_metrics_port: { value: 3200 },
        telemetry_proxy: { http_port: { value: 3300 }, https_port: { value: 3300 } },
        workload_tracing_protocols: { value: ["otlp_http"] },
        peer_relation: { value: "peers" },
        container_name: { value: null },
      },
      worker: null,
      consumer: null,
      opened_ports: { value: [3200, 3300] },
    });
    expect(coordinator?.["relations"]).toContainEqual(
      expect.objectContaining({
        endpoint: "service-mesh",
        side: "requires",
        interface: "service_mesh",
        limit: 1,
        optional: null,
      }),
    );
    expect(coordinator?.["libraries"]).toContainEqual({
      name: "charms.istio_beacon_k8s.v0.service_mesh",
      vendored: true,
      patch: 20,
      charm_libs: false,
    });
    expect(coordinator?.["dependencies"]).toContainEqual({
      name: "coordinated-workers",
      constraint: ">=2.2.6",
      locked: null,
      path: "pyproject.toml",
    });
    expect(coordinator?.["policies"]).toMatchObject([
      {
        origin: "charm",
        kind: "AppPolicy",
        relation: { value: "mini-api" },
        endpoints: [
          { ports: { value: [3200] }, methods: { value: null }, paths: { value: null }, hosts: { value: null } },
        ],
        service: { value: null },
        path: "src/charm.py",
      },
    ]);
  });

  it("has the contract's shape for workers and consumers, `.` for the working directory", () => {
    expect(worker).toMatchObject({ kind: "worker", coordinator: null, worker: { class: "Worker" } });
    expect(consumer).toMatchObject({
      path: ".",
      kind: "standalone",
      consumer: {
        mesh_relation_name: { value: "service-mesh" },
        cross_model_mesh_requires_name: { value: "require-cmr-mesh" },
        cross_model_mesh_provides_name: { value: "provide-cmr-mesh" },
        auto_join: { value: true },
      },
    });
    const policies = consumer?.["policies"];
    expect(policies).toMatchObject([{ kind: "AppPolicy" }, { kind: "UnitPolicy", ports: { value: [9090] } }]);
    expect((policies as object[])[1]).not.toHaveProperty("endpoints");
  });

  it("has a MeshPolicy's own fields with their defaults, and the names that Juju gives as `{app}` and `{model}`", () => {
    const library = "charms.istio_beacon_k8s.v0.service_mesh";
    const model = modelOfPython(`from ops import CharmBase
from ${library} import AppPolicy, MeshPolicy, ServiceMeshConsumer

class Shop(CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.mesh = ServiceMeshConsumer(
            self,
            policies=[AppPolicy(relation="web", endpoints=[], service=f"{self.app.name}-web.{self.model.name}")],
        )
        self.more = MeshPolicy(source_namespace="m", source_app_name="a", target_namespace="m", target_service="s")
`);
    expect(inspection([model]).charms[0]?.["policies"]).toMatchObject([
      { kind: "AppPolicy", service: { template: "{app}-web.{model}" } },
      {
        origin: "resource-manager",
        source_namespace: { value: "m" },
        target_app_name: { value: null },
        target_selector_labels: { value: null },
        target_service: { value: "s" },
        target_type: { value: "app" },
        endpoints: { value: [] },
      },
    ]);
  });

  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify({ version, charms }))).toEqual({ version, charms });
  });
});
