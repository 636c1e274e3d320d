import { describe, expect, it } from "vitest";
import { bare, modelOf, modelOfPython } from "../support/charm-reading.ts";

/* Idioms whose meaning shows in the charm model only, by their numbers; the evaluator's are in test/evaluate. */

const CHARMCRAFT = `name: x
provides:
  metrics: {interface: prometheus_scrape}
  api: {interface: http}
  grafana-source: {interface: grafana_datasource}
requires:
  service-mesh: {interface: service_mesh}
`;

describe("idioms that the charm model reads", () => {
  it("I28 distinguishes no ports, an empty list of endpoints and an empty endpoint: each allows everything", () => {
    const { policies } = modelOfPython(
      `from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer, UnitPolicy
class Charm:
    def __init__(self):
        self.mesh = ServiceMeshConsumer(self, policies=[
            UnitPolicy(relation="metrics"),
            UnitPolicy(relation="metrics", ports=None),
            AppPolicy(relation="api", endpoints=[]),
            AppPolicy(relation="api", endpoints=[Endpoint()]),
        ])
`,
      CHARMCRAFT,
    );
    const [absent, none, empty, bareEndpoint] = policies;
    expect(absent && bare(absent.ports)).toBe(null);
    expect(none && bare(none.ports)).toBe(null);
    expect(empty && bare(empty.endpoints)).toEqual([]);
    const endpoints = bareEndpoint?.endpoints;
    const [endpoint] = endpoints?.kind === "known" ? endpoints.value : [];
    expect(endpoint && [endpoint.ports, endpoint.methods, endpoint.paths, endpoint.hosts].map(bare)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("I47 puts metadata.yaml, config.yaml and charmcraft.yaml together, poetry's groups and underscored names", () => {
    const model = modelOf(`//- metadata.yaml
name: old
provides:
  api: {interface: http}
//- config.yaml
options:
  port: {type: int, default: 8080}
//- charmcraft.yaml
type: charm
parts:
  charm: {plugin: poetry}
//- pyproject.toml
[tool.poetry.group.charm.dependencies]
charmed_service_mesh_helpers = "^0.2"
[tool.poetry.group.unit.dependencies]
pytest = "*"
//- src/charm.py
import ops
from charms.istio_beacon_k8s.v0.service_mesh import ServiceMeshConsumer, UnitPolicy
class Charm(ops.CharmBase):
    def __init__(self):
        self.mesh = ServiceMeshConsumer(self, policies=[UnitPolicy(relation="api", ports=[self.config["port"]])])
`);
    expect(model.metadata.name).toBe("old");
    expect(model.metadata.relations.map((each) => each.endpoint)).toEqual(["api"]);
    expect([...model.metadata.partPlugins]).toEqual([["charm", "poetry"]]);
    expect([...model.dependencies.packages.keys()]).toEqual(["charmed-service-mesh-helpers"]);
    const [policy] = model.policies;
    expect(policy && bare(policy.ports)).toEqual([8080]);
    expect(policy?.ports.kind === "known" && policy.ports.configurable).toEqual(["port"]);
  });

  it.each([
    ["socket.getfqdn()", "unit"],
    ["socket.getfqdn().split('.', 1)[-1]", "headless"],
    ["'*'", "unit"],
    ["Coordinator.app_hostname('h', self.app.name, self.model.name)", "application"],
    ["f'{self.app.name}.{self.model.name}.svc.cluster.local'", "application"],
    ["f'{self.app.name}-endpoints.{self.model.name}.svc.cluster.local'", "headless"],
    ["self.ingress.url", "external"],
  ])("I48 knows the kind of address of %s", (host, kind) => {
    const model = modelOfPython(
      `import socket
import ops
from charms.grafana_k8s.v0.grafana_source import GrafanaSourceProvider
from charms.traefik_k8s.v2.ingress import IngressPerAppRequirer
from coordinated_workers.coordinator import Coordinator
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.ingress = IngressPerAppRequirer(self)
        self.source = GrafanaSourceProvider(self, "loki", source_url=${host === "self.ingress.url" ? host : `f"http://{self.host}:3100"`})
    @property
    def host(self):
        return ${host}
`,
      CHARMCRAFT,
    );
    expect(model.published.map((each) => [each.relation, bare(each.address)])).toEqual([["grafana-source", kind]]);
  });
});

describe("a PolicyResourceManager's labels", () => {
  const managers = (labels: string, rest = "") =>
    modelOfPython(`import ops
from charms.istio_beacon_k8s.v0.service_mesh import PolicyResourceManager
SCOPE = "allow" + "-all"
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self._name = self.model.app.name
        self.manager = PolicyResourceManager(charm=self, lightkube_client=None, labels=${labels})
${rest}`).resourceManagers.map((each) =>
      each.labels.kind === "known" ? Object.fromEntries(each.labels.value) : each.labels,
    );

  it("are read where they are put together from names and constants", () => {
    expect(
      managers('{"a": f"{self.app.name}-{self.model.name}", "b": f"{self._name}-{SCOPE}", "c": "-".join(["x", "y"])}'),
    ).toEqual([{ a: "{app}-{model}", b: "{app}-allow-all", c: "x-y" }]);
  });

  it("keep what can't be read in braces, and another application's name apart from the charm's own", () => {
    expect(managers('{"a": f"{load()}-x", "b": other(), "c": self.model.get_relation("r").app.name}')).toEqual([
      { a: "{load()}-x", b: "{other()}", c: '{self.model.get_relation("r").app.name}' },
    ]);
  });

  it("are unknown as a whole where the dict comes from a package, and say which", () => {
    expect(
      managers("make_labels(self)", "from lightkube_extensions.batch import make_labels\n").map((each) => [
        (each as { kind: string }).kind,
        (each as { why: string }).why,
      ]),
    ).toEqual([["unknown", expect.stringContaining("lightkube_extensions.batch.make_labels")]]);
  });
});

describe("what a package hides", () => {
  it("carries the package as its reason, wherever the value is passed", () => {
    const { policies, openedPorts } = modelOfPython(
      `from charms.istio_beacon_k8s.v0.service_mesh import ServiceMeshConsumer, UnitPolicy
from some_lib.topology import PORT, PORTS
class Charm:
    def __init__(self):
        self.mesh = ServiceMeshConsumer(self, policies=[
            UnitPolicy(relation="metrics", ports=[PORT]),
            UnitPolicy(relation="metrics", ports=[80, PORT]),
            UnitPolicy(relation="metrics", ports=[int(PORT)]),
            UnitPolicy(relation="metrics", ports=[PORT + 1]),
            UnitPolicy(relation="metrics", ports=PORTS),
            UnitPolicy(relation="metrics", ports=[80, *PORTS]),
            UnitPolicy(relation="metrics", ports=[p.port for p in PORTS]),
        ])
        self.unit.set_ports(8080, PORT)
`,
      CHARMCRAFT,
    );
    const whys = [...policies.map((each) => each.ports), openedPorts].map((fact) => ("why" in fact ? fact.why : fact));
    const port = "`some_lib.topology.PORT` comes from the package `some_lib`, which is not in the charm's tree";
    const ports = port.replace(".PORT", ".PORTS");
    expect(whys).toEqual([port, port, port, port, ports, ports, expect.stringContaining(ports), port]);
  });
});

describe("ports of a Service that the charm makes", () => {
  const service = (name: string) =>
    bare(
      modelOfPython(`import ops
from lightkube.models.core_v1 import ServicePort, ServiceSpec
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import Service
class Charm(ops.CharmBase):
    def go(self, relation):
        return Service(
            metadata=ObjectMeta(name=${name}),
            spec=ServiceSpec(ports=[ServicePort(port=2049)]),
        )
`).openedPorts,
    );

  it("count where it is the application's", () => {
    expect(service("self.app.name")).toEqual([2049]);
    expect(service('f"{self.app.name}-extra"')).toEqual([2049]);
  });

  it("don't where it is another's; where it may be, the list stays open", () => {
    const open = { possible: [], always: [], open: true };
    expect(service('"nfs-server"')).toEqual([]);
    expect(service("relation.app.name")).toEqual(open);
    expect(service('f"{relation.app.name}-tailscale"')).toEqual(open);
  });
});
