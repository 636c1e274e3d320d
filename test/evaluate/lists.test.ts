import { describe, expect, it } from "vitest";
import { conditionText } from "../../engine/python/src/condition/condition.ts";
import { asIntList } from "../../engine/python/src/evaluate/evaluation.ts";
import { bareFact } from "./facts.ts";
import { chainOf, plain, probe, probed } from "./probing.ts";

/** The first probed value as the list of ints that a `ports` argument is. */
function ports(fixture: string): unknown {
  const [value] = probed(fixture);
  return value && bareFact(asIntList(value));
}

describe("collections", () => {
  it("I10 bounds a comprehension over a runtime set, and says what is always in", () => {
    const fixture = `//- src/charm.py
from tracing import Endpoint
from workload import Workload
class Charm:
    def __init__(self):
        self.endpoint = Endpoint(self)
        self.workload = Workload()
        self._wanted = self._collect()

    @property
    def enabled(self):
        found = set()
        found.add("http")
        found.update([name for name in ("http", "grpc", "other") if self.config.get(f"enable_{name}") is True])
        return found

    def _collect(self):
        wanted = set(self.endpoint.requested())
        wanted.update(self.enabled)
        known = wanted.intersection(set(self.workload.ports))
        return tuple(sorted(known))

    def go(self):
        probe([Workload.ports[name] for name in self._wanted])
//- src/workload.py
class Workload:
    zipkin = 9411
    ports = {"zipkin": zipkin, "grpc": 4317, "http": 4318}
`;
    expect(ports(fixture)).toEqual({ always: [4318], possible: [4317, 4318, 9411], open: false });
    expect(chainOf(probed(fixture)[0])).toContain("src/workload.py:2 `zipkin` is `9411`");
    expect(chainOf(probed(fixture)[0])[0]).toBe("src/charm.py:7 `self._wanted` is `self._collect()`");
  });

  it("I10 bounds a comprehension over something unreadable by the dict it subscripts", () => {
    const head = "P = {'a': 1, 'b': 2}\nfrom x import names\n";
    expect(ports(`${head}probe([P[n] for n in names()])`)).toEqual({ always: [], possible: [1, 2], open: false });
    expect(ports(`${head}probe([P.get(n) for n in names()])`)).toEqual({ always: [], possible: [1, 2], open: true });
    expect(ports(`${head}probe([n.port for n in names()])`)).toBe("unknown");
    expect(ports(`${head}probe([8080] + [n.port for n in names()])`)).toEqual({
      always: [8080],
      possible: [8080],
      open: true,
    });
    expect(ports(`${head}probe([80 for n in names() if n])`)).toEqual({ always: [], possible: [80], open: false });
  });

  it("works comprehensions over readable collections out", () => {
    expect(probe("probe([a * 10 + b for a in (1, 2) for b in (3, 4) if a != b - 2])")).toEqual([14, 23]);
    expect(probe("P = {'a': 1, 'b': 2}\nprobe({v: k for k, v in P.items()})")).toEqual({ 1: "a", 2: "b" });
    expect(probe("probe(sorted({p for p in [3, 1, 3]}))")).toEqual([1, 3]);
    expect(probe("probe(list(n + 1 for n in range(3)))")).toEqual([1, 2, 3]);
    expect(probe("probe([f'{i}:{n}' for i, n in enumerate(['a', 'b'])])")).toEqual(["0:a", "1:b"]);
  });

  it("I26 follows a list with a conditional append, and gives the condition", () => {
    const [value] = probed(`
class C:
    def __init__(self):
        policies = ["always"]
        policies.append("too")
        if bool(self.config["peers"]):
            policies.append("peers")
        else:
            policies += ["others"]
        probe(policies)
`);
    if (value?.kind !== "sequence") throw new Error("no list");
    expect(value.elements.map((one) => [plain(one.value), one.condition && conditionText(one.condition)])).toEqual([
      ["always", null],
      ["too", null],
      ["peers", '`bool(self.config["peers"])`'],
      ["others", 'not `bool(self.config["peers"])`'],
    ]);
  });

  it("follows lists through returns, helper functions and loops", () => {
    const early = `
def build(tls):
    ports = [80]
    if not tls():
        return ports
    ports.append(443)
    return ports
probe(build(f))
`;
    expect(ports(early)).toEqual({ always: [80], possible: [80, 443], open: false });
    expect(ports("def add(to, p):\n    to.append(p)\nports = [1]\nadd(ports, 2)\nprobe(ports)")).toEqual([1, 2]);
    expect(ports("def add(to):\n    to = []\nports = [1]\nadd(ports)\nprobe(ports)")).toEqual({
      always: [1],
      possible: [1],
      open: true,
    });
    expect(ports("ports = []\nfor p in (1, 2):\n    ports.append(p)\nprobe(ports)")).toEqual([1, 2]);
    expect(
      ports("ports = []\nfor p in (1, 2, 3):\n    if p == 2:\n        continue\n    ports.append(p)\nprobe(ports)"),
    ).toEqual([1, 3]);
    expect(ports("ports = []\nwhile more():\n    ports.append(1)\nprobe(ports)")).toEqual({
      always: [],
      possible: [1],
      open: false,
    });
    expect(ports("ports = []\ndef inner():\n    ports.append(1)\ninner()\nprobe(ports)")).toEqual("unknown");
    expect(
      ports("def gen():\n    yield 1\n    yield from [2, 3]\n    if x():\n        yield 4\nprobe(list(gen()))"),
    ).toEqual({
      always: [1, 2, 3],
      possible: [1, 2, 3, 4],
      open: false,
    });
  });

  it("follows every way to change a list, a set and a dict", () => {
    expect(ports("p = [1, 2]\np.insert(0, 0)\np.extend((3,))\np[0] = 9\np.remove(2)\nprobe(p)")).toEqual([9, 1, 3]);
    expect(ports("p = [1, 2]\np.pop()\np += [5]\ndel p[0]\nprobe(p)")).toEqual({
      always: [],
      possible: [1, 5],
      open: true,
    });
    expect(ports("p = {1, 2}\np |= {3}\np -= {1}\np.discard(2)\np.update([4], [5])\nprobe(p)")).toEqual([3, 4, 5]);
    expect(ports("p = {1, 2, 3}\np &= {2, 3, 4}\nprobe(p)")).toEqual([2, 3]);
    expect(ports("p = [1]\np.remove(x())\nprobe(p)")).toEqual({ always: [], possible: [1], open: false });
    expect(ports("p = [1]\np.clear()\nprobe(p)")).toEqual([]);
    expect(
      probe("d = {'a': 1}\nd['b'] = 2\nd.update({'c': 3}, e=5)\nd.setdefault('a', 9)\nd.pop('c')\nprobe(d)"),
    ).toEqual({
      a: 1,
      b: 2,
      e: 5,
    });
    expect(probe("d = {'a': 1}\nd[x()] = 2\nprobe(d['a'])")).toEqual({ oneOf: [1, 2] });
    expect(probe("d = {'a': 1}\nd.update(x())\nprobe(d['a'])")).toEqual({
      oneOf: [{ unknown: expect.any(String) }, 1],
    });
  });

  it("I30 keeps a dict's entries in order, None and spreads included", () => {
    expect(probe("more = {'c': 'd'}\nprobe({'a': 'b', 'n': None, **more})")).toEqual({ a: "b", n: null, c: "d" });
    expect(probe("probe({'a': 'b', **load()})")).toEqual({ a: "b", "…": "open" });
    const [value] = probed("probe({'a': 1, 'a': 2})");
    expect(value?.kind === "dict" && value.entries.map((entry) => plain(entry.value))).toEqual([1, 2]);
    expect(probe("d = {'a': 1, 'a': 2}\nprobe(d['a'])")).toBe(2);
    expect(probe("d = {'a': 1}\nprobe([d.get('b', 5), d.get('a', 5), list(d), list(d.values()), 'a' in d])")).toEqual([
      5,
      1,
      ["a"],
      [1],
      true,
    ]);
  });

  it("I33 follows a set that a loop adds to, returned as a tuple", () => {
    const fixture = (role: string) => `
class W:
    own = {"a": 1, "b": 2}
class Role(str, Enum):
    all = "all"
    one = "one"
class C:
    def ports(self, role):
        ports = {7946, 3200}
        kind = Role(role)
        if kind in {Role.all}:
            for name in self.wanted():
                ports.add(W.own[name])
        return tuple(ports)
    def go(self):
        probe(self.ports(${role}))
`;
    const head = "from enum import Enum\n";
    expect(ports(head + fixture('"all"'))).toEqual({ always: [7946, 3200], possible: [7946, 3200, 1, 2], open: false });
    expect(ports(head + fixture('"one"'))).toEqual([7946, 3200]);
    expect(ports(head + fixture("self.role()"))).toEqual({
      always: [7946, 3200],
      possible: [7946, 3200, 1, 2],
      open: false,
    });
  });

  it("I34 joins the branches of a conditional expression and of a local variable", () => {
    expect(ports("probe([443 if tls() else 80])")).toEqual({ oneOf: [[443], [80]] });
    expect(ports("port = 443 if tls() else 80\nprobe([port, 1])")).toEqual({
      oneOf: [
        [443, 1],
        [80, 1],
      ],
    });
    expect(ports("probe([80] if tls() else [])")).toEqual({ oneOf: [[80], []] });
    expect(probe("port = 80\nif tls():\n    port = 443\nprobe(port)")).toEqual({ oneOf: [443, 80] });
    expect(probe("probe(a() or 5 if c() else 6)")).toEqual({ oneOf: [{ unknown: expect.any(String) }, 5, 6] });
  });

  it("I35 follows set differences of Port objects and the loop over them", () => {
    const fixture = `
from ops import Port
class C:
    _port = 3000
    def open(self):
        planned = {Port("tcp", self._port), Port(protocol="tcp", port=81)}
        actual = {p for p in self.unit.opened_ports() if "juju" not in p.name}
        for p in planned.difference(actual):
            probe(p.port)
`;
    expect(probe(fixture)).toEqual({ oneOf: [3000, 81] });
  });

  it("I32 passes stars on, certain ones in their place and others behind", () => {
    expect(probed("ports = (1, 2)\nprobe(*ports)").map(plain)).toEqual([1]);
    expect(probe("def f(a, *rest, **named):\n    return [a, list(rest), named]\nprobe(f(*[1, 2], 3, x=4))")).toEqual([
      1,
      [2, 3],
      { x: 4 },
    ]);
    expect(probe("def f(*rest):\n    return rest\nprobe(f(*load(), 3))")).toEqual({
      always: [3],
      maybe: [],
      open: true,
    });
    expect(probe("probe([*[1, 2], *{'a': 1}])")).toEqual([1, 2, "a"]);
  });
});
