import { describe, expect, it } from "vitest";
import {
  asStringList,
  callWith,
  findCalls,
  isInstanceOf,
  namedArguments,
} from "../../engine/python/src/evaluate/evaluation.ts";
import { bareFact } from "./facts.ts";
import { calls, plain, probe, probed, programOf } from "./probing.ts";

const CONSUMER = "charms.istio_beacon_k8s.v0.service_mesh.ServiceMeshConsumer";
const COORDINATOR = "coordinated_workers.coordinator.Coordinator";
const consumer = (fixture: string) => calls(fixture, CONSUMER).map((site) => [site.arguments, site.condition]);
const coordinator = (fixture: string) => calls(fixture, COORDINATOR).map((site) => [site.called, site.arguments]);

const HEAD = "from charms.istio_beacon_k8s.v0.service_mesh import ServiceMeshConsumer\n";
const SELF = { "": [{ instance: "C" }] };

describe("calls of what stands outside the tree", () => {
  it("I13 reads members of the library's enum, and plain texts", () => {
    const head =
      "from charms.istio_beacon_k8s.v0.service_mesh import Method\nimport charms.istio_beacon_k8s.v0.service_mesh as mesh\n";
    const [value] = probed(`${head}probe([Method.get, "POST", mesh.Method.post])`);
    expect(value && bareFact(asStringList(value))).toEqual(["GET", "POST", "POST"]);
    const [wrong] = probed(`${head}probe([Method.GET])`);
    expect(wrong && bareFact(asStringList(wrong))).toBe("unknown");
  });

  it("I18 follows a property that returns the policy list", () => {
    const [value] = probed(`
from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, UnitPolicy
class C:
    def __init__(self):
        probe(self._policies)
    @property
    def _policies(self) -> list[AppPolicy | UnitPolicy]:
        """Policies."""
        return [AppPolicy(relation="api", endpoints=[Endpoint(ports=[80])]), UnitPolicy(relation="m")]
`);
    if (value?.kind !== "sequence") throw new Error("no list");
    expect(
      value.elements.map((one) => isInstanceOf(one.value, ["charms.istio_beacon_k8s.v0.service_mesh.AppPolicy"])),
    ).toEqual([true, false]);
    expect(plain(value)).toEqual([
      { instance: "charms.istio_beacon_k8s.v0.service_mesh.AppPolicy" },
      { instance: "charms.istio_beacon_k8s.v0.service_mesh.UnitPolicy" },
    ]);
  });

  it("I19 reads the fields of a known record, inline or from a property", () => {
    const head = "from coordinated_workers.worker_telemetry import WorkerTelemetryProxyConfig\nPORT = 3300\n";
    expect(
      probe(
        `${head}class C:\n    @property\n    def proxy(self):\n        return WorkerTelemetryProxyConfig(PORT, https_port=443)\n    def go(self):\n        probe([self.proxy.http_port, self.proxy.https_port])`,
      ),
    ).toEqual([3300, 443]);
  });

  it("I23 binds the parameters of a module-level function from its callers", () => {
    const fixture = (body: string) => `//- src/charm.py
import integrations
class C:
    port = 80
    def __init__(self):
${body}
//- src/integrations.py
${HEAD}
def setup(charm, relation="m"):
    charm.mesh = ServiceMeshConsumer(charm, policies=[charm.port, relation])
`;
    expect(consumer(fixture("        integrations.setup(self)"))).toEqual([[{ ...SELF, policies: [80, "m"] }, null]]);
    expect(consumer(fixture('        if self.ready():\n            integrations.setup(self, relation="n")'))).toEqual([
      [{ ...SELF, policies: [80, "n"] }, "`self.ready()`"],
    ]);
    expect(consumer(fixture('        integrations.setup(self)\n        integrations.setup(self, "n")'))).toEqual([
      [{ ...SELF, policies: [80, { oneOf: ["m", "n"] }] }, null],
    ]);
    expect(consumer(fixture("        pass"))).toEqual([
      [
        { "": [{ unknown: expect.stringContaining("setup()") }], policies: [{ unknown: expect.any(String) }, "m"] },
        null,
      ],
    ]);
  });

  it("I24 finds a call in a component class, under every name for the charm there", () => {
    const found = consumer(`//- src/charm.py
from components.mesh import MeshComponent
class Charm:
    def __init__(self):
        self.reconciler.add(MeshComponent(charm=self, name="mesh"))
//- src/components/mesh.py
from some_framework import Component
${HEAD}
class MeshComponent(Component):
    def __init__(self, *args, relation_name="service-mesh", **kwargs):
        super().__init__(*args, **kwargs)
        self._mesh = ServiceMeshConsumer(self._charm, mesh_relation_name=relation_name)
`);
    expect(found).toEqual([
      [{ "": [{ external: "some_framework.Component._charm" }], mesh_relation_name: "service-mesh" }, null],
    ]);
  });

  it("I25 gives the condition under which a call runs", () => {
    const inInit = (body: string) =>
      `${HEAD}class C:\n    def __init__(self):\n${body.replace(/^(?=.)/gm, "        ")}\n`;
    const condition = (body: string) => consumer(inInit(body)).map(([, text]) => text);
    const call = "self.mesh = ServiceMeshConsumer(self)";
    expect(condition(call)).toEqual([null]);
    expect(condition(`if self.unit.is_leader():\n    ${call}`)).toEqual(["`self.unit.is_leader()`"]);
    expect(condition(`if not self.unit.is_leader():\n    return\n${call}`)).toEqual(["`self.unit.is_leader()`"]);
    expect(condition(`if not ready():\n    pass\n${call}`)).toEqual([null]);
    expect(condition(`try:\n    check()\nexcept Failed:\n    return\n${call}`)).toEqual([
      "no exception `Failed` is raised",
    ]);
    expect(condition(`self.mesh = ServiceMeshConsumer(self) if leader() else None`)).toEqual(["`leader()`"]);
    expect(condition(`for x in load():\n    ${call}`)).toEqual(["`load()` is not empty"]);
    expect(condition(`for x in (1, 2):\n    ${call}`)).toEqual([null]);
    expect(condition(`if True:\n    ${call}`)).toEqual([null]);
    const handler = `${inInit("self.framework.observe(self.on.start, self._on_start)")}    def _on_start(self, event):\n        ${call}\n`;
    expect(consumer(handler).map(([, text]) => text)).toEqual(["`_on_start()` runs"]);
    const helper = `${inInit("if leader():\n    self._setup()")}    def _setup(self):\n        ${call}\n`;
    expect(consumer(helper).map(([, text]) => text)).toEqual(["`leader()`"]);
  });

  it("I29 finds calls of subclasses, with the arguments that reach the base", () => {
    expect(
      coordinator(`from coordinated_workers.coordinator import Coordinator
class Mine(Coordinator):
    pass
class C:
    def __init__(self):
        self.c = Mine(charm=self, worker_metrics_port=80)
`),
    ).toEqual([["Mine", { charm: { instance: "C" }, worker_metrics_port: 80 }]]);
    expect(
      coordinator(`//- src/charm.py
from mine import Mine
class C:
    def __init__(self):
        self.c = Mine(self, status="ready", worker_metrics_port=80)
//- src/mine.py
from coordinated_workers import coordinator
class Base(coordinator.Coordinator):
    pass
class Mine(Base):
    def __init__(self, *args, status="x", **kwargs):
        super().__init__(*args, peer_relation="peers", **kwargs)
        self.status = status
`),
    ).toEqual([["Mine", { "": [{ instance: "C" }], peer_relation: "peers", worker_metrics_port: 80 }]]);
    expect(
      coordinator(`from coordinated_workers.coordinator import Coordinator
class Mine(Coordinator):
    def __init__(self, charm, **kwargs):
        Coordinator.__init__(self, charm=charm, endpoints={"s3": "s3"}, **kwargs)
Mine(object(), **load())
`),
    ).toEqual([
      ["Mine", { charm: { instance: "builtins.object" }, endpoints: { s3: "s3" }, open: expect.any(String) }],
    ]);
  });

  it("finds calls under every name: aliases, re-exports, both generations", () => {
    expect(
      calls(`from coordinated_workers.coordinator import Coordinator as Base\nMake = Base\nMake(a=1)\n`, COORDINATOR),
    ).toHaveLength(1);
    expect(calls(`import coordinated_workers.coordinator as cw\ncw.Coordinator(a=1)\n`, COORDINATOR)).toHaveLength(1);
    expect(
      calls(
        `//- src/charm.py\nfrom compat import Coordinator\nCoordinator(a=1)\n//- src/compat.py\nfrom coordinated_workers.coordinator import Coordinator\n`,
        COORDINATOR,
      ),
    ).toHaveLength(1);
    const either = `
try:
    from charmlibs.interfaces.service_mesh import ServiceMeshConsumer
except ImportError:
    from charms.istio_beacon_k8s.v0.service_mesh import ServiceMeshConsumer
ServiceMeshConsumer(None)
`;
    const read = programOf(either);
    expect(findCalls(read, ["charmlibs.interfaces.service_mesh.ServiceMeshConsumer"])).toHaveLength(1);
    expect(findCalls(read, [CONSUMER])).toHaveLength(1);
    expect(findCalls(read, (name) => name.endsWith(".ServiceMeshConsumer")).map((site) => site.matched)).toEqual([
      "charmlibs.interfaces.service_mesh.ServiceMeshConsumer",
    ]);
  });

  it("I42 counts no annotations, no attributes of the class and no calls in tests and libraries", () => {
    expect(
      calls(
        `//- src/charm.py
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from coordinated_workers.coordinator import Coordinator
def f(c: "Coordinator", d: Coordinator) -> Coordinator:
    return Coordinator.app_hostname(1)
//- tests/unit/test_charm.py
from coordinated_workers.coordinator import Coordinator
Coordinator()
//- lib/charms/x/v0/y.py
from coordinated_workers.coordinator import Coordinator
Coordinator()
`,
        COORDINATOR,
      ),
    ).toEqual([]);
  });

  it("I46 gives keywords and positional arguments by the parameters' names", () => {
    const read = programOf(`${HEAD}ServiceMeshConsumer(1, "mesh", policies=None, auto_join=bool(x()))`);
    const [site] = findCalls(read, [CONSUMER]);
    if (!site) throw new Error("not found");
    const parameters = ["charm", "mesh_relation_name", "cross_model_mesh_requires_name"];
    expect([...namedArguments(site.arguments, parameters).keys()]).toEqual([
      "charm",
      "mesh_relation_name",
      "policies",
      "auto_join",
    ]);
    expect(namedArguments(site.arguments, parameters).get("mesh_relation_name")?.keyword).toBe(null);
    expect(site.arguments.keywords.get("policies")?.keyword?.span).toBeTruthy();
    expect(namedArguments(site.arguments, parameters).get("cross_model_mesh_requires_name")).toBe(undefined);
    expect(site.arguments.open).toBe(null);
  });

  it("I27 distinguishes None, an absent argument and an open end", () => {
    expect(
      consumer(`${HEAD}class C:\n    def __init__(self):\n        ServiceMeshConsumer(self, policies=None)`),
    ).toEqual([[{ ...SELF, policies: null }, null]]);
    expect(consumer(`${HEAD}class C:\n    def __init__(self):\n        ServiceMeshConsumer(self)`)).toEqual([
      [SELF, null],
    ]);
    expect(
      consumer(`${HEAD}class C:\n    def __init__(self):\n        ServiceMeshConsumer(self, **self.args())`),
    ).toEqual([[{ ...SELF, open: expect.any(String) }, null]]);
    expect(
      consumer(`${HEAD}class C:\n    def __init__(self):\n        ServiceMeshConsumer(self, **{"policies": []})`),
    ).toEqual([[{ ...SELF, policies: [] }, null]]);
  });

  it("I36, I37 gives Port and ServicePort objects with their arguments", () => {
    const [value] = probed(
      "import ops\nfrom lightkube.models.core_v1 import ServicePort\nprobe([ops.Port('tcp', 80).port, ServicePort(443, name='x').port, ServicePort(port=8443).port])",
    );
    expect(value && plain(value)).toEqual([80, 443, 8443]);
  });

  it("I41 calls lambdas and bound methods that are passed around", () => {
    const fixture = (ports: string) => `
class W:
    port = 7946
class C:
    def __init__(self):
        probe(${ports})
    def _ports(self, role):
        return (W.port, 1) if role == "all" else (W.port,)
`;
    const called = (ports: string): unknown => {
      const read = programOf(fixture(ports));
      const [value] = probed(fixture(ports));
      const at = read.modules[0] ? { file: read.modules[0].file, span: { start: 0, end: 0 } } : undefined;
      if (!value || !at) throw new Error("no probe");
      return plain(
        callWith(read, value, [{ kind: "string", value: "all", bytes: false, because: [], configurable: [] }], at),
      );
    };
    expect(called("lambda _: tuple({8080, 9095})")).toEqual([8080, 9095]);
    expect(called("lambda role: (W.port, len(role))")).toEqual([7946, 3]);
    expect(called("self._ports")).toEqual([7946, 1]);
  });

  it("I43 finds helpers that are functions, not classes", () => {
    const name = "charmed_kubeflow_chisme.service_mesh.generate_allow_all_authorization_policy";
    expect(
      calls(
        `from charmed_kubeflow_chisme.service_mesh import generate_allow_all_authorization_policy as allow\nx = allow(app_name="a")`,
        name,
      ),
    ).toEqual([{ called: "allow", arguments: { app_name: "a" }, condition: null }]);
  });
});
