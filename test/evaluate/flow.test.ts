import { describe, expect, it } from "vitest";
import { plain, probe, probed } from "./probing.ts";

const UNKNOWN = { unknown: expect.any(String) };

/** A function with the body, called with the arguments. */
const called = (body: string, args = "", parameters = "") =>
  `def f(${parameters}):\n${body.replace(/^(?=.)/gm, "    ")}\nprobe(f(${args}))`;

describe("what statements leave", () => {
  it("takes both ways of a test that is not decided, one of a test that is", () => {
    expect(probe(called("if t():\n    return 1\nelif u():\n    return 2\nreturn 3"))).toEqual({ oneOf: [1, 2, 3] });
    expect(probe(called("if kind == 'a':\n    return 1\nreturn 3", "'a'", "kind"))).toBe(1);
    expect(probe(called("if kind == 'a':\n    return 1\nreturn 3", "'b'", "kind"))).toBe(3);
    expect(probe(called("if kind in ('a', 'b') and not False:\n    return 1\nreturn 3", "'b'", "kind"))).toBe(1);
    expect(probe(called("if p is None:\n    p = 80\nreturn p", "", "p=None"))).toBe(80);
    expect(probe(called("if t():\n    raise ValueError\nreturn 3"))).toBe(3);
    expect(probe(called("if t():\n    return 1"))).toEqual({ oneOf: [null, 1] });
    expect(probe(called("pass"))).toBe(null);
  });

  it("reads names as they are at the place of the use", () => {
    expect(probed("x = 1\nprobe(x)\nx = 2\nprobe(x)").map(plain)).toEqual([1, 2]);
    expect(probe("x = 1\nx += 1\nx = x * 10\nprobe(x)")).toBe(20);
    expect(probe("x = 1\ndef g():\n    return x\nx = 2\nprobe(g())")).toBe(2);
    expect(probe("def g():\n    x = 1\n    def h():\n        return x\n    x = 2\n    return h()\nprobe(g())")).toEqual(
      { oneOf: [1, 2] },
    );
    expect(probe("x = 1\ndel x\nprobe(x)")).toEqual(UNKNOWN);
    expect(probe("def g():\n    probe(x)\n    x = 1\ng()")).toEqual(UNKNOWN);
    expect(probe("x = 1\ndef g():\n    global x\n    x = 2\ndef h():\n    probe(x)")).toEqual({ oneOf: [1, 2] });
    expect(
      probe("def g():\n    x = 1\n    def h():\n        nonlocal x\n        x = 2\n    h()\n    return x\nprobe(g())"),
    ).toEqual({
      oneOf: [1, UNKNOWN],
    });
  });

  it("narrows what tests rule out", () => {
    expect(probe(called("url = load() if t() else None\nif url:\n    return url\nreturn 'x'"))).toEqual({
      oneOf: [UNKNOWN, "x"],
    });
    const head =
      "class C:\n    @property\n    def port(self):\n        return 80 if t() else None\n    def go(self):\n";
    expect(probe(`${head}        if self.port:\n            probe(self.port)`)).toBe(80);
    expect(probe(`${head}        if not self.port:\n            return\n        probe(self.port)`)).toBe(80);
    expect(probe(`${head}        if (p := self.port) is not None:\n            probe(p)`)).toEqual({
      oneOf: [80, null],
    });
    expect(probe(`${head}        if p := self.port:\n            probe(p)`)).toBe(80);
    expect(
      probe(`${head}        p = self.port\n        if p is None or t():\n            return\n        probe(p)`),
    ).toBe(80);
  });

  it("follows try, with, match and loops", () => {
    expect(probe("try:\n    x = 1\nexcept E:\n    x = 2\nprobe(x)")).toEqual({ oneOf: [1, 2] });
    expect(probe("try:\n    x = 1\nexcept E:\n    raise\nfinally:\n    y = 5\nprobe([x, y])")).toEqual([1, 5]);
    expect(probe("try:\n    x = 1\nexcept E as x:\n    pass\nelse:\n    x = 3\nprobe(x)")).toEqual(3);
    expect(probe("with open('f') as f:\n    x = 1\nprobe(x)")).toBe(1);
    expect(probe("with open('f') as f:\n    probe(f)")).toEqual(UNKNOWN);
    expect(probe("match t():\n    case 1:\n        x = 1\n    case 2 | 3:\n        x = 2\nprobe(x)")).toEqual({
      oneOf: [1, 2],
    });
    expect(probe("x = 0\nmatch t():\n    case 1:\n        x = 1\nprobe(x)")).toEqual({ oneOf: [1, 0] });
    expect(probe("match t():\n    case [a, b]:\n        probe(a)")).toEqual(UNKNOWN);
    expect(probe("x = 0\nfor n in (1, 2, 3):\n    x += n\nprobe(x)")).toBe(6);
    expect(probe("x = []\nfor n in (1, 2):\n    x = x + [n]\nprobe(x)")).toEqual([1, 2]);
    expect(probe("x = 0\nfor n in load():\n    x = 5\nprobe(x)")).toEqual({ oneOf: [5, 0] });
    expect(probe("for n in (1, 2, 3):\n    if n == 2:\n        break\nelse:\n    n = 9\nprobe(n)")).toBe(2);
    expect(probe("x = 0\nwhile t():\n    x = x + 1\nprobe(x)")).toEqual({ oneOf: [1, 0, UNKNOWN] });
    expect(probe("for n in (1, 2):\n    probe(n)")).toEqual({ oneOf: [1, 2] });
    expect(probe("x = 1\nfor n in (1, 2):\n    probe(x)\n    x = 2")).toEqual({ oneOf: [2, 1] });
    expect(probe(called("for p in (1, 2, 3):\n    if p > want:\n        return p", "1", "want"))).toBe(2);
  });

  it("computes with texts, numbers and collections", () => {
    expect(probe("probe([7 // 2, 7 % 3, -7 // 2, 2 ** 3, 7 / 2, -1, +2, not 0])")).toEqual([
      3,
      1,
      -4,
      8,
      3.5,
      -1,
      2,
      true,
    ]);
    expect(
      probe("probe(['a' + 'b', 'a' * 2, 'x-%s' % 1, '{}-{b}'.format(1, b=2), f'{80:04d}', ','.join(['a', 'b'])])"),
    ).toEqual(["ab", "aa", "x-1", "1-2", "0080", "a,b"]);
    expect(
      probe("probe(['A.b'.lower(), 'a/b'.split('/'), 'a.b.c'.split('.', 1)[-1], 'abc'[1], 'abc'[1:], ' a '.strip()])"),
    ).toEqual(["a.b", ["a", "b"], "b.c", "b", "bc", "a"]);
    expect(
      probe("probe([[1] + [2], (1, 2)[0], [1, 2, 3][-1], [1, 2, 3][1:], len([1, 2]), max(1, 5), sum([1, 2])])"),
    ).toEqual([[1, 2], 1, 3, [2, 3], 2, 5, 3]);
    expect(probe("probe(1 / 0)")).toEqual(UNKNOWN);
    expect(probe("probe(x() + 1)")).toEqual(UNKNOWN);
  });

  it("keeps what is written around unreadable parts of a text", () => {
    const head = "import socket\nclass C:\n    def go(self):\n        ";
    expect(probe(`${head}probe(f"http{'s' if t() else ''}://{socket.getfqdn()}:{80}/x")`)).toEqual({
      oneOf: [{ template: "https://{socket.getfqdn()}:80/x" }, { template: "http://{socket.getfqdn()}:80/x" }],
    });
    expect(probe(`${head}probe("http://" + socket.getfqdn() + ":80")`)).toEqual({
      template: "http://{socket.getfqdn()}:80",
    });
    expect(probe(`${head}probe("*:{}".format(9090))`)).toBe("*:9090");
    expect(probe(`${head}probe("{}:{}".format(socket.getfqdn(), 80))`)).toEqual({ template: "{value 1}:80" });
    expect(probe(`${head}probe(socket.getfqdn().split(".", 1)[-1])`)).toEqual({ external: "socket.getfqdn.split[-1]" });
  });

  it("I48 takes a URL apart again", () => {
    const head =
      "import socket\nfrom urllib.parse import urlparse\nu = urlparse(f'https://{socket.getfqdn()}:{9093}/api')\n";
    expect(probe(`${head}probe([u.scheme, u.netloc, u.hostname, u.port, u.path])`)).toEqual([
      "https",
      { template: "{socket.getfqdn()}:9093" },
      { template: "{socket.getfqdn()}" },
      9093,
      "/api",
    ]);
    expect(probe("from urllib.parse import urlparse\nprobe(urlparse('http://a.b/c').port)")).toBe(null);
    expect(probe("import x\nfrom urllib.parse import urlparse\nprobe(urlparse(x.url).hostname)")).toEqual({
      external: "x.url.hostname",
    });
  });
});
