import { describe, expect, it } from "vitest";
import type { CharmModel } from "#charm";
import { bare, modelOf, modelOfPython, textAt } from "../support/charm-reading.ts";
import { miniConsumer, miniCoordinator } from "../support/minicharms.ts";

const LIBRARY = `from charms.istio_beacon_k8s.v0.service_mesh import (
    AppPolicy, Endpoint, MeshPolicy, Method, Policy, PolicyResourceManager, PolicyTargetType,
    ServiceMeshConsumer, UnitPolicy,
)
`;

/** A charm whose consumer gets this expression as its policies. */
function withPolicies(expression: string, before = "", methods = ""): CharmModel {
  return modelOfPython(`${LIBRARY}
${before}
class Charm:
    def __init__(self):
        self.mesh = ServiceMeshConsumer(self, policies=${expression})
${methods}
`);
}

const summary = (model: CharmModel) =>
  model.policies.map((policy) => [policy.kind, bare(policy.relation), policy.condition !== null]);

describe("policies of the minicharms", () => {
  it("are read with relation, ports, methods and paths", () => {
    const { policies, policiesComplete } = modelOf(miniConsumer());
    expect(policiesComplete).toBe(true);
    const [app, unit] = policies;
    if (app?.endpoints.kind !== "known" || !unit) throw new Error("not read");
    const [endpoint] = app.endpoints.value;
    expect([app.kind, app.holder, bare(app.relation), bare(app.service)]).toEqual([
      "AppPolicy",
      "consumer",
      "website",
      null,
    ]);
    expect(endpoint && [endpoint.ports, endpoint.methods, endpoint.paths, endpoint.hosts].map(bare)).toEqual([
      [8080],
      ["GET"],
      ["/*"],
      null,
    ]);
    expect([unit.kind, bare(unit.ports), bare(unit.endpoints)]).toEqual(["UnitPolicy", [9090], []]);
    expect(unit.relationLocation && textAt(unit.relationLocation)).toBe('"metrics-endpoint"');
    expect(textAt(unit.callee)).toBe("UnitPolicy");
  });

  it("of a coordinator come out of its property", () => {
    const [policy] = modelOf(miniCoordinator()).policies;
    expect(policy?.holder).toBe("coordinator");
    expect(policy && bare(policy.relation)).toBe("mini-api");
  });
});

describe("where policies stand", () => {
  it.each([
    ["a list", "[A, B]", "A = AppPolicy(relation='a', endpoints=[])\nB = UnitPolicy(relation='b')", ""],
    [
      "a property",
      "self._p",
      "",
      "    @property\n    def _p(self):\n        return [AppPolicy(relation='a', endpoints=[]), UnitPolicy(relation='b')]",
    ],
    [
      "a method",
      "self._p()",
      "",
      "    def _p(self):\n        return [AppPolicy(relation='a', endpoints=[]), UnitPolicy(relation='b')]",
    ],
    [
      "a local list that grows",
      "self._p()",
      "",
      "    def _p(self):\n        r = [AppPolicy(relation='a', endpoints=[])]\n        r.append(UnitPolicy(relation='b'))\n        return r",
    ],
    ["two lists added", "[AppPolicy(relation='a', endpoints=[])] + [UnitPolicy(relation='b')]", "", ""],
    ["a starred list", "[AppPolicy(relation='a', endpoints=[]), *REST]", "REST = [UnitPolicy(relation='b')]", ""],
  ])("reads %s", (_, expression, before, methods) => {
    const model = withPolicies(expression, before, methods);
    expect(summary(model)).toEqual(
      expect.arrayContaining([
        ["AppPolicy", "a", false],
        ["UnitPolicy", "b", false],
      ]),
    );
    expect(model.policies).toHaveLength(2);
    expect(model.policies.every((policy) => policy.holder === "consumer")).toBe(true);
    expect(model.policiesComplete).toBe(true);
  });

  it("takes no argument and None as no policies, for certain", () => {
    for (const expression of ["None", "[]"]) {
      const model = withPolicies(expression);
      expect([model.policies, model.policiesComplete]).toEqual([[], true]);
    }
  });

  it("keeps a conditional append under its condition", () => {
    const model = withPolicies(
      "self._p()",
      "",
      `    def _p(self):
        policies = [UnitPolicy(relation="a")]
        if self.config["b"]:
            policies.append(UnitPolicy(relation="b"))
        return policies`,
    );
    expect(summary(model)).toEqual([
      ["UnitPolicy", "a", false],
      ["UnitPolicy", "b", true],
    ]);
    expect(model.policies[1]?.condition).toEqual([{ kind: "test", source: 'self.config["b"]' }]);
  });

  it("finds the policies of a list that can't be read, with an unknown holder", () => {
    const model = withPolicies("combine(A, self.more)", "A = UnitPolicy(relation='a', ports=[1])");
    expect(model.policiesComplete).toBe(false);
    expect(model.policies.map((policy) => [bare(policy.relation), policy.holder])).toEqual([["a", null]]);
  });

  it("separates one call in a helper by what each caller passes", () => {
    const model = withPolicies(
      "[self._u('a', 1), self._u('b', 2)]",
      "",
      "    def _u(self, name, port):\n        return UnitPolicy(relation=name, ports=[port])",
    );
    expect(model.policies.map((policy) => [bare(policy.relation), bare(policy.ports)])).toEqual([
      ["a", [1]],
      ["b", [2]],
    ]);
  });

  it("does not take annotations, type checks or other classes of the same name for policies", () => {
    const model = modelOfPython(`${LIBRARY}
from insurance import AppPolicy as Insurance
x: list[Policy | UnitPolicy] = [Insurance(relation="a")]
ok = isinstance(x, UnitPolicy)
`);
    expect(model.policies).toEqual([]);
  });
});

