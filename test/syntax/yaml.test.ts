import { describe, expect, it } from "vitest";
import {
  parseYaml,
  parseYamlDocuments,
  sourceFile,
  type YamlDocument,
  type YamlNode,
  yamlEntry,
  yamlGet,
} from "#syntax";
import { yamlValue } from "./yaml-value.ts";

function read(text: string): YamlDocument {
  return parseYaml(sourceFile("charmcraft.yaml", text));
}

function keys(node: YamlNode | null): string[] {
  return node?.kind === "map" ? node.entries.map((entry) => String(entry.key.value)) : [];
}

const charmcraft = `# a charm
name: ledger-k8s
type: charm
description: |
  Two lines
  of text.
requires:
  # who we talk to
  "service-mesh": {interface: service_mesh, limit: 1}
  logging:
    interface: 'loki_push_api'
    optional: true
    limit:
containers:
  nginx:
    resource: nginx-image
list:
- a
-   b: 1
    c: 2
-
- [x, "y"]
`;

describe("a charmcraft.yaml", () => {
  const { root, problems } = read(charmcraft);
  const textOf = (node: { readonly span: { readonly start: number; readonly end: number } } | null | undefined) =>
    node ? charmcraft.slice(node.span.start, node.span.end) : null;

  it("is read with every value in its type", () => {
    expect(problems).toEqual([]);
    expect(yamlValue(root)).toEqual({
      name: "ledger-k8s",
      type: "charm",
      description: "Two lines\nof text.\n",
      requires: {
        "service-mesh": { interface: "service_mesh", limit: 1 },
        logging: { interface: "loki_push_api", optional: true, limit: null },
      },
      containers: { nginx: { resource: "nginx-image" } },
      list: ["a", { b: 1, c: 2 }, null, ["x", "y"]],
    });
  });

  it("gives the places of keys, values and entries", () => {
    const requires = yamlGet(root, "requires");
    const mesh = yamlEntry(requires, "service-mesh");
    expect(textOf(mesh?.key)).toBe('"service-mesh"');
    expect(textOf(mesh)).toBe('"service-mesh": {interface: service_mesh, limit: 1}');
    expect(textOf(mesh?.value)).toBe("{interface: service_mesh, limit: 1}");
    expect(textOf(yamlGet(yamlGet(requires, "logging"), "interface"))).toBe("'loki_push_api'");
    expect(textOf(yamlEntry(yamlGet(requires, "logging"), "limit"))).toBe("limit:");
    expect(yamlEntry(yamlGet(requires, "logging"), "limit")?.value).toBeNull();
    expect(textOf(yamlEntry(root, "description"))).toBe("description: |\n  Two lines\n  of text.");
    expect(textOf(requires)).toMatch(/^"service-mesh"[\s\S]*limit:$/);
  });

  it("distinguishes styles", () => {
    const style = (node: YamlNode | null) => (node?.kind === "scalar" ? node.style : null);
    expect(style(yamlGet(root, "description"))).toBe("block");
    expect(style(yamlGet(root, "name"))).toBe("plain");
    expect(style(yamlGet(yamlGet(yamlGet(root, "requires"), "logging"), "interface"))).toBe("single");
    expect(yamlEntry(yamlGet(root, "requires"), "service-mesh")?.key.style).toBe("double");
  });

  it("gives spans in UTF-16, behind a byte order mark and with any line ends", () => {
    const text = "\uFEFFa: '😀é'\r\nb:\r\n  - c\r\n";
    const document = read(text);
    expect(document.problems).toEqual([]);
    const found = (node: YamlNode | null) => node && text.slice(node.span.start, node.span.end);
    expect(found(yamlGet(document.root, "a"))).toBe("'😀é'");
    expect(found(yamlGet(document.root, "b"))).toBe("- c");
    expect(yamlValue(document.root)).toEqual({ a: "😀é", b: ["c"] });
  });

  it("is read once", () => {
    const file = sourceFile("a.yaml", "a: 1");
    expect(parseYamlDocuments(file)).toBe(parseYamlDocuments(file));
  });
});

