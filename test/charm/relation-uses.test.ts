import { describe, expect, test } from "vitest";
import { modelOf, textAt } from "../support/charm-reading.ts";

const METADATA = `//- charmcraft.yaml
name: web-k8s
provides:
  web: {interface: http}
peers:
  replicas: {interface: web_peers}
`;

/** The role of each place that holds “web”, with its line. */
function roles(python: string, path = "src/charm.py", rest = ""): string[] {
  const uses = modelOf(`${METADATA}//- ${path}\n${python}\n${rest}`).relationUses.filter(
    (use) => use.endpoint === "web",
  );
  return uses.map(({ role, location }) => {
    const { text } = location.file;
    const start = text.lastIndexOf("\n", location.span.start - 1) + 1;
    const end = text.indexOf("\n", location.span.end);
    return `${role}: ${text.slice(start, end < 0 ? undefined : end).trim()}`;
  });
}

test("a method whose argument calls it again is no endless question", () => {
  const python = `class Step:
    def run(self, step):
        step.run(step.other, "web")
        return step.run(self)
    def other(self, step):
        return step.other(step.run(step))`;
  expect(roles(python)).toEqual(['other: step.run(step.other, "web")']);
});

describe("a string names a relation where it reaches a place that takes one", () => {
  test.each([
    ["a module constant", `NAME = "web"\nclass C:\n    def f(self):\n        self.model.get_relation(NAME)`],
    [
      "a class attribute",
      `class C:\n    _name = "web"\n    def f(self):\n        return self.model.relations[self._name]`,
    ],
    [
      "an instance attribute",
      `class C:\n    def __init__(self):\n        self._name = "web"\n        self.on[self._name].relation_changed`,
    ],
    [
      "an attribute of a base class",
      `class B:\n    name = "web"\nclass C(B):\n    def f(self):\n        self.model.get_relation(self.name)`,
    ],
    [
      "an attribute that a subclass sets",
      `class B:\n    def f(self):\n        self.model.get_relation(self.name)\nclass C(B):\n    name = "web"`,
    ],
    ["the default of a parameter", `class C:\n    def f(self, name="web"):\n        self.model.get_relation(name)`],
    [
      "an argument of an own function",
      `def related(charm, name):\n    return charm.model.relations[name]\nclass C:\n    def f(self):\n        related(self, "web")`,
    ],
    [
      "an argument of an own class",
      `class Web:\n    def __init__(self, charm, name):\n        self._name = name\n        charm.on[self._name].relation_joined\nclass C:\n    def f(self):\n        Web(self, "web")`,
    ],
    [
      "a keyword of an own class",
      `class Web:\n    def __init__(self, charm, name):\n        charm.on[name].relation_joined\nclass C:\n    def f(self):\n        Web(self, name="web")`,
    ],
    [
      "a field of a data class",
      `@dataclass\nclass Web:\n    name: str\n    def f(self, model):\n        model.get_relation(self.name)\nWeb(name="web")`,
    ],
    [
      "a loop",
      `class C:\n    def f(self):\n        for name in ("web", "replicas"):\n            self.model.get_relation(name)`,
    ],
    [
      "a list constant",
      `NAMES = ["web", "replicas"]\nclass C:\n    def f(self):\n        return [r for n in NAMES for r in self.model.relations[n]]`,
    ],
    ["a conditional", `class C:\n    def f(self, x):\n        self.model.get_relation("web" if x else "replicas")`],
    [
      "a property",
      `class C:\n    @property\n    def name(self):\n        return "web"\n    def f(self):\n        self.model.get_relation(self.name)`,
    ],
    [
      "the result of a function",
      `def name():\n    return "web"\nclass C:\n    def f(self):\n        self.model.get_relation(name())`,
    ],
    ["a comparison", `class C:\n    def f(self, event):\n        return event.relation.name == "web"`],
    [
      "a case",
      `class C:\n    def f(self, event):\n        match event.relation.name:\n            case "web":\n                pass`,
    ],
    [
      "a member of an enumeration that is used so",
      `class Rel(StrEnum):\n    WEB = "web"\nclass C:\n    def f(self):\n        self.model.get_relation(Rel.WEB.value)`,
    ],
    [
      "an attribute of another object",
      `class C:\n    rel = "web"\nclass D:\n    def f(self):\n        self._charm.model.get_relation(self._charm.rel)`,
    ],
    ["a policy behind a constant", `NAME = "web"\nUnitPolicy(relation=NAME)`],
    [
      "a map behind a name",
      `class C:\n    def f(self):\n        endpoints = {"metrics": "web"}\n        Coordinator(charm=self, endpoints=endpoints)`,
    ],
    ["an event by its name", `class C:\n    def f(self):\n        getattr(self.on, "web_relation_broken")`],
    [
      "a library's relation",
      `class C:\n    def f(self):\n        RollingOps(charm=self, relation="web", callback=self.g)`,
    ],
    [
      "the model of another object",
      `class C:\n    def f(self):\n        return self._charm.model.relations.get("web")`,
    ],
    ["ops' metadata", `class C:\n    def f(self):\n        self.meta.provides["web"]`],
  ])("%s", (_, python) => {
    const found = roles(python);
    expect(found).toHaveLength(1);
    expect(found[0]).not.toMatch(/^(?:other|unrelated|shared):/);
  });

  test("over files, by every form of import", () => {
    const constants = `//- src/constants.py\nWEB = "web"\n`;
    for (const [line, name] of [
      ["from constants import WEB", "WEB"],
      ["from constants import WEB as NAME", "NAME"],
      ["import constants", "constants.WEB"],
      ["import constants as c", "c.WEB"],
      ["from . import constants", "constants.WEB"],
      ["from .constants import WEB", "WEB"],
    ])
      expect(
        roles(
          `${line}\nclass C:\n    def f(self):\n        self.model.get_relation(${name})`,
          "src/charm.py",
          constants,
        ),
      ).toEqual([`constant: WEB = "web"`]);
  });
});

