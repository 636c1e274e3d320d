import { describe, expect, it } from "vitest";
import { bare, modelOf, modelOfPython } from "../support/charm-reading.ts";

const CHARMCRAFT = `name: x
provides:
  metrics-endpoint: {interface: prometheus_scrape}
  grafana-source: {interface: grafana_datasource}
  receive-remote-write: {interface: prometheus_remote_write}
  other-source: {interface: grafana_datasource}
  details: {interface: details}
`;

/** What is published over a relation by a charm with these statements in its __init__. */
function published(statements: string, properties = "", imports = "") {
  const model = modelOfPython(
    `import socket
import ops
from urllib.parse import urlparse
from charms.prometheus_k8s.v0.prometheus_scrape import MetricsEndpointProvider
from charms.grafana_k8s.v0.grafana_source import GrafanaSourceProvider
from charms.prometheus_k8s.v1.prometheus_remote_write import PrometheusRemoteWriteProvider
from charms.traefik_k8s.v2.ingress import IngressPerAppRequirer
from coordinated_workers.coordinator import Coordinator
${imports}
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        ${statements.replaceAll("\n", "\n        ")}
    @property
    def fqdn(self):
        return socket.getfqdn()
    @property
    def app_hostname(self):
        return Coordinator.app_hostname(hostname=self.fqdn, app_name=self.app.name, model_name=self.model.name)
${properties}
`,
    CHARMCRAFT,
  );
  return model.published.map((each) => [each.relation, bare(each.address), bare(each.port)]);
}

