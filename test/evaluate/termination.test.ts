import { describe, expect, it } from "vitest";
import { plain, probe, probed } from "./probing.ts";

const UNKNOWN = { unknown: expect.any(String) };

/** The value, and that it took less than two seconds of this process's own time, however busy the machine is. */
function quickly(fixture: string): unknown {
  const start = process.cpuUsage();
  const [value] = probed(fixture);
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
  return value && plain(value);
}

describe("what has no end ends all the same", () => {
  it("cycles of imports", () => {
    expect(
      quickly(
        "//- src/charm.py\nfrom a import X\nprobe(X)\n//- src/a.py\nfrom b import X\n//- src/b.py\nfrom a import X\n",
      ),
    ).toEqual(UNKNOWN);
    expect(
      quickly(
        "//- src/charm.py\nfrom a import X\nprobe(X)\n//- src/a.py\nfrom b import *\nX = Y\n//- src/b.py\nfrom a import *\nY = 5\n",
      ),
    ).toBe(5);
    expect(quickly("//- src/charm.py\nfrom charm import X\nX = 1\nprobe(X)\n")).toBe(1);
  });

  it("cycles of names, properties and classes", () => {
    expect(quickly("X = Y\nY = X\nprobe(Y)")).toEqual(UNKNOWN);
    expect(
      quickly(
        "class C:\n    @property\n    def a(self):\n        return self.b\n    @property\n    def b(self):\n        return self.a\n    def go(self):\n        probe(self.a)",
      ),
    ).toEqual(UNKNOWN);
    expect(quickly("class A(B):\n    pass\nclass B(A):\n    pass\nprobe(A.x)")).toEqual(UNKNOWN);
    expect(quickly("class A(A):\n    x = 1\nprobe(A.x)")).toBe(1);
    expect(
      quickly("class C:\n    def __init__(self):\n        self.x = self.x\n    def go(self):\n        probe(self.x)"),
    ).toEqual(UNKNOWN);
    expect(
      quickly("class C:\n    def __init__(self, c):\n        self.c = C(self)\n        probe(self.c.c.c.c)"),
    ).toEqual({ instance: "C" });
  });

  it("recursion, plain, mutual and growing", () => {
    expect(quickly("def f(n):\n    return f(n)\nprobe(f(1))")).toEqual(UNKNOWN);
    expect(quickly("def f(n):\n    return n if n == 0 else f(n - 1)\nprobe(f(2))")).toBe(0);
    expect(quickly("def f(n):\n    return g(n)\ndef g(n):\n    return f([n])\nprobe(f(1))")).toEqual(UNKNOWN);
    expect(quickly("def f(n):\n    return [f(n + 1), f(n + 2), f(n + 3)]\nprobe(f(1))")).toBeTruthy();
    expect(quickly("def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprobe(fib(40))")).toEqual(UNKNOWN);
  });

  it("what a cycle hides from one question it does not hide from the next", () => {
    const fixture = "A = B if t() else 1\nB = A if t() else 2\nprobe(A)\nprobe(B)";
    const [a, b] = probed(fixture).map(plain);
    const [c, d] = probed(fixture.replace("probe(A)\nprobe(B)", "probe(B)\nprobe(A)")).map(plain);
    expect([a, b]).toEqual([d, c]);
  });

  it("huge literals", () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => i).join(", ");
    const [value] = probed(`X = [${numbers}]\nprobe([n for n in X])`);
    expect(value?.kind === "sequence" && value.elements.length).toBeLessThan(1000);
    expect(quickly(`X = [${numbers}]\nprobe(X[5])`)).toBe(5);
    expect(
      quickly(`X = {${Array.from({ length: 5000 }, (_, i) => `'k${i}': ${i}`).join(", ")}}\nprobe(X['k77'])`),
    ).toBe(77);
    expect(probe("probe(9 ** 9 ** 9)")).toEqual(UNKNOWN);
    expect(probe("probe('a' * 10 ** 9)")).toEqual(UNKNOWN);
    expect(probe("probe(list(range(10 ** 9)))")).toEqual({ always: [], maybe: [], open: true });
    expect(quickly("x = 'a'\nfor i in range(60):\n    x = x + x\nprobe(x)")).toEqual(UNKNOWN);
    expect(quickly("x = {}\nfor i in range(60):\n    x = {**x, i: x}\nprobe(len(x))")).toBeTruthy();
    expect(probe("x = [1]\nfor i in range(60):\n    x = x + x\nprobe(len(x))")).toEqual(UNKNOWN);
  });

  it("pathological nesting", () => {
    expect(quickly(`probe(${"(".repeat(50)}1${")".repeat(50)})`)).toBe(1);
    for (const depth of [150, 1000, 20_000]) {
      const deep = `${"[".repeat(depth)}x${"]".repeat(depth)}`;
      expect(quickly(`x = 1\ny = ${deep}\nprobe(x)`)).toBe(1);
      quickly(`x = 1\nprobe(${deep})`);
    }
    expect(quickly(`probe(${"x.".repeat(3000)}y)`)).toEqual(UNKNOWN);
    expect(quickly(`probe(${"1 + ".repeat(2000)}1)`)).toEqual(UNKNOWN);
    expect(
      quickly(`${Array.from({ length: 500 }, (_, i) => `a${i + 1} = a${i}`).join("\n")}\na0 = 1\nprobe(a500)`),
    ).toEqual(UNKNOWN);
    const ifs = Array.from({ length: 60 }, (_, i) => `${"    ".repeat(i)}if t(${i}):`).join("\n");
    expect(quickly(`x = 1\n${ifs}\n${"    ".repeat(60)}x = 2\nprobe(x)`)).toEqual({ oneOf: [2, 1] });
    const branches = Array.from({ length: 40 }, (_, i) => `if t(${i}):\n    x = ${i}`).join("\n");
    expect(quickly(`x = -1\n${branches}\nprobe(x)`)).toEqual({
      oneOf: expect.arrayContaining([{ unknown: expect.stringContaining("too many") }]),
    });
  });

  it("damaged files", () => {
    expect(quickly("x = 80\ny = (\nprobe(x)")).toBeTruthy();
    expect(quickly("X = 80\nclass C:\n    def f(self):\n        return {\n    def go(self):\n        probe(X)\n")).toBe(
      80,
    );
  });
});
