import { describe, expect, it } from "vitest";
import { chainOf, plain, probe, probed } from "./probing.ts";

const UNKNOWN = { unknown: expect.any(String) };

describe("constants and where they come from", () => {
  it("I01 reads a literal", () => {
    expect(probe(`probe("metrics-endpoint")`)).toBe("metrics-endpoint");
    expect(probe(`probe("metrics-" "endpoint")`)).toBe("metrics-endpoint");
  });

  it("I02, I04 reads a module constant, with the line that says it", () => {
    const [value] = probed(`
RELATION = "website"

class C:
    def __init__(self):
        probe(RELATION)
`);
    expect(value && plain(value)).toBe("website");
    expect(chainOf(value)).toEqual(['src/charm.py:2 `RELATION` is `"website"`']);
  });

  it("I05 follows an import from a sibling module", () => {
    const [value] = probed(`//- src/charm.py
from constants import METRICS_PORT as PORT
probe(PORT)
//- src/constants.py
METRICS_PORT = 9090
`);
    expect(value && plain(value)).toBe(9090);
    expect(chainOf(value)).toEqual([
      "src/charm.py:1 `METRICS_PORT as PORT` is imported from `constants`",
      "src/constants.py:1 `METRICS_PORT` is `9090`",
    ]);
  });

  it("I06 follows a package's re-exports, relative imports and two hops", () => {
    const [value] = probed(`//- src/charm.py
from workload import API_PORT
probe(API_PORT)
//- src/workload/__init__.py
from ._ports import API_PORT
//- src/workload/_ports.py
from ..base import BASE
API_PORT = BASE + 1
//- src/base.py
BASE = 4000
`);
    expect(value && plain(value)).toBe(4001);
    expect(chainOf(value)).toEqual([
      "src/charm.py:1 `API_PORT` is imported from `workload`",
      "src/workload/__init__.py:1 `API_PORT` is imported from `._ports`",
      "src/workload/_ports.py:2 `API_PORT` is `BASE + 1`",
      "src/workload/_ports.py:1 `BASE` is imported from `..base`",
      "src/base.py:1 `BASE` is `4000`",
    ]);
  });

  it("I06 follows star imports and modules as values", () => {
    expect(probe("//- src/charm.py\nfrom ports import *\nprobe(HTTP)\n//- src/ports.py\nHTTP = 80\n")).toBe(80);
    expect(probe("//- src/charm.py\nimport ports\nprobe(ports.HTTP)\n//- src/ports.py\nHTTP = 80\n")).toBe(80);
    expect(
      probe("//- src/charm.py\nimport a.b\nprobe(a.b.HTTP)\n//- src/a/__init__.py\n//- src/a/b.py\nHTTP = 80\n"),
    ).toBe(80);
    expect(probe("//- src/charm.py\nfrom a import b as c\nprobe(c.HTTP)\n//- src/a/b.py\nHTTP = 80\n")).toBe(80);
    expect(probe("//- src/charm.py\nfrom elsewhere import *\nprobe(HTTP)\n")).toEqual({
      unknown: expect.stringContaining("`elsewhere`"),
    });
  });

  it("finds modules under lib, src and the folder itself, src first", () => {
    const fixture = (path: string) => `//- src/charm.py\nfrom ports import P\nprobe(P)\n//- ${path}\nP = 1\n`;
    expect(probe(fixture("lib/ports.py"))).toBe(1);
    expect(probe(fixture("ports.py"))).toBe(1);
    expect(probe(`${fixture("lib/ports.py")}//- src/ports.py\nP = 2\n`)).toBe(2);
    expect(probe("//- src/charm.py\nfrom src.ports import P\nprobe(P)\n//- src/ports.py\nP = 3\n")).toBe(3);
  });

  it("I07 reads a class attribute of a sibling module's class", () => {
    const [value] = probed(`//- src/charm.py
from nginx import Nginx
probe(Nginx.http_port)
//- src/nginx.py
class Base:
    http_port = 7994
class Nginx(Base):
    other = 1
`);
    expect(value && plain(value)).toBe(7994);
    expect(chainOf(value)).toEqual([
      "src/charm.py:1 `Nginx` is imported from `nginx`",
      "src/nginx.py:2 `http_port` is `7994`",
    ]);
  });

  it("I08 reads a constant that stands for another module's class attribute", () => {
    const [value] = probed(`//- src/charm.py
from nginx_config import Proxy
PROXY_PORT = Proxy._port
class C:
    @property
    def ports(self):
        return [PROXY_PORT]
    def go(self):
        probe(self.ports)
//- src/nginx_config.py
class Proxy:
    _port = 8080
`);
    expect(value && plain(value)).toEqual([8080]);
    expect(chainOf(value)).toEqual([
      "src/charm.py:5 `C.ports` is a property",
      "src/charm.py:6 `ports()` gives `[PROXY_PORT]`",
      "src/charm.py:2 `PROXY_PORT` is `Proxy._port`",
      "src/charm.py:1 `Proxy` is imported from `nginx_config`",
      "src/nginx_config.py:2 `_port` is `8080`",
    ]);
  });

  it("I09 reads a class dict whose values are names of the same class body", () => {
    const [value] = probed(`
class Workload:
    http = 3200
    grpc = (
        9096  # not the default
    )
    ports: dict = {"http": http, "grpc": grpc}
    every = {"own": 1, **ports}
probe([Workload.ports["http"], Workload.every["grpc"]])
`);
    expect(value && plain(value)).toEqual([3200, 9096]);
    expect(chainOf(value)).toEqual([
      'src/charm.py:7 `ports` is `{"http": http, "grpc": grpc}`',
      "src/charm.py:3 `http` is `3200`",
      'src/charm.py:8 `every` is `{"own": 1, **ports}`',
      'src/charm.py:7 `ports` is `{"http": http, "grpc": grpc}`',
      "src/charm.py:4 `grpc` is `9096`",
    ]);
  });

  it("I11 reads members of enumerations and their values", () => {
    const fixture = (expression: string) => `//- src/charm.py
from constants import Port, Tag, Auto
probe(${expression})
//- src/constants.py
from enum import Enum, IntEnum, StrEnum, auto, unique
@unique
class Port(int, Enum):
    http = 3500
    grpc = 4317
class Tag(StrEnum):
    web = auto()
class Auto(IntEnum):
    one = auto()
    two = auto()
`;
    expect(probe(fixture("Port.http.value"))).toBe(3500);
    expect(probe(fixture("Port.http.name"))).toBe("http");
    expect(probe(fixture("Port['grpc'].value"))).toBe(4317);
    expect(probe(fixture("Port(4317).name"))).toBe("grpc");
    expect(probe(fixture("Tag.web.value"))).toBe("web");
    expect(probe(fixture("Auto.two.value"))).toBe(2);
    expect(probe(fixture("Port.grpc == 4317"))).toBe(true);
    expect(probe(fixture("Port.smtp.value"))).toEqual(UNKNOWN);
    const [value] = probed(fixture("Port.http.value"));
    expect(chainOf(value)).toEqual([
      "src/charm.py:1 `Port` is imported from `constants`",
      "src/constants.py:4 `http` is `3500`",
    ]);
  });

  it("I12 runs over an enumeration", () => {
    const head =
      "import enum\nclass Port(int, enum.Enum):\n    a = 1\n    b = 2\n    _hidden = 9\n    def shown(self):\n        return 5\n";
    expect(probe(`${head}probe([p.value for p in Port])`)).toEqual([1, 2]);
    expect(probe(`${head}probe({p.name: p.value for p in Port})`)).toEqual({ a: 1, b: 2 });
    expect(probe(`${head}probe([p.shown() for p in Port])`)).toEqual([5, 5]);
  });

  it("I14 reads a SimpleNamespace", () => {
    const [value] = probed(`
from types import SimpleNamespace
class C:
    _ports = SimpleNamespace(api=9093, ha=9094)
    @property
    def api_port(self):
        return self._ports.api
    def go(self):
        probe(self.api_port)
`);
    expect(value && plain(value)).toBe(9093);
    expect(chainOf(value)).toEqual([
      "src/charm.py:6 `C.api_port` is a property",
      "src/charm.py:7 `api_port()` gives `self._ports.api`",
      "src/charm.py:4 `_ports` is `SimpleNamespace(api=9093, ha=9094)`",
      "src/charm.py:2 `SimpleNamespace` is imported from `types`",
    ]);
  });

  it("I21 casts between text and numbers", () => {
    expect(probe('PORT = "8080"\nprobe(int(PORT))')).toBe(8080);
    expect(probe("PORT = 8080\nprobe(str(PORT))")).toBe("8080");
    expect(probe('probe(int("eighty"))')).toEqual(UNKNOWN);
    expect(probe('PORT = "8080"\nprobe(PORT)')).toBe("8080");
  });

  it("I38 says which package hides a value", () => {
    const values = probed("from some_helpers.exporter import Exporter\nprobe(Exporter.port)\n");
    expect(values[0] && plain(values[0])).toEqual({ external: "some_helpers.exporter.Exporter.port" });
    expect(chainOf(values[0])).toEqual(["src/charm.py:1 `Exporter` is imported from `some_helpers.exporter`"]);
  });

  it("I39 reads annotated constants", () => {
    expect(probe("from typing import Final\nPORT: Final[int] = 3100\nprobe(PORT)")).toBe(3100);
    expect(probe("PORT: int\nprobe(PORT)")).toEqual(UNKNOWN);
  });

  it("I40 reads parentheses with comments and bare tuples", () => {
    expect(probe("PORT = (\n    # why\n    80\n)\nprobe(PORT)")).toBe(80);
    expect(probe("PORTS = 80, 443\nprobe(PORTS)")).toEqual([80, 443]);
    expect(probe("A, (B, *C) = 1, (2, 3, 4)\nprobe([A, B, C])")).toEqual([1, 2, [3, 4]]);
  });

  it("I44 reads modern syntax", () => {
    expect(probe("type Port = int\ndef f[T](x: T) -> T:\n    return x\nprobe(f(80))")).toBe(80);
    expect(probe("d = {'a': 1}\nprobe(f'{d['a']}')")).toBe("1");
    expect(probe("if (p := 80) > 1:\n    probe(p)")).toBe(80);
    expect(
      probe(
        "def f(x):\n    match x:\n        case 1:\n            return 10\n        case _:\n            return 20\nprobe(f(g()))",
      ),
    ).toEqual({ oneOf: [10, 20] });
  });

  it("I45 takes plain constants of vendored libraries, and keeps other names of theirs external", () => {
    const fixture = (expression: string) => `//- src/charm.py
from charms.some_k8s.v1.thing import DEFAULT_NAME, Helper, Kind, make
probe(${expression})
//- lib/charms/some_k8s/v1/thing.py
import enum
DEFAULT_NAME = "thing"
class Kind(str, enum.Enum):
    one = "ONE"
class Helper:
    port = 77
    def __init__(self): self.x = 1
def make(): return 5
`;
    const [name] = probed(fixture("DEFAULT_NAME"));
    expect(name && plain(name)).toBe("thing");
    expect(chainOf(name)).toEqual([
      "src/charm.py:1 `DEFAULT_NAME` is imported from `charms.some_k8s.v1.thing`",
      'lib/charms/some_k8s/v1/thing.py:2 `DEFAULT_NAME` is `"thing"`',
    ]);
    expect(probe(fixture("Helper.port"))).toBe(77);
    expect(probe(fixture("Helper"))).toEqual({ external: "charms.some_k8s.v1.thing.Helper" });
    expect(probe(fixture("make()"))).toEqual({ instance: "charms.some_k8s.v1.thing.make" });
    expect(probe(fixture("Helper().x"))).toEqual({ external: "charms.some_k8s.v1.thing.Helper.x" });
    const [kind] = probed(fixture("Kind.one"));
    expect(kind?.kind === "external" && [kind.name, kind.constant && plain(kind.constant)]).toEqual([
      "charms.some_k8s.v1.thing.Kind.one",
      "ONE",
    ]);
  });
});
