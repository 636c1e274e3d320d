import { describe, expect, it } from "vitest";
import { chainOf, plain, probe, probed } from "./probing.ts";

const UNKNOWN = { unknown: expect.any(String) };

/** A class around the given methods, with a method that probes. */
function inClass(body: string, expression: string, head = ""): string {
  const indented = body.replace(/^(?=.)/gm, "    ");
  return `${head}\nclass C:\n${indented}\n    def go(self):\n        probe(${expression})\n`;
}

describe("attributes of objects", () => {
  it("I03 reads a constructor's default, unless the caller gives another", () => {
    const fixture = (call: string) => `//- src/charm.py
from component import Mesh
class Charm:
    def __init__(self):
        self.mesh = ${call}
//- src/component.py
class Mesh:
    def __init__(self, *args, provided: str = "kfp-viz", **kwargs):
        super().__init__(*args, **kwargs)
        self._provided = provided
        probe(self._provided)
`;
    const [byDefault] = probed(fixture("Mesh(self)"));
    expect(byDefault && plain(byDefault)).toBe("kfp-viz");
    expect(chainOf(byDefault)).toEqual([
      "src/component.py:4 `self._provided` is `provided`",
      'src/component.py:2 parameter `provided` of `__init__` has the default `"kfp-viz"`',
    ]);
    const [given] = probed(fixture('Mesh(self, provided="other")'));
    expect(given && plain(given)).toBe("other");
    expect(chainOf(given)[1]).toBe('src/charm.py:4 parameter `provided` of `__init__` gets `"other"`');
    expect(probe(fixture("Mesh(self, **load())"))).toEqual(UNKNOWN);
    expect(probe(fixture('Mesh(self, **{"provided": "spread"})'))).toBe("spread");
    expect(probe(fixture("None"))).toBe("kfp-viz");
  });

  it("I15 reads properties, cached ones too, through other attributes", () => {
    const head = "import functools\nfrom functools import cached_property";
    expect(
      probe(inClass("@property\ndef port(self) -> int:\n    return self._port\n_port = 80", "self.port", head)),
    ).toBe(80);
    expect(probe(inClass("@cached_property\ndef port(self):\n    return 80", "self.port", head))).toBe(80);
    expect(probe(inClass("@functools.cached_property\ndef port(self):\n    return 80", "self.port", head))).toBe(80);
    expect(
      probe(inClass("@property\ndef p(self):\n    return 80\n@p.setter\ndef p(self, v):\n    pass", "self.p")),
    ).toBe(80);
  });

  it("I16 reads what __init__ assigns, wherever it does", () => {
    expect(probe(inClass("def __init__(self):\n    self.port = 80", "self.port"))).toBe(80);
    expect(
      probe(inClass("def __init__(self):\n    self._set()\ndef _set(self):\n    self.port = 80", "self.port")),
    ).toBe(80);
    expect(probe(inClass("def __init__(self, port=80):\n    self.port = port", "self.port"))).toBe(80);
    expect(
      probe(
        inClass(
          "def __init__(self):\n    self.port = None\n    self._set(5)\ndef _set(self, p):\n    self.port = p",
          "self.port",
        ),
      ),
    ).toBe(5);
  });

  it("I16 names another method that changes it", () => {
    const later = "def __init__(self):\n    self.port = 80\ndef _on_event(self, event):\n    self.port = 443";
    expect(probe(inClass(later, "self.port"))).toEqual({ oneOf: [80, 443] });
    const local = `${later}\n    probe(self.port)`;
    expect(probed(inClass(local, "self.port")).map(plain)).toEqual([443, { oneOf: [80, 443] }]);
    const early = "def __init__(self):\n    self.port = 80\n    probe(self.port)\n    self.port = 443";
    expect(probed(inClass(early, "self.port")).map(plain)).toEqual([80, 443]);
    expect(
      probe(inClass("def __init__(self):\n    self.port = 80\ndef bump(self):\n    self.port += 1", "self.port")),
    ).toEqual({
      oneOf: [80, 81],
    });
  });

  it("I16 keeps lists that other methods add to apart from certain ones", () => {
    const grown = "def __init__(self):\n    self.ports = [80]\ndef _on_event(self, e):\n    self.ports.append(443)";
    expect(probe(inClass(grown, "self.ports"))).toEqual({ always: [80], maybe: [443], open: false });
    const shared = "ports = [80]\ndef more(self):\n    self.ports.append(443)";
    expect(probe(inClass(shared, "self.ports"))).toEqual({ always: [80], maybe: [443], open: false });
  });

  it("I17 reads class attributes through self and subclasses", () => {
    const [value] = probed(inClass("_port = 9115", "self._port"));
    expect(value && plain(value)).toBe(9115);
    expect(chainOf(value)).toEqual(["src/charm.py:3 `_port` is `9115`"]);
    const subclass =
      "class Base:\n    port = 1\n    def go(self):\n        probe(self.port)\nclass One(Base):\n    port = 2\n";
    expect(probe(subclass)).toBe(2);
    expect(probe(`${subclass}Base()\n`)).toEqual({ oneOf: [1, 2] });
    expect(probe(`${subclass}class Two(Base):\n    port = 3\n`)).toEqual({ oneOf: [2, 3] });
  });

  it("I17 looks attributes up in Python's order", () => {
    const head = "class A:\n    p = 1\nclass B(A):\n    pass\nclass D(A):\n    p = 2\nclass E(B, D):\n    pass\n";
    expect(probe(`${head}probe(E.p)`)).toBe(2);
    expect(
      probe(
        "class A:\n    def f(self):\n        return 1\nclass B(A):\n    def f(self):\n        return super().f() + 1\nprobe(B().f())",
      ),
    ).toBe(2);
  });

  it("I22 reads a pydantic model made of the config", () => {
    const fixture = (args: string) => `//- src/charm.py
from config import Settings
import ops
class Charm(ops.CharmBase):
    @property
    def settings(self) -> Settings:
        return Settings(${args})
    def go(self):
        probe(self.settings.http_port)
//- src/config.py
import pydantic
class Settings(pydantic.BaseModel):
    http_port: int = pydantic.Field(alias="web-port", default=1)
    name: str
`;
    const config = { "http-port": 4180, name: "x" };
    const converted = '**{k.replace("-", "_"): v for k, v in self.config.items()}';
    const [value] = probed(fixture(converted), config);
    expect(value && [plain(value), value.configurable]).toEqual([4180, ["http-port"]]);
    expect(chainOf(value)).toContain(
      "src/config.py:2 config option `http-port` has the default 4180; an operator may set another value".replace(
        "src/config.py:2",
        "src/charm.py:1",
      ),
    );
    expect(probe(fixture('**{"web-port": "99", "name": "y"}'))).toBe(99);
    expect(probe(fixture('name="y"'))).toBe(1);
    expect(probe(fixture("**load()"))).toEqual(UNKNOWN);
  });

  it("I22 reads dataclasses and named tuples", () => {
    const data =
      "import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass P:\n    http: int\n    grpc: int = 9\n    more: list = dataclasses.field(default_factory=list)\n    @property\n    def both(self):\n        return [self.http, self.grpc]\n";
    expect(probe(`${data}probe(P(80).both)`)).toEqual([80, 9]);
    expect(probe(`${data}probe(P(grpc=1, http=2).both)`)).toEqual([2, 1]);
    expect(probe(`${data}probe(P(80).more)`)).toEqual([]);
    expect(
      probe("from typing import NamedTuple\nclass N(NamedTuple):\n    a: int\n    b: int = 5\nprobe(N(1).b)"),
    ).toBe(5);
    expect(probe("from typing import TypedDict\nclass T(TypedDict):\n    a: int\nprobe(T(a=3)['a'])")).toBe(3);
  });

  it("I31 reads a class attribute of an object that an attribute holds", () => {
    const [value] = probed(`//- src/charm.py
from tempo import Tempo
class Charm:
    def __init__(self):
        self.tempo = Tempo(self.hours)
        probe(self.tempo.http_port)
//- src/tempo.py
class Tempo:
    http_port = 3200
    def __init__(self, hours):
        self.hours = hours
`);
    expect(value && plain(value)).toBe(3200);
    expect(chainOf(value)).toEqual([
      "src/charm.py:4 `self.tempo` is `Tempo(self.hours)`",
      "src/charm.py:1 `Tempo` is imported from `tempo`",
      "src/tempo.py:2 `http_port` is `3200`",
    ]);
  });

  it("distinguishes instances of one class by their arguments", () => {
    const head =
      "class P:\n    def __init__(self, port, *, tls=False):\n        self.port = port\n        self.tls = tls\n";
    expect(probe(`${head}probe([P(1).port, P(port=2).port, P(3, tls=True).tls])`)).toEqual([1, 2, true]);
    expect(
      probe(
        "class A:\n    def __init__(self, p):\n        self.p = p\nclass B(A):\n    def __init__(self, q):\n        super().__init__(p=q + 1)\nprobe(B(1).p)",
      ),
    ).toBe(2);
  });

  it("leaves attributes that are never bound to the base outside the tree", () => {
    expect(probe("import ops\nclass C(ops.CharmBase):\n    def go(self):\n        probe(self.unit.name)")).toEqual({
      external: "ops.CharmBase.unit.name",
    });
    expect(probe("class C:\n    def go(self):\n        probe(self.nothing)")).toEqual(UNKNOWN);
    expect(probe("from x import make\nclass C(make()):\n    def go(self):\n        probe(self.nothing)")).toEqual(
      UNKNOWN,
    );
  });

  it("sees attributes that other code sets", () => {
    expect(
      probe("class C:\n    port = 1\n    def go(self):\n        probe(self.port)\ndef patch():\n    C.port = 2\n"),
    ).toEqual({ oneOf: [1, 2] });
    expect(probe("class C:\n    pass\nc = C()\nc.port = 5\nprobe(c.port)")).toBe(5);
  });

  it("rules out an object that surely has no such attribute, where another possibility has it", () => {
    const head = `import dataclasses
@dataclasses.dataclass
class Named:
    host: str
    @property
    def url(self):
        return "http://" + self.host
class Refused:
    message = "two ways in"
def address(both):
    if both:
        return Refused()
    return Named("a")
`;
    expect(probe(`${head}probe(address(x()).url)`)).toBe("http://a");
    expect(probe(`${head}probe(address(x()).nothing)`)).toEqual({ oneOf: [UNKNOWN, UNKNOWN] });
    // A class that answers for any name, or has a base outside the tree, is not ruled out.
    const answering = "    def __getattr__(self, name):\n        return name\n";
    expect(probe(`${head.replace("def address", `${answering}def address`)}probe(address(x()).url)`)).not.toBe(
      "http://a",
    );
    expect(probe(`from y import B\n${head.replace("Refused:", "Refused(B):")}probe(address(x()).url)`)).not.toBe(
      "http://a",
    );
  });

  it("leaves a property's setter out that nothing calls", () => {
    const head = `class Listener:
    def __init__(self, scope):
        self._scope = scope
    @property
    def scope(self):
        return self._scope
    @scope.setter
    def scope(self, value):
        self._scope = value
class Charm:
    def __init__(self):
        self.listener = Listener("EXTRA")
        probe(self.listener.scope)
`;
    expect(probe(head)).toBe("EXTRA");
    expect(probe(`${head}    def change(self):\n        self.listener.scope = "CLIENT"\n`)).not.toBe("EXTRA");
  });
});