describe("what a policy says", () => {
  it("distinguishes absent ports, None and an empty list", () => {
    const model = withPolicies(
      "[UnitPolicy(relation='a'), UnitPolicy(relation='b', ports=None), UnitPolicy(relation='c', ports=[])]",
    );
    expect(model.policies.map((policy) => bare(policy.ports))).toEqual([null, null, []]);
    expect(model.policies.map((policy) => policy.arguments.map((each) => each.name))).toEqual([
      ["relation"],
      ["relation", "ports"],
      ["relation", "ports"],
    ]);
  });

  it("keeps every argument as plain data, with the places of list elements", () => {
    const model = withPolicies(
      "[UnitPolicy(relation='a', ports=[80, '81', PORT], endpoints=[], methods=['GET'])]",
      "PORT = 70000",
    );
    const [policy] = model.policies;
    expect(policy?.arguments.map((each) => [each.name, bare(each.data)])).toEqual([
      ["relation", "a"],
      ["ports", [80, "81", 70000]],
      ["endpoints", []],
      ["methods", ["GET"]],
    ]);
    const ports = policy?.arguments.find((each) => each.name === "ports");
    expect(ports?.elements?.map((each) => [textAt(each.location), bare(each.data)])).toEqual([
      ["80", 80],
      ["'81'", "81"],
      ["PORT", 70000],
    ]);
    expect(ports?.keyword && textAt(ports.keyword)).toBe("ports");
  });

  it("takes dicts as endpoints, as pydantic does", () => {
    const model = withPolicies("[AppPolicy(relation='a', endpoints=[{'ports': [80], 'paths': ['/x']}])]");
    const [policy] = model.policies;
    if (policy?.endpoints.kind !== "known") throw new Error("endpoints unread");
    expect(policy.endpoints.value.map((each) => [bare(each.ports), bare(each.paths), bare(each.methods)])).toEqual([
      [[80], ["/x"], null],
    ]);
  });

  it("reads a port that is one of two, and a subset of known ports", () => {
    const model = withPolicies(
      "[UnitPolicy(relation='a', ports=[443 if self.tls() else 80]), UnitPolicy(relation='b', ports=[P[x] for x in self.names()])]",
      "P = {'http': 80, 'grpc': 90}",
    );
    expect(model.policies.map((policy) => bare(policy.ports))).toEqual([
      { oneOf: [[443], [80]] },
      { possible: [80, 90], always: [], open: false },
    ]);
  });

  it("says which package a port is hidden in", () => {
    const model = withPolicies("[UnitPolicy(relation='a', ports=[thing.port])]", "from some_package import thing");
    const ports = model.policies[0]?.ports;
    expect(ports?.kind).not.toBe("known");
    expect(JSON.stringify(ports)).toContain("some_package");
  });

  it("calls arguments open behind a spread that can't be read", () => {
    const model = withPolicies("[UnitPolicy(**load())]");
    expect(model.policies[0]?.argumentsOpen).toBe(true);
    expect(model.policies[0] && bare(model.policies[0].relation)).toBe("unknown");
    expect(model.policies[0] && bare(model.policies[0].ports)).toBe("unknown");
  });

  it("lists every member of Method that is written, right or wrong", () => {
    const model = withPolicies("[AppPolicy(relation='a', endpoints=[Endpoint(methods=[Method.get, Method.Post])])]");
    expect(model.methodMembers.map((each) => [each.name, textAt(each.location)])).toEqual([
      ["get", "get"],
      ["Post", "Post"],
    ]);
  });
});