describe("a string that names something else is left alone", () => {
  test.each([
    ["a container's constant", `NAME = "web"\nclass C:\n    def f(self):\n        self.unit.get_container(NAME)`],
    ["a container's event", `class C:\n    def f(self):\n        self.on["web"].pebble_ready`],
    ["a service", `class C:\n    def f(self):\n        self._container.restart("web")`],
    ["a service of a layer", `LAYER = {"services": {"web": {"override": "replace"}}}`],
    ["a service of a plan", `class C:\n    def f(self, container):\n        container.get_plan().services["web"]`],
    ["a role", `class Role(StrEnum):\n    web = "web"`],
    ["a named constant that nothing uses", `WEB_CONTAINER = "web"`],
    ["an application's keyword", `check(app="web")`],
    ["a Service of a policy", `AppPolicy(relation=OTHER, service="web", endpoints=[])`],
  ])("%s", (_, python) => {
    expect(roles(python).map((each) => each.split(":")[0])).toEqual(["unrelated"]);
  });

  test("one constant for both is shared", () => {
    expect(
      roles(
        `NAME = "web"\nclass C:\n    def f(self):\n        self.unit.get_container(NAME)\n        self.model.get_relation(NAME)`,
      ),
    ).toEqual([`shared: NAME = "web"`]);
  });

  test.each([
    ["a relation of another system", `ClientCheckRequest(user=user, relation="web", object="group")`],
    [
      "roles that become relations of another system",
      `ROLES = ["web", "writer"]\nfor role in ROLES:\n    ClientCheckRequest(user=user, relation=role)`,
    ],
    ["a relation of any application in juju's status", `status.apps[app].relations.get("web", [])`],
    ["the same behind a name", `app_status.relations["web"]`],
  ])("%s is other", (_, python) => {
    expect(roles(python).map((each) => each.split(":")[0])).toEqual(["other"]);
  });

  test("without any context, it is other", () => {
    expect(roles(`x = ["web"]\nprint("web")`)).toEqual([`other: x = ["web"]`, `other: print("web")`]);
  });

  test("the remote application of add_relation, and an application without an endpoint", () => {
    expect(
      roles(`harness.add_relation("web", "web")`, "tests/unit/test_charm.py").map((each) => each.split(":")[0]),
    ).toEqual(["library-argument", "unrelated"]);
    expect(roles(`ops_test.model.add_relation("web", "db")`, "tests/integration/test_charm.py")).toEqual([
      `unrelated: ops_test.model.add_relation("web", "db")`,
    ]);
  });
});

