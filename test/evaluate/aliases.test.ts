import { describe, expect, it } from "vitest";
import { plain, probe, probed } from "./probing.ts";

const inClass = (body: string) => `class C:\n${body.replace(/^(?=.)/gm, "    ")}`;

describe("one object under several names", () => {
  it("is changed for all of them", () => {
    expect(probe("a = [1]\nb = a\nb.append(2)\nprobe([a, b])")).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(probe("a = [1]\nb = a\na.append(2)\nprobe(b)")).toEqual([1, 2]);
    expect(probe("a = [1]\nb = a\nb += [2]\nprobe(a)")).toEqual([1, 2]);
    expect(probe("a = {'x': 1}\nb = a\nb['y'] = 2\nprobe(a)")).toEqual({ x: 1, y: 2 });
    expect(probe("a = [1]\n(b := a).append(2)\nprobe(a)")).toEqual([1, 2]);
    expect(probe("def f(x):\n    y = x\n    y.append(2)\na = [1]\nf(a)\nprobe(a)")).toEqual([1, 2]);
  });

  it("is followed through attributes, in the same method and in others", () => {
    const init = "def __init__(self):\n    self._ports = [1]\n    ports = self._ports\n    ports.append(3)\n";
    expect(probe(inClass(`${init}    probe(self._ports)`))).toEqual([1, 3]);
    expect(probe(inClass(`${init}def go(self):\n    probe(self._ports)`))).toEqual([1, 3]);
    const later =
      "def __init__(self):\n    self._ports = [1]\ndef more(self):\n    ports = self._ports\n    ports.append(3)\n";
    expect(probe(inClass(`${later}def go(self):\n    probe(self._ports)`))).toEqual({
      always: [1],
      maybe: [3],
      open: false,
    });
    const part = inClass("def __init__(self):\n    self.ports = [1]");
    const whole = "class D:\n    def __init__(self):\n        self.c = C()\n        self.c.ports.append(2)\n";
    expect(probe(`${part}\n${whole}    def go(self):\n        probe(self.c.ports)`)).toEqual({
      always: [1],
      maybe: [],
      open: true,
    });
  });

  it("is not changed through a name that is another object, or a copy, or no object that can change", () => {
    expect(probe("a = [1]\nb = a\nb = [5]\nb.append(2)\nprobe([a, b])")).toEqual([[1], [5, 2]]);
    expect(probe("a = [1]\nb = list(a)\nb.append(2)\nprobe(a)")).toEqual([1]);
    expect(probe("a = (1,)\nb = a\nb += (2,)\nprobe(a)")).toEqual([1]);
    expect(probe("a = 1\nb = a\nb += 1\nprobe([a, b])")).toEqual([1, 2]);
  });

  it("may be changed if it may be the same object", () => {
    expect(probe("a = [1]\nb = [2]\nc = a if t() else b\nc.append(3)\nprobe([a, b])")).toEqual([
      { always: [1], maybe: [3], open: false },
      { always: [2], maybe: [3], open: false },
    ]);
  });

  it("is changed inside another collection", () => {
    expect(probe("d = {'a': [1]}\nd['a'].append(2)\nprobe(d)")).toEqual({ a: [1, 2] });
    expect(probe("d = {'a': {'b': 1}}\nd['a']['c'] = 2\nprobe(d)")).toEqual({ a: { b: 1, c: 2 } });
    expect(probe("a = [1]\nd = {'x': a}\na.append(2)\nprobe(d)")).toEqual({ x: [1, 2] });
    expect(probe("d = {'a': [1]}\na = d['a']\na.append(2)\nprobe(d)")).toEqual({ a: [1, 2] });
    expect(probe("d = {}\nd.setdefault('a', []).append(2)\nd.setdefault('a', []).append(3)\nprobe(d)")).toEqual({
      a: [2, 3],
    });
    expect(probe("jobs = [{'a': 1}, {'a': 2}]\nfor job in jobs:\n    job['a'] = 5\nprobe(jobs)")).toEqual([
      { a: 5 },
      { a: 5 },
    ]);
    expect(
      probe("jobs = []\nfor n in (1, 2):\n    job = {'n': n}\n    jobs.append(job)\n    job['x'] = n\nprobe(jobs)"),
    ).toEqual([
      { n: 1, x: 1 },
      { n: 2, x: 2 },
    ]);
    expect(probe("a, b = [1], [2]\nfor x in (a, b):\n    x.append(3)\nprobe([a, b])")).toEqual([
      [1, 3],
      [2, 3],
    ]);
  });
});