describe("anchors and aliases", () => {
  it("are followed and shared", () => {
    const { root, problems } = read("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n");
    expect(problems).toEqual([]);
    expect(yamlValue(root)).toEqual({ a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }, { b: 1 }] });
    expect(yamlGet(root, "c")).toBe(yamlGet(root, "a"));
  });

  it("cost nothing in a bomb", () => {
    const lines = ["a0: &a0 [x, x]"];
    for (let i = 1; i < 60; i++) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}, *a${i - 1}]`);
    const value = yamlValue(read(lines.join("\n")).root) as Record<string, unknown[]>;
    expect(value["a59"]?.[0]).toBe(value["a58"]);
  });

  it("without an anchor, or inside their own, have no target and are reported", () => {
    const { root, problems } = read("a: *b\nc: &c [*c]\nd: &d {e: *d}\n");
    expect(problems.map((problem) => problem.message)).toEqual([
      "There is no anchor `&b` before this alias.",
      "The alias `*c` stands inside its own anchor.",
      "The alias `*d` stands inside its own anchor.",
    ]);
    expect(yamlValue(root)).toEqual({ a: null, c: [null], d: { e: null } });
  });

  it("take the last anchor of a name", () => {
    expect(yamlValue(read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").root)).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });
});

describe("merge keys", () => {
  const text =
    "base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\none:\n  <<: *b\n  x: 5\nboth:\n  <<: [*b, *o]\nquoted:\n  '<<': no\n";
  const { root, problems } = read(text);

  it("bring in what is not there, the first map first", () => {
    expect(problems).toEqual([]);
    expect(yamlValue(yamlGet(root, "one"))).toEqual({ x: 5, y: 2 });
    expect(yamlValue(yamlGet(root, "both"))).toEqual({ x: 1, y: 2, z: 4 });
    expect(yamlValue(yamlGet(root, "quoted"))).toEqual({ "<<": "no" });
  });

  it("are looked through by yamlGet", () => {
    expect(yamlValue(yamlGet(yamlGet(root, "both"), "z"))).toBe(4);
    expect(yamlValue(yamlGet(yamlGet(root, "one"), "x"))).toBe(5);
    expect(yamlGet(yamlGet(root, "one"), "z")).toBeNull();
  });

  it("end where they lead in a circle", () => {
    const { root: circle } = read("a: &a {<<: *a, b: 1}\n");
    expect(yamlGet(yamlGet(circle, "a"), "c")).toBeNull();
    expect(yamlValue(circle)).toEqual({ a: { b: 1 } });
  });
});

describe("what can't be right", () => {
  it("refuses two merge keys as charmcraft does; one takes a list", () => {
    const { problems } = read("x: &x {a: 1}\ny: &y {b: 1}\nz:\n  <<: *x\n  <<: *y\n");
    expect(problems.map((each) => each.message)).toEqual(["The key `<<` is set twice."]);
    expect(read("x: &x {a: 1}\ny: &y {b: 1}\nz:\n  <<: [*x, *y]\n").problems).toEqual([]);
  });

  it("keeps duplicate keys, reports them, and uses the last", () => {
    const { root, problems } = read("a: 1\nb: 2\na: 3\n");
    expect(problems).toEqual([{ span: { start: 10, end: 11 }, message: "The key `a` is set twice." }]);
    expect(keys(root)).toEqual(["a", "b", "a"]);
    expect(yamlValue(yamlGet(root, "a"))).toBe(3);
  });

  it("takes `__proto__` and `constructor` for keys like any others", () => {
    const value = yamlValue(read("__proto__: {polluted: true}\nconstructor: 1\n").root) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBeNull();
  });

  it("cuts off what nests too deeply, and says so once for each place", () => {
    for (const text of [
      "[".repeat(10_000),
      `${"{a: ".repeat(10_000)}1${"}".repeat(10_000)}`,
      `${"- ".repeat(10_000)}x`,
    ]) {
      const { problems } = read(text);
      expect(problems.map((problem) => problem.message)).toContain("This is nested too deeply to be read.");
      expect(JSON.stringify(yamlValue(read(text).root)).length).toBeLessThan(2000);
    }
  });

  it("keeps a key that is a collection as text", () => {
    expect(keys(read("? [a, b]\n: 1\n").root)).toEqual(["[a, b]"]);
  });

  it.each([
    ["a: 1\nb 2\nc: 3\n", "This line has no `:` behind its key."],
    ["a: 'x\nb: 2\nc: 3\n", "This string is not closed: its last `'` is missing."],
    ["a: 1\n\tb: 2\n", "Tabs can't indent in YAML; use spaces."],
    ["a: b: c\n", /^A mapping can't start here/],
    ["a: @b\n", "A value can't start with this character; put it in quotes."],
    ["a:\n    b: 1\n  c: 2\n", "This line is not indented like the lines it belongs to."],
  ])("says in a sentence what is wrong with %j", (text, message) => {
    const messages = read(text).problems.map((problem) => problem.message);
    expect(
      messages.some((each) => (typeof message === "string" ? each === message : message.test(each))),
      messages.join("\n"),
    ).toBe(true);
  });
});

