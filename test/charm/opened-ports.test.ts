import { describe, expect, it } from "vitest";
import { known, oneOf, unknown } from "#python";
import { unitedPorts } from "../../engine/charm/src/ports/united-ports.ts";
import { bare, modelOfPython } from "../support/charm-reading.ts";

/** The ports that a charm opens with these statements in a method. */
function opened(statements: string, before = "", members = "") {
  const body = statements.replaceAll("\n", "\n        ");
  const model = modelOfPython(`import ops
${before}
class Charm(ops.CharmBase):
${members}
    def _open(self):
        ${body}
`);
  return bare(model.openedPorts);
}

describe("ports that a charm opens", () => {
  it.each([
    ["set_ports with numbers", "self.unit.set_ports(80, 443)", "", "", [80, 443]],
    ["set_ports on a charm held elsewhere", "self._charm.unit.set_ports(80)", "", "", [80]],
    ["set_ports on model.unit", "self.model.unit.set_ports(80)", "", "", [80]],
    ["starred constants", "self.unit.set_ports(*PORTS, 1)", "PORTS = 2, 3", "", [1, 2, 3]],
    [
      "a starred property and a constant",
      "self.unit.set_ports(*self._p, 1)",
      "",
      "    @property\n    def _p(self):\n        return [5, 6]",
      [1, 5, 6],
    ],
    ["Port objects", "self.unit.set_ports(ops.Port('tcp', 80), ops.Port(protocol='tcp', port=81))", "", "", [80, 81]],
    ["a set that grows", "p = set()\np.add(80)\np.add(90)\nself.unit.set_ports(*p)", "", "", [80, 90]],
    ["open_port with the protocol first", "self.unit.open_port('tcp', 8080)", "", "", [8080]],
    ["open_port by keyword", "self.unit.open_port(port=8080, protocol='tcp')", "", "", [8080]],
    ["open_port for icmp", "self.unit.open_port('icmp')", "", "", []],
    ["a guard around the call", "if self.unit.is_leader():\n    self.unit.set_ports(80)", "", "", [80]],
    ["several places", "self.unit.open_port('tcp', 1)\nself.unit.open_port('tcp', 2)", "", "", [1, 2]],
    ["an int of a string", "self.unit.set_ports(int('8080'))", "", "", [8080]],
    [
      "every member of an enum",
      "self.unit.set_ports(*[p.value for p in P])",
      "import enum\nclass P(enum.IntEnum):\n    a = 1\n    b = 2",
      "",
      [1, 2],
    ],
    ["nothing", "pass", "", "", []],
  ])("%s", (_, statements, before, members, expected) => {
    expect(opened(statements, before, members)).toEqual(expected);
  });

  it("keep both branches of a condition", () => {
    expect(opened("p = 443 if self.tls() else 80\nself.unit.set_ports(p)")).toEqual({ oneOf: [[443], [80]] });
  });

  it("stay open where a part can't be read", () => {
    expect(opened("self.unit.set_ports(80, *load())")).toEqual({ possible: [80], always: [80], open: true });
    expect(opened("self.unit.open_port('tcp', port_of(self))")).toEqual({ possible: [], always: [], open: true });
  });

  it("are those that a difference of planned and open ports leaves to open", () => {
    const statements = `planned = {ops.Port(protocol="tcp", port=3000)} if self.unit.is_leader() else set()
actual = self.unit.opened_ports()
for p in actual.difference(planned):
    self.unit.close_port(p.protocol, p.port)
for p in planned.difference(actual):
    self.unit.open_port(p.protocol, p.port)`;
    expect(opened(statements)).toEqual([3000]);
  });

  it("come from Service patches, older and newer", () => {
    const patch = (module: string, ports: string) =>
      opened(
        `self.patch = KubernetesServicePatch(self, ${ports})`,
        `from charms.observability_libs.${module}.kubernetes_service_patch import KubernetesServicePatch
from lightkube.models.core_v1 import ServicePort
PORT = 9000`,
      );
    expect(patch("v1", "[ServicePort(PORT, name='x'), ServicePort(name='y', port=9001)]")).toEqual([9000, 9001]);
    expect(patch("v0", "[('x', PORT), ('y', 9001, 80)]")).toEqual([9000, 9001]);
    expect(patch("v1", "load()")).toEqual({ possible: [], always: [], open: true });
  });

  it("come from a component that gets ServicePort objects", () => {
    expect(
      opened(
        "self.add(component=KubernetesServicePatchComponent(charm=self, name='x', ports=[ServicePort(9000, name='y')]))",
        "from components import KubernetesServicePatchComponent\nfrom lightkube.models.core_v1 import ServicePort",
      ),
    ).toEqual([9000]);
  });

  it("stay open where the charm applies manifests of its own", () => {
    for (const imported of [
      "from charmed_kubeflow_chisme.kubernetes import KubernetesResourceHandler",
      "from lightkube.codecs import load_all_yaml",
      "from lightkube import codecs",
    ]) {
      expect(opened("self.unit.set_ports(80)", imported)).toEqual({ possible: [80], always: [80], open: true });
    }
  });

  it("are complete where a handler of manifests refuses Services", () => {
    const resources = "lightkube.resources";
    const head = `from charmed_kubeflow_chisme.kubernetes import KubernetesResourceHandler as KRH
from charmed_kubeflow_chisme.components import KubernetesComponent
from ${resources}.core_v1 import Service, ServiceAccount
from ${resources}.rbac_authorization_v1 import ClusterRole
from lightkube.generic_resource import create_global_resource
Own = create_global_resource("g", "v1", "Own", "owns")
KINDS = {"types": {ServiceAccount, Own}}`;
    const portsWith = (calls: string) => opened(`self.unit.set_ports(80)\n${calls}`, head);
    const handler = (kinds: string) => `KRH("x", ["a.j2"], resource_types=${kinds})`;
    const component = 'self.add(component=KubernetesComponent(self, "x", ["a.j2"], {ClusterRole}, {}, client()))';
    expect(portsWith(`${handler("{ServiceAccount, ClusterRole}")}\n${component}`)).toEqual([80]);
    expect(portsWith(`${handler('KINDS["types"]')}\n${component}`)).toEqual([80]);
    const open = { possible: [80], always: [80], open: true };
    for (const kinds of ["{ServiceAccount, Service}", "set()", "load()", "{ServiceAccount, load()}", "None"]) {
      expect(portsWith(`${handler(kinds)}\n${component}`)).toEqual(open);
    }
    expect(portsWith(`KRH("x", ["a.j2"])\n${handler("{ClusterRole}")}\n${component}`)).toEqual(open);
    // One of two that are imported is nowhere called by what could be read.
    expect(portsWith(handler("{ClusterRole}"))).toEqual(open);
  });

  it("take ports that are written as digits", () => {
    expect(opened("ServicePort(port='8080', name='x')", "from lightkube.models.core_v1 import ServicePort")).toEqual([
      8080,
    ]);
  });

  it("are not those of a method of the charm's own, of tests, or of something else that has set_ports", () => {
    expect(opened("self.set_ports(80)\nself.switch.set_ports(81)")).toEqual([]);
  });
});