describe("variables of a module", () => {
  it("are in functions what the whole module leaves, in its own statements and class bodies what they are there", () => {
    expect(probe("x = 1\ndef g():\n    probe(x)\nx = 2")).toBe(2);
    expect(probe("//- src/charm.py\nfrom c import x\nprobe(x)\n//- src/c.py\nx = 1\nx = 2\n")).toBe(2);
    expect(probe("x = 1\nclass C:\n    y = x\nx = 2\nprobe(C.y)")).toBe(1);
    expect(probe("x = 1\ndef f(a=x):\n    return a\nx = 2\nprobe(f())")).toBe(1);
    expect(probe("x = 1\nclass A:\n    x = 2\n    class B:\n        y = x\nprobe(A.B.y)")).toBe(1);
    expect(probe("def f():\n    x = 1\n    class A:\n        y = x\n    x = 2\n    return A.y\nprobe(f())")).toBe(1);
    expect(probe("D = {'a': 1}\nD['b'] = 2\nD.update(c=3)\ndef g():\n    probe(D)")).toEqual({ a: 1, b: 2, c: 3 });
  });

  it("are one of what tests and handlers of the module make them", () => {
    expect(probe("import os\nif os.environ.get('X'):\n    P = 1\nelse:\n    P = 2\ndef g():\n    probe(P)")).toEqual({
      oneOf: [1, 2],
    });
    const guarded =
      "try:\n    from c import PORT\nexcept ImportError:\n    PORT = 80\nclass C:\n    def g(self):\n        ";
    expect(probe(`${guarded}probe(PORT)`)).toEqual({ oneOf: [{ external: "c.PORT" }, 80] });
    expect(probe(`//- src/charm.py\n${guarded}probe(PORT)\n//- src/c.py\nPORT = 90\n`)).toEqual({ oneOf: [90, 80] });
    expect(probe("for P in (1, 2):\n    pass\ndef g():\n    probe(P)")).toBe(2);
  });

  it("may be what a function makes them that declares them global", () => {
    const values = probed("x = 1\ndef g():\n    global x\n    x = 2\ng()\nprobe(x)\ndef h():\n    probe(x)");
    expect(values.map(plain)).toEqual([{ oneOf: [1, 2] }, { oneOf: [1, 2] }]);
    expect(probe("L = [1]\ndef add():\n    L.append(3)\ndef g():\n    probe(L)")).toEqual({
      always: [1],
      maybe: [],
      open: true,
    });
  });
});

describe("an attribute that a property or method gives out", () => {
  const OPEN = { always: [1], maybe: [], open: true };
  const head = `class C:
    def __init__(self):
        self._ports = [1]
CHANGE
        probe(self._ports)
    def later(self):
        probe(self._ports)
    @property
    def ports(self):
        if True:
            return self._ports
    def given(self):
        return self._ports
    def copied(self):
        return list(self._ports)
`;
  const both = (change: string) => probed(`//- src/charm.py\n${head.replace("CHANGE", change)}`).map(plain);

  it.each([
    "self.ports.append(2)",
    "x = self.ports\n        x.append(2)",
    "self.given().append(2)",
    "x = self.given()\n        x += [2]",
    "self.ports[0] = 2",
  ])("may hold more after %s", (change) => {
    expect(both(`        ${change}`)).toEqual([OPEN, OPEN]);
  });

  it("holds what it did where only a copy or another object's is changed", () => {
    for (const change of ["self.copied().append(2)", "other.ports.append(2)", "x = self.ports\n        y = len(x)"]) {
      expect(both(`        ${change}`), change).toEqual([[1], [1]]);
    }
  });

  it("may hold more where other code changes it under a name of its own", () => {
    const held =
      "class H:\n    def __init__(self):\n        self.ports = [1]\nclass C:\n    def __init__(self):\n        self.h = H()\n";
    expect(probe(`${held}        p = self.h.ports\n        p.append(2)\n        probe(self.h.ports)\n`)).toEqual(OPEN);
  });
});

describe("handlers of a try", () => {
  it("each may be where a value comes from", () => {
    const three = "try:\n    x = 1\nexcept KeyError:\n    x = 2\nexcept ValueError:\n    x = 3\n";
    expect(probe(`${three}probe(x)`)).toEqual({ oneOf: [1, 2, 3] });
    expect(probe("def f():\n    try:\n        return g()\n    except E:\n        return 2\nprobe(f())")).toEqual({
      oneOf: [{ unknown: expect.any(String) }, 2],
    });
    expect(probe("x = 0\ntry:\n    x = 1\n    h()\n    x = 2\nexcept E:\n    pass\nprobe(x)")).toEqual({
      oneOf: [2, 0, 1],
    });
    expect(probe("x = 0\ntry:\n    x = 1\n    h()\n    x = 2\nexcept E:\n    probe(x)")).toEqual({ oneOf: [0, 1, 2] });
    expect(probe("x = 0\ntry:\n    x = 1\n    h()\n    x = 2\nexcept E:\n    x = 5\nprobe(x)")).toEqual({
      oneOf: [2, 5],
    });
    expect(
      probe("x = []\ntry:\n    x.append(1)\nexcept E:\n    x.append(2)\nfinally:\n    x.append(3)\nprobe(x)"),
    ).toEqual({ always: [3], maybe: [1, 2], open: false });
  });
});
