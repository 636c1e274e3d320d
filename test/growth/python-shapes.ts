import { CONSUMER, charm, HEAD, INIT, indent, METADATA, method, ports, type Shape, times, yaml } from "./shape.ts";

/** Shapes of Python that is evaluated. */
export const PYTHON: readonly Shape[] = [
  {
    name: "a chain of classes, each with a consumer",
    from: 10,
    files: (n) =>
      charm(
        `class K0(ops.CharmBase):\n    p = []\n${times(n, (at) => `class K${at + 1}(K${at}):\n    def __init__(self, f):\n        super().__init__(f)\n        self.m = ServiceMeshConsumer(self, policies=self.p)\n`)}`,
      ),
  },
  {
    name: "a ring of classes, each with a consumer",
    from: 30,
    files: (n) =>
      charm(
        times(
          n,
          (at) =>
            `class K${at}(K${(at + 1) % n}):\n    def __init__(self, f):\n        super().__init__(f)\n        self.m = ServiceMeshConsumer(self, policies=self.p)\n`,
        ),
      ),
  },
  {
    name: "classes with two bases each",
    from: 10,
    files: (n) =>
      charm(
        `class A0(ops.CharmBase):\n    p = []\nclass B0(A0):\n    pass\n${times(n, (at) => `class A${at + 1}(B${at}):\n    pass\nclass B${at + 1}(A${at + 1}, A${at}):\n    pass\n`)}class C(A${n}, B${n}):\n    def __init__(self, f):\n        super().__init__(f)\n        self.m = ServiceMeshConsumer(self, policies=self.p)\n`,
      ),
  },
  {
    name: "one class with many subclasses",
    from: 100,
    files: (n) =>
      charm(
        `class K(ops.CharmBase):\n    p = []\n    def __init__(self, f):\n        super().__init__(f)\n        self.m = ServiceMeshConsumer(self, policies=self.p)\n${times(n, (at) => `class K${at}(K):\n    p = [UnitPolicy(relation="x", ports=[${at}])]\n`)}`,
      ),
  },
  {
    name: "loops in each other",
    from: 4,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `${indent(at)}for a${at} in range(10):\n`)}${indent(n)}r.append(UnitPolicy(relation="x", ports=[a0]))\n        return r\n`,
      ),
  },
  {
    name: "loops over what can't be read in each other",
    from: 8,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `${indent(at)}for a${at} in self.model.relations[str(${at})]:\n`)}${indent(n)}r.append(UnitPolicy(relation="x", ports=[80]))\n        return r\n`,
      ),
  },
  {
    name: "while in while",
    from: 8,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `${indent(at)}while self.more(${at}):\n`)}${indent(n)}r.append(UnitPolicy(relation="x", ports=[80]))\n        return r\n`,
      ),
  },
  {
    name: "one loop after the other",
    from: 40,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `        for a in range(10):\n            r.append(UnitPolicy(relation="x", ports=[a + ${at}]))\n`)}        return r\n`,
      ),
  },
  {
    name: "comprehensions in each other",
    from: 3,
    files: (n) => ports(`[0 ${times(n, (at) => `for a${at} in range(10) `)}]`),
  },
  {
    name: "comprehension in the element of a comprehension",
    from: 4,
    files: (n) => ports(`${"[".repeat(n)}80${times(n, (at) => ` for a${at} in range(10)]`)}`),
  },
  {
    name: "policies in one list",
    from: 100,
    files: (n) => method(`        return [${times(n, (at) => `UnitPolicy(relation="x", ports=[${at + 1}]), `)}]\n`),
  },
  {
    name: "policies of one relation that is not there",
    from: 100,
    files: (n) => method(`        return [${times(n, (at) => `UnitPolicy(relation="y", ports=[${at + 1}]), `)}]\n`),
  },
  {
    name: "policies added one by one",
    from: 100,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `        r.append(UnitPolicy(relation="x", ports=[${at + 1}]))\n`)}        return r\n`,
      ),
  },
  {
    name: "policies added under tests",
    from: 100,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `        if self.config["a${at}"]:\n            r.append(UnitPolicy(relation="x", ports=[${at + 1}]))\n`)}        return r\n`,
      ),
  },
  {
    name: "lists joined",
    from: 100,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `        r = r + [UnitPolicy(relation="x", ports=[${at + 1}])]\n`)}        return r\n`,
      ),
  },
  { name: "ports in one list", from: 1000, files: (n) => ports(`[${times(n, (at) => `${(at % 65_535) + 1},`)}]`) },
  { name: "one port many times", from: 5000, files: (n) => ports(`[${"1,".repeat(n)}]`) },
  { name: "ports in a set", from: 500, files: (n) => ports(`list({${times(n, (at) => `${at + 1},`)}})`) },
  { name: "names in a set", from: 500, files: (n) => ports(`sorted({${times(n, (at) => `"${at}",`)}})`) },
  {
    name: "keys of a dict",
    from: 500,
    files: (n) => ports("list(D)", `D = {${times(n, (at) => `${at + 1}: "x", `)}}\n`),
  },
  {
    name: "keys set one by one",
    from: 200,
    files: (n) => ports("list(D)", `D = {}\n${times(n, (at) => `D[${at + 1}] = "x"\n`)}`),
  },
  { name: "a number counted up", from: 200, files: (n) => ports("[X]", `X = 0\n${"X = X + 1\n".repeat(n)}`) },
  { name: "a number counted up in place", from: 200, files: (n) => ports("[X]", `X = 0\n${"X += 1\n".repeat(n)}`) },
  { name: "a list that doubles", from: 10, files: (n) => ports("X", `X = [1]\n${"X = X + X\n".repeat(n)}`) },
  { name: "a text that doubles", from: 10, files: (n) => ports("[int(X)]", `X = "1"\n${"X = X + X\n".repeat(n)}`) },
  {
    name: "a dict that doubles",
    from: 10,
    files: (n) => ports("X['a']", `X = {"a": [1]}\n${'X = {"a": X, "b": X}\n'.repeat(n)}`),
  },
  {
    name: "tests in each other",
    from: 10,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `${indent(at)}if self.config["a${at}"]:\n`)}${indent(n)}r.append(UnitPolicy(relation="x", ports=[80]))\n        return r\n`,
      ),
  },
  {
    name: "a variable with many values",
    from: 20,
    files: (n) =>
      method(
        `        p = 0\n${times(n, (at) => `        if self.config["a${at}"]:\n            p = ${at + 1}\n`)}        return [UnitPolicy(relation="x", ports=[p])]\n`,
      ),
  },
  {
    name: "sums of a variable with two values",
    from: 10,
    files: (n) =>
      method(
        `        p = 1 if self.config["a"] else 2\n${"        p = p + p\n".repeat(n)}        return [UnitPolicy(relation="x", ports=[p])]\n`,
      ),
  },
  {
    name: "variables that each rest on two before",
    from: 10,
    files: (n) => ports(`[v${n}]`, `v0 = 1\nv1 = 1\n${times(n, (at) => `v${at + 2} = v${at + 1} + v${at}\n`)}`),
  },
  {
    name: "functions that each call the one before twice",
    from: 10,
    files: (n) =>
      ports(
        `[f${n}()]`,
        `def f0():\n    return 1\n${times(n, (at) => `def f${at + 1}():\n    return f${at}() + f${at}()\n`)}`,
      ),
  },
  {
    name: "functions that hand on their argument twice",
    from: 10,
    files: (n) =>
      ports(
        `[f${n}(1)]`,
        `def f0(a):\n    return a\n${times(n, (at) => `def f${at + 1}(a):\n    return f${at}(a) + f${at}(a + 1)\n`)}`,
      ),
  },
  {
    name: "properties that each ask the one before twice",
    from: 10,
    files: (n) =>
      method(
        `        return [UnitPolicy(relation="x", ports=[self.p${n}])]\n    @property\n    def p0(self):\n        return 1\n${times(n, (at) => `    @property\n    def p${at + 1}(self):\n        return self.p${at} + self.p${at}\n`)}`,
      ),
  },
  {
    name: "properties in a ring",
    from: 10,
    files: (n) =>
      method(
        `        return [UnitPolicy(relation="x", ports=[self.p0])]\n${times(n, (at) => `    @property\n    def p${at}(self):\n        return self.p${(at + 1) % n} + self.p${(at + 2) % n}\n`)}`,
      ),
  },
  {
    name: "functions in a ring",
    from: 10,
    files: (n) =>
      ports(
        "[f0(1)]",
        times(n, (at) => `def f${at}(a):\n    return f${(at + 1) % n}(a) + f${(at + 2) % n}([a])\n`),
      ),
  },
  {
    name: "attributes that rest on each other",
    from: 20,
    files: (n) =>
      charm(
        `class C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n        self.a0 = 1\n${times(n, (at) => `        self.a${at + 1} = self.a${at} + self.a${at}\n`)}        self.mesh = ServiceMeshConsumer(self, policies=[UnitPolicy(relation="x", ports=[self.a${n}])])\n`,
      ),
  },
  {
    name: "attributes in a ring",
    from: 20,
    files: (n) =>
      charm(
        `class C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n        self.mesh = ServiceMeshConsumer(self, policies=[UnitPolicy(relation="x", ports=[self.a0])])\n${times(n, (at) => `    def m${at}(self):\n        self.a${at} = self.a${(at + 1) % n}\n`)}`,
      ),
  },
  {
    name: "methods that change one attribute",
    from: 20,
    files: (n) =>
      charm(
        `class C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n        self.a = []\n        self.m0()\n        self.mesh = ServiceMeshConsumer(self, policies=self.a)\n${times(n, (at) => `    def m${at}(self):\n        self.a.append(UnitPolicy(relation="x", ports=[${at + 1}]))\n        self.m${at + 1}()\n        self.m${at + 2}()\n`)}`,
      ),
  },
  {
    name: "methods that call each other",
    from: 10,
    files: (n) =>
      charm(
        `class C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n        self.a = []\n        self.m0()\n        self.mesh = ServiceMeshConsumer(self, policies=self.a)\n${times(n, (at) => `    def m${at}(self):\n        self.a.append(UnitPolicy(relation="x", ports=[${at + 1}]))\n${times(n, (other) => `        self.m${other}()\n`)}`)}`,
      ),
  },
  {
    name: "consumers in one class",
    from: 50,
    files: (n) =>
      charm(
        `class C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n${times(n, (at) => `        self.m${at} = ServiceMeshConsumer(self, policies=[UnitPolicy(relation="x", ports=[${at + 1}])])\n`)}`,
      ),
  },
  {
    name: "objects made of objects",
    from: 20,
    files: (n) =>
      ports(
        "[K(1).n.n.n.p]",
        `class K:\n    def __init__(self, p):\n        self.p = p\n        self.n = K${0}(p)\n${times(n, (at) => `class K${at}:\n    def __init__(self, p):\n        self.p = p\n        self.n = K${at + 1}(p + 1)\n        self.o = K${at + 1}(p)\n`)}`,
      ),
  },
  {
    name: "calls in calls",
    from: 20,
    files: (n) => ports(`[${"f(".repeat(n)}1${")".repeat(n)}]`, "def f(a):\n    return a\n"),
  },
  {
    name: "callers of one function",
    from: 100,
    files: (n) =>
      charm(
        `def g(charm, p):\n    ServiceMeshConsumer(charm, policies=[UnitPolicy(relation="x", ports=[p])])\n${INIT.replace(
          CONSUMER,
          times(n, (at) => `        g(self, ${at + 1})\n`),
        )}`,
      ),
  },
  {
    name: "callers of callers",
    from: 10,
    files: (n) =>
      charm(
        `def g0(charm, p):\n    ServiceMeshConsumer(charm, policies=[UnitPolicy(relation="x", ports=[p])])\n${times(n, (at) => `def g${at + 1}(charm, p):\n    g${at}(charm, p)\n    g${at}(charm, p + 1)\n`)}${INIT.replace(CONSUMER, `        g${n}(self, 1)\n`)}`,
      ),
  },
  {
    name: "conditions chosen between",
    from: 50,
    files: (n) => ports(`[${times(n, (at) => `${at + 1} if self.c${at} else `)}0]`),
  },
  { name: "or after or", from: 50, files: (n) => ports(`[${times(n, (at) => `self.config.get("p${at}") or `)}80]`) },
  { name: "a chain of attributes", from: 500, files: (n) => ports(`[self${".a".repeat(n)}]`) },
  { name: "a chain of subscripts", from: 500, files: (n) => ports(`[X${"[0]".repeat(n)}]`, "X = []\nX.append(X)\n") },
  { name: "holes of one f-string", from: 100, files: (n) => ports(`[int(f"${"{self.x}".repeat(n)}")]`) },
  { name: "brackets in brackets", from: 1000, files: (n) => ports(`${"[".repeat(n)}${"]".repeat(n)}`) },
  { name: "brackets that stay open", from: 1000, files: (n) => ports(`${"[".repeat(n)}`) },
  {
    name: "try in try",
    from: 10,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `${indent(at)}try:\n`)}${indent(n)}r.append(UnitPolicy(relation="x", ports=[80]))\n${times(n, (at) => `${indent(n - 1 - at)}except E:\n${indent(n - at)}r.append(UnitPolicy(relation="x", ports=[${at + 1}]))\n`)}        return r\n`,
      ),
  },
  {
    name: "try after try",
    from: 50,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `        try:\n            r.append(UnitPolicy(relation="x", ports=[${at + 1}]))\n            self.f()\n        except E:\n            r.clear()\n`)}        return r\n`,
      ),
  },
  {
    name: "names that stand for each other",
    from: 100,
    files: (n) =>
      ports(
        `v${n}`,
        `v0 = [80]\n${times(n, (at) => `v${at + 1} = v${at}\n`)}${times(n, (at) => `v${at}.append(${at + 1})\n`)}`,
      ),
  },
  {
    name: "ports opened one by one",
    from: 100,
    files: (n) =>
      charm(
        `${INIT.replace(
          CONSUMER,
          times(n, (at) => `        self.unit.open_port("tcp", ${at + 1})\n`),
        )}`,
      ),
  },
  {
    name: "ports set again and again",
    from: 100,
    files: (n) =>
      charm(
        `${INIT.replace(
          CONSUMER,
          times(n, (at) => `        self.unit.set_ports(${at + 1})\n`),
        )}`,
      ),
  },
  {
    name: "comments at the end",
    from: 1000,
    files: (n) => ({
      ...yaml(METADATA),
      "c/src/charm.py": `${yaml(METADATA)["c/src/charm.py"]}${"# any comment\n".repeat(n)}`,
    }),
  },
  {
    name: "suppressions",
    from: 500,
    files: (n) => ({
      ...yaml(METADATA),
      "c/src/charm.py": `${yaml(METADATA)["c/src/charm.py"]}${"# charm-mesh: ignore[missing-policy]\n".repeat(n)}`,
    }),
  },
  {
    name: "suppressions, each with a finding",
    from: 100,
    files: (n) =>
      method(
        `        r = []\n${times(n, (at) => `        r.append(UnitPolicy(relation="y${at}", ports=[80]))  # charm-mesh: ignore[unknown-policy-relation]\n`)}        return r\n`,
      ),
  },
  { name: "a long line", from: 10_000, files: (n) => ports(`[80]  # ${"x".repeat(n)}`) },
  { name: "blank lines", from: 5000, files: (n) => ports("[80]", "\n".repeat(n)) },
  { name: "not -~ again and again", from: 250, files: (n) => charm(`X = ${"not -~".repeat(n)}\n`) },
  {
    name: "a long name, misspelled",
    from: 2000,
    files: (n) => ({
      "c/charmcraft.yaml": METADATA.replace("  x:", `  ? ${"x".repeat(n)}\n  :`),
      "c/src/charm.py": `${HEAD}${INIT}    def policies(self):\n        return [UnitPolicy(relation="${"x".repeat(n - 1)}y", ports=[80])]\n`,
    }),
  },
  {
    name: "names, misspelled",
    from: 60,
    files: (n) => ({
      "c/charmcraft.yaml": `${METADATA}${times(n, (at) => `  relation-of-length-${at}: {interface: http}\n`)}`,
      "c/src/charm.py": `${HEAD}${INIT}    def policies(self):\n        return [${times(n, (at) => `UnitPolicy(relation="relatoin-of-length-${at}", ports=[80]), `)}]\n`,
    }),
  },
  {
    name: "methods misspelled",
    from: 100,
    files: (n) =>
      method(
        `        return [AppPolicy(relation="x", endpoints=[Endpoint(methods=[${times(n, (at) => `Method.gett${at}, `)}])])]\n`,
      ),
  },
  {
    name: "modules that import each other with a star",
    from: 20,
    files: (n) => ({
      ...ports("[v0]", "from m0 import *\n"),
      ...Object.fromEntries(
        Array.from({ length: n }, (_, at) => [
          `c/src/m${at}.py`,
          `from m${(at + 1) % n} import *\nfrom m${(at + 2) % n} import *\n`,
        ]),
      ),
    }),
  },
  {
    name: "modules in a chain",
    from: 20,
    files: (n) => ({
      ...ports("[v0]", "from m0 import v0\n"),
      ...Object.fromEntries(
        Array.from({ length: n }, (_, at) => [
          `c/src/m${at}.py`,
          `from m${at + 1} import v${at + 1}\nv${at} = v${at + 1}\n`,
        ]),
      ),
    }),
  },
  {
    name: "nested functions",
    from: 10,
    files: (n) =>
      ports(
        "[f0()]",
        `${times(n, (at) => `${"    ".repeat(at)}def f${at}():\n${"    ".repeat(at + 1)}x = ${at}\n`)}${times(n, (at) => `${"    ".repeat(n - at)}return ${at === 0 ? "x" : `f${n - at}() + x`}\n`)}`,
      ),
  },
  {
    name: "match with many cases",
    from: 50,
    files: (n) =>
      method(
        `        match self.config["a"]:\n${times(n, (at) => `            case ${at}:\n                p = ${at + 1}\n`)}        return [UnitPolicy(relation="x", ports=[p])]\n`,
      ),
  },
  {
    name: "lambdas of lambdas",
    from: 20,
    files: (n) => ports(`[${times(n, (at) => `(lambda a${at}: `)}1${")(2)".repeat(n)}]`),
  },
  {
    name: "unpacking",
    from: 100,
    files: (n) => ports("[a0]", `${times(n, (at) => `a${at}, `)}= ${times(n, (at) => `${at}, `)}\n`),
  },
  { name: "stars in calls", from: 20, files: (n) => ports(`[*${"list(".repeat(n)}[1, 2]${")".repeat(n)}]`) },
];
