import { describe, expect, it } from "vitest";
import type { DeclaredPolicy } from "#charm";
import { bare, modelOfPython } from "../support/charm-reading.ts";

/** The first policy of a charm whose consumer gets this expression as its policies. */
function firstOf(expression: string, before = ""): DeclaredPolicy {
  const [policy] =
    modelOfPython(`from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer, UnitPolicy

${before}
class Charm:
    def __init__(self):
        self.mesh = ServiceMeshConsumer(self, policies=${expression})
`).policies;
  if (!policy) throw new Error("not read");
  return policy;
}

describe("what reaches the library's models", () => {
  it("is what a subclass passes on", () => {
    const before = `class Site(AppPolicy):
    def __init__(self, name, port):
        super().__init__(relation=name, endpoints=[Port(port)])

class Port(Endpoint):
    def __init__(self, *numbers):
        super().__init__(ports=list(numbers))
`;
    const policy = firstOf("[Site('web', 8080)]", before);
    if (policy.endpoints.kind !== "known") throw new Error("not read");
    expect(bare(policy.relation)).toBe("web");
    expect(policy.endpoints.value.map((each) => bare(each.ports))).toEqual([[8080]]);
  });

  it("leaves open what a subclass with fields of its own may set", () => {
    const policy = firstOf("[Own(relation='web', note='x')]", "class Own(UnitPolicy):\n    note: str\n");
    expect(policy.argumentsOpen).toBe(true);
    expect(policy.arguments.map((each) => each.name)).toEqual(["relation"]);
    expect(policy.ports.kind).toBe("unknown");
  });

  it("has the integers that pydantic makes of digits in a text, whole floats and bools", () => {
    expect(bare(firstOf("[UnitPolicy(relation='a', ports=['8080', ' +8_081.0 ', 80.0, True])]").ports)).toEqual([
      8080, 8081, 80, 1,
    ]);
    expect(firstOf("[UnitPolicy(relation='a', ports=['http'])]").ports.kind).toBe("unknown");
    expect(firstOf("[UnitPolicy(relation='a', ports=[80.5])]").ports.kind).toBe("unknown");
  });

  it("is nothing by position, but for a name that is bound nowhere and so is being typed", () => {
    expect(firstOf("[AppPolicy('web', [])]").positional).toHaveLength(2);
    expect(firstOf("[UnitPolicy(rel)]").positional).toHaveLength(0);
    expect(firstOf("[UnitPolicy(NAME)]", "NAME = 'web'").positional).toHaveLength(1);
  });

  it("is one policy with one endpoint, where a `try` takes the library from whichever package is there", () => {
    const names = "AppPolicy, Endpoint, Method, ServiceMeshConsumer, UnitPolicy";
    const { policies, policiesComplete } = modelOfPython(`try:
    from charmlibs.interfaces.service_mesh import ${names}
except ImportError:
    from charms.istio_beacon_k8s.v0.service_mesh import ${names}

class Charm:
    def __init__(self):
        policy = AppPolicy(relation="web", endpoints=[Endpoint(ports=[80], methods=[Method.get])])
        self.mesh = ServiceMeshConsumer(self, policies=[policy, UnitPolicy(relation="metrics")])
`);
    expect(policiesComplete).toBe(true);
    expect(policies.map((each) => [each.kind, each.condition])).toEqual([
      ["AppPolicy", null],
      ["UnitPolicy", null],
    ]);
    const endpoints = policies[0]?.endpoints;
    expect(
      endpoints?.kind === "known" && endpoints.value.map((each) => [bare(each.ports), bare(each.methods)]),
    ).toEqual([[[80], ["GET"]]]);
  });
});