describe("PolicyResourceManager", () => {
  const python = (manager: string, reconcile: string, before = "") =>
    modelOfPython(`${LIBRARY}
from lightkube import Client
from lightkube_extensions.types import AuthorizationPolicy
${before}
class Charm:
    def __init__(self):
        self.mesh = ServiceMeshConsumer(self)
    @property
    def _manager(self):
        return PolicyResourceManager(${manager})
    def _reconcile(self):
        self._manager.reconcile(${reconcile})
`);

  it("gives its mesh policies with the model's own fields", () => {
    const model = python(
      "self, Client(field_manager='x'), labels={'app': 'x'}",
      "policies=self._policies(), mesh_type=self.mesh.mesh_type()",
      "",
    );
    const [manager] = model.resourceManagers;
    expect(manager && bare(manager.fieldManager)).toBe("given");
    expect(manager?.labels.kind === "known" && [...manager.labels.value]).toEqual([["app", "x"]]);
    expect(manager?.reconciles.map((each) => each.meshType?.uncalled)).toEqual([false]);
  });

  it("lists MeshPolicy objects by field", () => {
    const model = python(
      "charm=self, lightkube_client=Client(), labels={'app': self.app.name}",
      `[MeshPolicy(source_namespace="m", source_app_name="a", target_namespace="m", target_app_name="b", target_type=PolicyTargetType.app, endpoints=[Endpoint(ports=[80])])], self.mesh.mesh_type`,
    );
    const [policy] = model.policies;
    expect([policy?.origin, policy?.kind, policy?.holder]).toEqual([
      "resource-manager",
      "MeshPolicy",
      "resource-manager",
    ]);
    expect(policy && [...policy.fields].slice(0, 4).map(([name, fact]) => [name, bare(fact)])).toEqual([
      ["source_namespace", "m"],
      ["source_app_name", "a"],
      ["target_namespace", "m"],
      ["target_app_name", "b"],
    ]);
    expect(policy && bare(policy.fields.get("target_type") ?? { kind: "unknown", why: "", because: [] })).toBe("app");
    expect(policy && bare(policy.fields.get("endpoints") ?? { kind: "unknown", why: "", because: [] })).toEqual([
      { ports: [80] },
    ]);
    expect(policy?.endpoints.kind === "known" && policy.endpoints.value.map((each) => bare(each.ports))).toEqual([
      [80],
    ]);
    const [manager] = model.resourceManagers;
    expect(manager && bare(manager.fieldManager)).toBe("absent");
    expect(manager?.labels.kind === "known" && [...manager.labels.value]).toEqual([["app", "{self.app.name}"]]);
    expect(manager?.labelsText).toBe("{'app': self.app.name}");
    expect(manager?.reconciles[0]?.meshType?.uncalled).toBe(true);
  });

  it("I43 recognises raw policies, and the allow-all helper where it is the library's", () => {
    const model = modelOfPython(`
from lightkube_extensions.types import AuthorizationPolicy
from charmed_kubeflow_chisme.service_mesh import generate_allow_all_authorization_policy
raw = AuthorizationPolicy(metadata=None, spec=None)
all_of_it = generate_allow_all_authorization_policy(app_name="a", namespace="b")
`);
    expect(model.rawPolicies.map((each) => each.kind).sort()).toEqual(["allow-all", "authorization-policy"]);
  });

  // The methods of that name in canonical/metacontroller-operator and canonical/training-operator select other pods than the library's.
  it.each([
    ["a method", "self.generate_allow_all_authorization_policy(self.app.name)", "    ", "self, name"],
    ["a function", "generate_allow_all_authorization_policy(self.app.name)", "", "name"],
  ])("reads %s of that name by its body", (_, call, indent, parameters) => {
    const model = modelOfPython(`
from lightkube_extensions.types import AuthorizationPolicy
class Charm:
    def __init__(self):
        self.mine = ${call}
${indent}def generate_allow_all_authorization_policy(${parameters}):
${indent}    return AuthorizationPolicy(metadata=None, spec={"selector": {"matchLabels": {"control-plane": name}}, "rules": [{}]})
`);
    expect(model.rawPolicies.map((each) => each.kind)).toEqual(["authorization-policy"]);
  });
});
