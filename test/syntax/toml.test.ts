import fc from "fast-check";
import { parse, stringify } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parseToml, sourceFile, type TomlValue, tomlGet } from "#syntax";

/** A value as `smol-toml` gives it; dates are texts on both sides. */
function plain(value: TomlValue): unknown {
  if (value.kind === "scalar") return value.value;
  if (value.kind === "array") return value.items.map(plain);
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plain(entry.value)]));
}

function dated(value: unknown): unknown {
  if (value instanceof Date) return "date";
  if (Array.isArray(value)) return value.map(dated);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, dated(inside)]));
}

function read(text: string) {
  return parseToml(sourceFile("pyproject.toml", text));
}

const sample = `# project
title = "TOML"   # a comment
"quoted key" = 'literal \\n'
a.b.c = 1
numbers = [1, +2, -3, 1_000, 0xFF, 0o17, 0b11, 1.5, -0.0, 1e3, 2.5E-3, true, false]
special = [inf, -inf]
text = """
first \\
    joined "quoted" \\u00e9 \\U0001F600
second"""
raw = '''
C:\\x'y'''
quotes = """a"""""
inline = {x = 1, y.z = "2", "w v" = []}
nested = [
  ["a", "b"],   # one
  [1, 2,],
  {k = "v"},

]

[table]
key = "value"
[table.sub."dotted.key"]
x = 1
[[package]]
name = "one"
dependencies = [
    { name = "two" },
]
[package.metadata]
y = 2
[[package]]
name = "two"
[ spaced . "table" ]
z = "\\t\\"\\\\"
`;

describe("TOML that is valid", () => {
  it("is read as smol-toml reads it", () => {
    const { root, problems } = read(sample);
    expect(problems).toEqual([]);
    expect(plain(root)).toEqual(parse(sample));
  });

  it("is read with any line ends and a byte order mark", () => {
    expect(plain(read(`\uFEFF${sample.replaceAll("\n", "\r\n")}`).root)).toEqual(
      parse(sample.replaceAll("\n", "\r\n")),
    );
  });

  it("keeps dates and times as they are written", () => {
    const text = "a = 1979-05-27T07:32:00Z\nb = 1979-05-27\nc = 07:32:00\nd = 1979-05-27 07:32:00.5-07:00\n";
    const { root, problems } = read(text);
    expect(problems).toEqual([]);
    expect(plain(root)).toEqual({
      a: "1979-05-27T07:32:00Z",
      b: "1979-05-27",
      c: "07:32:00",
      d: "1979-05-27 07:32:00.5-07:00",
    });
    expect(tomlGet(root, "b")).toMatchObject({ quoted: false });
  });

  it("of any content is read as smol-toml reads it", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 12 });
    const scalar = fc.oneof(
      text,
      fc.integer(),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
    );
    const key = fc.oneof(fc.stringMatching(/^[a-z0-9_-]{1,6}$/), text).filter((name) => name !== "__proto__");
    const { table } = fc.letrec<{ table: Record<string, unknown>; value: unknown }>((tie) => ({
      table: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        scalar,
        fc.array(scalar, { maxLength: 4 }),
        tie("table"),
        fc.array(tie("table"), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(table, (value) => {
        const written = stringify(value);
        const { root, problems } = read(written);
        expect(problems).toEqual([]);
        expect(plain(root)).toEqual(dated(parse(written)));
      }),
      { numRuns: 400 },
    );
  });

  it("gives the places of keys, values and tables", () => {
    const { root } = read(sample);
    const at = (span: { start: number; end: number } | undefined) => span && sample.slice(span.start, span.end);
    const table = tomlGet(root, "table");
    expect(at(table?.span)).toBe("[table]");
    expect(at(table?.kind === "table" ? table.entries.get("key")?.span : undefined)).toBe('key = "value"');
    expect(at(tomlGet(root, "table", "key")?.span)).toBe('"value"');
    const packages = tomlGet(root, "package");
    const second = packages?.kind === "array" ? packages.items[1] : undefined;
    expect(second?.kind === "table" ? at(second.entries.get("name")?.key) : null).toBe("name");
    expect(at(second?.span)).toBe("[[package]]");
  });
});

describe("TOML with an error", () => {
  it.each([
    ['a = "x\nb = 1\n', 'This string is not closed: its last `"` is missing.', { a: "x", b: 1 }],
    ["a = 'x\nb = 1\n", "This string is not closed: its last `'` is missing.", { a: "x", b: 1 }],
    ["a = [1, 2\nb = 1\n", "This array is not closed: its `]` is missing.", { a: [1, 2], b: 1 }],
    [
      'a = [\n  "x",\n  "y"\n[t]\nb = 1\n',
      "This array is not closed: its `]` is missing.",
      { a: ["x", "y"], t: { b: 1 } },
    ],
    ['a = [\n  "x"\n  "y",\n]\nb = 1\n', "A `,` is missing between two values.", { a: ["x", "y"], b: 1 }],
    ['a = [\n  "x",\n  oops,\n  "y",\n]\n', "`oops` is no value in TOML; put text in quotes.", { a: ["x", "y"] }],
    ["a =\nb = 1\n", "A value is missing here.", { b: 1 }],
    ["a\nb = 1\n", "`a` has no `=` behind it.", { b: 1 }],
    ["= 1\nb = 1\n", "A key is missing here.", { b: 1 }],
    ["a = x y\nb = 1\n", "`x` is no value in TOML; put text in quotes.", { b: 1 }],
    ["a = 1 2\nb = 1\n", "This does not belong here: a value ends with its line.", { a: 1, b: 1 }],
    ["[t\nb = 1\n", "This table's name is not closed: its `]` is missing.", { t: { b: 1 } }],
    ["a = 1\na = 2\n", "The key `a` is set twice.", { a: 1 }],
    ["a = 1\na.b = 2\n", "`a` is no table, so it can't hold further keys.", { a: 1 }],
    ["a = {b = 1\nc = 2\n", "This table is not closed: its `}` is missing.", { a: { b: 1 }, c: 2 }],
    ["a = 1\n[a]\nb = 2\n", "`a` stands in this file as something else already.", { a: 1 }],
    ["a = 1\n[a.b]\nc = 2\n", "This table's name leads through something that is no table.", { a: 1 }],
  ])("keeps what can be read: %j", (text, message, expected) => {
    const { root, problems } = read(text);
    expect(problems.map((problem) => problem.message)).toContain(message);
    expect(plain(root)).toEqual(expected);
    for (const { span } of problems) expect(span.end).toBeLessThanOrEqual(text.length);
  });

  it("treats `__proto__` as a plain key", () => {
    const { root } = read("[__proto__]\npolluted = true\n");
    expect([...root.entries.keys()]).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("any text at all", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom(
      "\n",
      "=",
      "a",
      '"',
      "'",
      '"""',
      "[",
      "]",
      "[[",
      "]]",
      "{",
      "}",
      ",",
      ".",
      "#",
      " ",
      "1",
      "\\",
      "\r\n",
      "\0",
      "true",
    ),
  );

  it("is read without an exception, in time, with spans in the text", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 50 }), (pieces) => {
        const text = pieces.join("");
        for (const { span } of read(text).problems) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["[", "{", "a={", "a=[", "[[", '"', "a=\n", "a.", "a=[\n", "[a]\n", "a=1\n", "'''", "a=[[\n"])(
    "does not choke on %j again and again",
    (unit) => {
      const before = process.cpuUsage();
      read(unit.repeat(20_000));
      const { user } = process.cpuUsage(before);
      expect(user / 1000).toBeLessThan(2000);
    },
  );
});