describe("the address that a charm publishes", () => {
  it.each([
    ["the library's own choice without a URL", "GrafanaSourceProvider(self, 'x')", "grafana-source", "unit"],
    [
      "a pod's name",
      "GrafanaSourceProvider(self, 'x', source_url=f'http://{socket.getfqdn()}:80')",
      "grafana-source",
      "unit",
    ],
    [
      "a pod's name through a property",
      "GrafanaSourceProvider(self, 'x', source_url=f'http://{self.fqdn}')",
      "grafana-source",
      "unit",
    ],
    [
      "the Service's name of the coordinator",
      "GrafanaSourceProvider(self, 'x', source_url=f'http://{self.app_hostname}')",
      "grafana-source",
      "application",
    ],
    [
      "application and model",
      "GrafanaSourceProvider(self, 'x', source_url=f'http://{self.app.name}.{self.model.name}.svc.cluster.local:80')",
      "grafana-source",
      "application",
    ],
    [
      "the application alone",
      "GrafanaSourceProvider(self, 'x', source_url=f'http://{self.app.name}:80')",
      "grafana-source",
      "application",
    ],
    [
      "the headless Service",
      "GrafanaSourceProvider(self, 'x', source_url=f'http://{self.app.name}-endpoints.{self.model.name}.svc:80')",
      "grafana-source",
      "headless",
    ],
    [
      "another relation by keyword",
      "GrafanaSourceProvider(self, 'x', relation_name='other-source')",
      "other-source",
      "unit",
    ],
    [
      "wildcard targets",
      "MetricsEndpointProvider(self, jobs=[{'static_configs': [{'targets': ['*:9090']}]}])",
      "metrics-endpoint",
      "unit",
    ],
    [
      "a target of the Service",
      "MetricsEndpointProvider(self, jobs=[{'static_configs': [{'targets': [f'{self.app.name}.{self.model.name}.svc:1']}]}])",
      "metrics-endpoint",
      "application",
    ],
    ["no jobs at all", "MetricsEndpointProvider(self)", "metrics-endpoint", "unit"],
    [
      "a function's result",
      "PrometheusRemoteWriteProvider(self, server_url_func=lambda: f'http://{self.fqdn}:1')",
      "receive-remote-write",
      "unit",
    ],
    [
      "the scheme chosen at run time",
      "s = 'https' if x else 'http'\nGrafanaSourceProvider(self, 'x', source_url=f'{s}://{self.fqdn}')",
      "grafana-source",
      "unit",
    ],
  ])("%s", (_, statements, relation, kind) => {
    expect(published(statements).map((each) => each.slice(0, 2))).toEqual([[relation, kind]]);
  });

  it("counts the charm's own address beside an ingress's", () => {
    const statements = `self.ingress = IngressPerAppRequirer(self)
GrafanaSourceProvider(self, 'x', source_url=self.url)`;
    const property = `    @property
    def url(self):
        if self.ingress.url:
            return self.ingress.url
        return f"http://{self.fqdn}:80"`;
    expect(published(statements, property).map((each) => each[1])).toEqual(["unit"]);
    const only = `self.ingress = IngressPerAppRequirer(self)
GrafanaSourceProvider(self, 'x', source_url=self.ingress.url)`;
    expect(published(only).map((each) => each[1])).toEqual(["external"]);
  });

  it("gives the port where it is written or resolved", () => {
    const statements = "P = 9100\nMetricsEndpointProvider(self, jobs=[{'static_configs': [{'targets': [f'*:{P}']}]}])";
    expect(published(statements)).toEqual([["metrics-endpoint", "unit", 9100]]);
  });

  it("does not guess", () => {
    expect(published("GrafanaSourceProvider(self, 'x', source_url=load())")).toEqual([
      ["grafana-source", "unknown", "unknown"],
    ]);
    expect(published("GrafanaSourceProvider(self, 'x', **load())")).toEqual([]);
    expect(published("GrafanaSourceProvider(self, 'x', relation_name='undeclared')")).toEqual([]);
  });

  it("takes an address that is handed over later by a method", () => {
    const statements = `self.source = GrafanaSourceProvider(self, 'x', source_url=f'http://{self.app_hostname}')
self.source.update_source(source_url=f'http://{self.fqdn}')`;
    expect(published(statements).map((each) => each[1])).toEqual([{ oneOf: ["application", "unit"] }]);
  });

  it("is read from databags that a class of the charm's own writes", () => {
    const model = modelOf(`//- charmcraft.yaml
${CHARMCRAFT}
//- src/charm.py
import ops
from details import DetailsProvider
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.details = DetailsProvider(charm=self, relation_name="details", port=9080)
//- src/details.py
from ops import Object
class DetailsProvider(Object):
    def __init__(self, charm, relation_name, port):
        super().__init__(charm, relation_name)
        self._charm = charm
        self._port = port
    def _update(self, relation):
        url = f"http://{self._charm.app.name}:{self._port}"
        relation.data[self._charm.app]["url"] = url
`);
    expect(model.published.map((each) => [each.relation, bare(each.address), bare(each.port)])).toEqual([
      ["details", "application", 9080],
    ]);
  });

  it("is read from databags that the charm itself writes, where the method names one relation", () => {
    const statements = "self.framework.observe(self.on['details'].relation_joined, self._joined)";
    const write = (line: string) => `    def _joined(self, event):
        for relation in self.model.relations["details"]:
            ${line}`;
    expect(published(statements, write('relation.data[self.app].update({"host": self.fqdn, "port": "80"})'))).toEqual([
      ["details", "unit", "unknown"],
    ]);
    expect(published(statements, write('relation.data[self.unit]["ready"] = "true"'))).toEqual([]);
  });

  it("is read where a class takes the relations themselves, and an ingress's own port is none of the charm's", () => {
    const model = modelOfPython(
      `import ops
from charms.pyroscope_coordinator_k8s.v0.profiling import ProfilingEndpointProvider
from charms.traefik_k8s.v0.traefik_route import TraefikRouteRequirer
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.ingress = TraefikRouteRequirer(self, self.model.get_relation("ingress"), "ingress")
        self.profiling = ProfilingEndpointProvider(self.model.relations["profiling"], self.app)
        self.profiling.publish_endpoint(otlp_grpc_endpoint=self.url)
    @property
    def url(self):
        return self.outer or f"{self.app.name}.{self.model.name}.svc.cluster.local:42424"
    @property
    def outer(self):
        if self.ingress.is_ready():
            return f"{self.ingress.external_host}/x"
        return None
`,
      "name: x\nprovides:\n  profiling: {interface: profiling}\n",
    );
    expect(model.published.map((each) => [each.relation, bare(each.address), bare(each.port)])).toEqual([
      ["profiling", "application", 42424],
    ]);
  });

  it("is read from data that is sent through serialized_data_interface, whose ports are text as often as not", () => {
    const sent = (statements: string, imported = "from serialized_data_interface import get_interfaces") =>
      modelOfPython(
        `import ops
from charmed_kubeflow_chisme.components import SdiRelationBroadcasterComponent
${imported}
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self._name = self.model.app.name
        self._tell(get_interfaces(self))
    def _tell(self, interfaces):
        ${statements}
`,
        "name: x\nprovides:\n  pipes: {interface: k8s-service}\n  store: {interface: object-storage}\nconfig:\n  options:\n    port: {type: string, default: '8888'}\n",
      ).published.map((each) => [each.relation, bare(each.address), bare(each.port)]);
    const host = 'f"{self._name}.{self.model.name}"';
    expect(
      sent(`interfaces["pipes"].send_data({"service-name": ${host}, "service-port": self.config["port"]})`),
    ).toEqual([["pipes", "application", 8888]]);
    expect(
      sent(
        'SdiRelationBroadcasterComponent(self, "s", "store", data_to_send={"service": self._name, "namespace": "n", "port": 9000})',
      ),
    ).toEqual([["store", "application", 9000]]);
    // Another Service's name, data without a host, an unknown relation, something else that sends data.
    expect(sent('interfaces["pipes"].send_data({"service-name": "pipeline", "service-port": 1})')).toEqual([
      ["pipes", "unknown", 1],
    ]);
    expect(sent('interfaces["pipes"].send_data({"manifest": "x"})')).toEqual([]);
    expect(sent('interfaces[load()].send_data({"service": self._name})')).toEqual([]);
    expect(sent('interfaces["pipes"].send_data({"service": self._name})', "from x import get_interfaces")).toEqual([]);
  });

  it("says which package has it, or what stands in its way", () => {
    const why = (argument: string) =>
      modelOfPython(
        `import ops
from thing import Topology
from charms.prometheus_k8s.v0.prometheus_scrape import MetricsEndpointProvider
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.topology = Topology(self)
        MetricsEndpointProvider(self, jobs=${argument})
`,
        CHARMCRAFT,
      ).published.map(({ address }) => (address.kind === "unknown" ? address.why : bare(address)));
    const outside = "which is not in the charm's tree";
    expect(why("[self.topology.job]")).toEqual([`\`thing.Topology.job\` comes from the package \`thing\`, ${outside}`]);
    expect(why('[{"static_configs": [{"targets": [f"{self.topology.host}:80"]}]}]')).toEqual([
      `\`thing.Topology.host\` comes from the package \`thing\`, ${outside}`,
    ]);
    expect(why('[{"static_configs": [{"targets": ["grafana:80"]}]}]')).toEqual([
      "“grafana” could be the name of any host",
    ]);
  });

  it("is a field of what a wrapper outside the charm publishes over the endpoint that it is made with", () => {
    const published = (wrapper: string, data: string, rest = "") =>
      modelOfPython(
        `import ops
from arr import IndexerRequirer, IndexerData
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.indexer = ${wrapper}
    @property
    def url(self):
        return f"http://{self.app.name}.{self.model.name}.svc.cluster.local:7878"
    def publish(self):
        self.indexer.publish_data(${data})
${rest}`,
        "name: x\nrequires:\n  indexer: {interface: indexer}\n  other: {interface: other}\n",
      ).published.map((each) => [each.relation, bare(each.address), bare(each.port)]);
    const wrapper = 'IndexerRequirer(self, "indexer")';
    expect(published(wrapper, "IndexerData(api_url=self.url, secret_id=self.url)")).toEqual([
      ["indexer", "application", 7878],
    ]);
    expect(published(wrapper, 'data=IndexerData(host=self.unit.name, api_url="http://elsewhere:1")')).toEqual([
      ["indexer", "unknown", "unknown"],
    ]);
    expect(published(wrapper, "IndexerData(secret_id=self.url)")).toEqual([]);
    expect(published(wrapper, "self.url")).toEqual([]);
    expect(published('IndexerRequirer(self, "indexer", "other")', "IndexerData(api_url=self.url)")).toEqual([]);
    expect(published('IndexerRequirer(self, "nothing")', "IndexerData(api_url=self.url)")).toEqual([]);
    expect(published("self", "IndexerData(api_url=self.url)", "    def publish_data(self, data): pass\n")).toEqual([]);
  });

  it("is Dex's issuer, unless an operator sets another", () => {
    const model = modelOfPython(
      `import ops
from charms.dex_auth.v0.dex_oidc_config import DexOidcConfigProvider
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.oidc = DexOidcConfigProvider(self, issuer_url=self.issuer)
    @property
    def issuer(self):
        if url := self.model.config["issuer-url"]:
            return url
        return f"http://{self.app.name}.{self.model.name}.svc:5556/dex"
`,
      "name: x\nprovides:\n  dex-oidc-config: {interface: dex-oidc-config}\nconfig:\n  options:\n    issuer-url: {type: string, default: ''}\n",
    );
    expect(model.published.map((each) => [each.relation, bare(each.address), bare(each.port)])).toEqual([
      ["dex-oidc-config", "application", 5556],
    ]);
  });
});