describe("strings over lines that are not indented", () => {
  it("are read, as PyYAML and Go read them", () => {
    const text = 'a:\n  b: \'one\n  two\n\nthree\'\n  c: 1\nd:\n- "x\n\\"y"\n- z\n';
    const { root, problems } = read(text);
    expect(problems).toEqual([]);
    expect(yamlValue(root)).toEqual({ a: { b: "one two\nthree", c: 1 }, d: ['x "y', "z"] });
    const c = yamlEntry(yamlGet(root, "a"), "c");
    expect(c && text.slice(c.span.start, c.span.end)).toBe("c: 1");
  });

  it("are half typed where the next line is an entry", () => {
    const { root, problems } = read("a: 'one\nb: two'\nc: 3\n");
    expect(problems.map((problem) => problem.message)).toContain("This string is not closed: its last `'` is missing.");
    expect(keys(root)).toContain("c");
  });
});

describe("half-typed files", () => {
  const top = ["name", "type", "description", "requires", "containers", "list"];

  it.each([
    ["a key without colon", "  logging:\n", "  logging\n"],
    ["half a key", "  logging:\n", "  logg\n"],
    ["a value that begins a flow map", "interface: 'loki_push_api'", "interface: {"],
    ["a string not closed", "'loki_push_api'", "'loki_push_api"],
    ["a flow map not closed", "limit: 1}", "limit: 1"],
    ["a colon too many", "type: charm", "type: : charm"],
    ["a stray bracket", "type: charm", "type: ]charm"],
    ["too much indentation", "    optional: true", "      optional: true"],
    ["too little indentation", "    optional: true", "   optional: true"],
    ["an alias half typed", "resource: nginx-image", "resource: *"],
  ])("keep the top-level keys above the breakage: %s", (_, from, to) => {
    expect(charmcraft.split(from)).toHaveLength(2);
    const at = charmcraft.indexOf(from);
    const { root, problems } = read(charmcraft.replace(from, () => to));
    expect(problems.length).toBeGreaterThan(0);
    const before = top.filter((key) => charmcraft.indexOf(`\n${key}:`) < at);
    expect(keys(root).slice(0, before.length)).toEqual(before);
  });
});

it("a broken file leaves the stack traces of everybody else as they were", () => {
  const before = Error.stackTraceLimit;
  const { problems } = read("{}[[[Z");
  expect(problems).toHaveLength(4);
  expect(Error.stackTraceLimit).toBe(before);
});