describe("application:endpoint in integration tests", () => {
  const DEPLOY = `def test(juju, charm):\n    juju.deploy(charm, "front")\n    juju.deploy("web-other", "back")\n`;
  test.each([
    [`juju.integrate("front:web", "db")`, "application-endpoint"],
    [`juju.integrate("db:x", "front:web")`, "application-endpoint"],
    [`juju.integrate("back:web", "db")`, "unrelated"],
    [`juju.integrate("unknown:web", "db")`, "other"],
    [`juju.integrate("web-k8s:web", "db")`, "application-endpoint"],
    [`juju.integrate(f"{APP}:web", "db")`, "application-endpoint"],
    [`juju.integrate(f"{BACK}:web", "db")`, "unrelated"],
    [`juju.integrate(f"{OWN}:web", "db")`, "application-endpoint"],
  ])("%s is %s", (line, role) => {
    const python = `APP = "front"\nBACK = "back"\nOWN = METADATA["name"]\n${DEPLOY}    ${line}`;
    expect(roles(python, "tests/integration/test_charm.py").map((each) => each.split(":")[0])).toEqual([role]);
  });

  test.each([
    [`juju.integrate(APP + ":web", "db")`, "application-endpoint"],
    [`juju.integrate(BACK + ":web", "db")`, "unrelated"],
    [`juju.integrate(other() + ":web", "db")`, "other"],
    [`juju.integrate("{}:web".format(APP), "db")`, "application-endpoint"],
    [`juju.integrate("{app}:web".format(app=BACK), "db")`, "unrelated"],
    [`juju.integrate("%s:web" % APP, "db")`, "application-endpoint"],
    [`juju.integrate("%s:web" % (BACK,), "db")`, "unrelated"],
    [`juju.integrate(":".join([APP, "web"]), "db")`, "constant"],
    [`juju.integrate(APP + ":" + "web", "db")`, "constant"],
    [`juju.integrate("front:" + "web", "db")`, "constant"],
    [`juju.integrate(f"front:{'web'}", "db")`, "constant"],
    [`juju.integrate("{}:{}".format(APP, "web"), "db")`, "constant"],
    [`juju.integrate("%s:%s" % (BACK, "web"), "db")`, "unrelated"],
  ])("%s, put together, is %s", (line, role) => {
    const python = `APP = "front"\nBACK = "back"\n${DEPLOY}    ${line}`;
    const uses = roles(python, "tests/integration/test_charm.py");
    expect(uses.map((each) => each.split(":")[0])).toEqual([role]);
  });

  test("the endpoint behind a name", () => {
    const python = `APP = "front"\nREL = "web"\n${DEPLOY}    juju.integrate(f"{APP}:{REL}", "db")`;
    expect(roles(python, "tests/integration/test_charm.py")).toEqual([`constant: REL = "web"`]);
  });

  test("only the endpoint is the place", () => {
    const model = modelOf(
      `${METADATA}//- tests/integration/test_charm.py\n${DEPLOY}    juju.integrate("front:web", "x")`,
    );
    expect(model.relationUses.map(({ location }) => textAt(location))).toEqual(["web"]);
  });
});