describe("ports of several places together", () => {
  it("are sorted and each once", () => {
    expect(bare(unitedPorts([known([3, 1]), known([1, 2])]))).toEqual([1, 2, 3]);
  });

  it("combine alternatives, and count those that open nothing with the others", () => {
    expect(bare(unitedPorts([known([1]), oneOf([[2], [3]])]))).toEqual({
      oneOf: [
        [1, 2],
        [1, 3],
      ],
    });
    expect(bare(unitedPorts([oneOf([[], [5]])]))).toEqual([5]);
    expect(bare(unitedPorts([oneOf([[], []])]))).toEqual([]);
  });

  it("are open where one place can't be read, and keep what is certain", () => {
    const subset = { kind: "subsetOf", possible: [1, 2], always: [1], open: false, because: [] } as const;
    expect(bare(unitedPorts([subset, known([7])]))).toEqual({ possible: [1, 2, 7], always: [1, 7], open: false });
    expect(bare(unitedPorts([known([7]), unknown("why")]))).toEqual({ possible: [7], always: [7], open: true });
  });

  it("give a subset instead of very many alternatives", () => {
    const facts = Array.from({ length: 6 }, (_, i) => oneOf([[10 * i], [10 * i + 1]]));
    const united = unitedPorts(facts);
    expect(united.kind).toBe("subsetOf");
    expect(united.kind === "subsetOf" && united.possible).toHaveLength(12);
  });
});
