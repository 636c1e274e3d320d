import { describe, expect, it } from "vitest";
import { type PyExpression, type PyModule, type PyStatement, parsePython, sourceFile } from "#syntax";
import { outline, shown } from "./outline.ts";

/*
 * What CPython 3.11 can't be asked about: newer syntax, and what we make of trees in our own way. Everything else is held to
 * CPython in cpython.test.ts.
 */

function read(text: string): PyModule {
  return parsePython(sourceFile("x.py", text));
}

function statement<K extends PyStatement["kind"]>(text: string, kind: K): Extract<PyStatement, { kind: K }> {
  const module = read(text);
  expect(module.problems).toEqual([]);
  const [first] = module.body;
  expect(first?.kind).toBe(kind);
  return first as Extract<PyStatement, { kind: K }>;
}

function value(text: string): PyExpression {
  return statement(`x = ${text}\n`, "assign").value;
}

describe("newer Python", () => {
  it("reads type parameters of classes, functions and aliases (PEP 695, 696)", () => {
    const text = "class A[T: int, *Ts, **P](B[T]): pass\ndef f[T](a: T) -> T: ...\ntype X[T] = list[T]\ntype Y = int\n";
    const { body, problems } = read(text);
    expect(problems).toEqual([]);
    const [a, f, x, y] = body;
    expect(a).toMatchObject({ kind: "class", name: { text: "A" }, bases: [{ kind: "positional" }] });
    expect(f).toMatchObject({ kind: "function", name: { text: "f" }, parameters: [{ name: { text: "a" } }] });
    expect(x).toMatchObject({ kind: "type-alias", name: { text: "X" }, value: { kind: "subscript" } });
    expect(y).toMatchObject({ kind: "type-alias", name: { text: "Y" }, value: { kind: "name", id: "int" } });
  });

  it("reads f-strings that hold strings of their own quote, comments and line ends (PEP 701)", () => {
    expect(shown(value('f"{a["b"]} {f"{c!r}"}"'))).toBe('f(a["b"] " " f(c))');
    expect(shown(value("f'{a['b']:>{w['c']}}'"))).toBe('f(a["b"])');
    expect(shown(value('f"{\n  a  # why\n}"'))).toBe("f(a)");
    expect(shown(value('f"""{a["""b"""]}"""'))).toBe('f(a["b"])');
    expect(shown(value('f"{"\\n".join(a)}"'))).toBe('f("\\n".join(a))');
  });

  it("reads except without parentheses (PEP 758) and except* (PEP 654)", () => {
    const bare = statement("try: pass\nexcept A, B: pass\n", "try");
    expect(bare.handlers[0]?.type).toMatchObject({ kind: "tuple", items: [{ id: "A" }, { id: "B" }] });
    const star = statement("try: pass\nexcept* A as e: pass\n", "try");
    expect(star.handlers[0]).toMatchObject({ star: true, name: { text: "e" }, type: { id: "A" } });
  });

  it("reads a template string with its parts, which is no text (PEP 750)", () => {
    expect(value('t"a{b!r:>{w}}"')).toMatchObject({
      kind: "fstring",
      template: true,
      parts: [
        { kind: "text", value: "a" },
        { kind: "field", conversion: "r", value: { kind: "name", id: "b" } },
      ],
    });
    expect(value('Rt"\\n"')).toMatchObject({ template: true, parts: [{ kind: "text", value: "\\n" }] });
    expect(value('f"{a}"')).toMatchObject({ template: false });
  });
});

describe("strings", () => {
  it("marks what only Unicode's table of names can resolve as an unknown field", () => {
    expect(value('"a\\N{DASH}b"')).toMatchObject({
      kind: "fstring",
      parts: [{ kind: "field", value: { kind: "broken" } }],
    });
    expect(value('r"\\N{DASH}"')).toMatchObject({ kind: "string", value: "\\N{DASH}" });
  });

  it("joins strings side by side, over lines, comments and kinds", () => {
    expect(value('("a" # one\n   \'b\' r"\\c")')).toMatchObject({ kind: "string", value: "ab\\c", bytes: false });
    expect(value('("a" f"{b}" "c" "d")')).toMatchObject({
      kind: "fstring",
      parts: [{ kind: "text", value: "a" }, { kind: "field" }, { kind: "text", value: "cd" }],
    });
  });

  it("gives the parts of an f-string with their places", () => {
    const text = 'x = f"é😀{ab!r:>{w}}z"';
    const { body } = read(text);
    const [first] = body;
    const parts = first?.kind === "assign" && first.value.kind === "fstring" ? first.value.parts : [];
    expect(parts.map((part) => text.slice(part.span.start, part.span.end))).toEqual(["é😀", "{ab!r:>{w}}", "z"]);
    expect(parts[1]).toMatchObject({
      kind: "field",
      conversion: "r",
      value: { kind: "name", id: "ab" },
      format: [
        { kind: "text", value: ">" },
        { kind: "field", value: { kind: "name", id: "w" } },
      ],
    });
  });
});

describe("numbers", () => {
  it.each([
    ["0x_FF", 255, true],
    ["1_000", 1000, true],
    ["9007199254740991", 9007199254740991, true],
    ["9007199254740993", null, true],
    ["1e3", 1000, false],
    ["3j", null, false],
    ["0o17", 15, true],
  ])("%s", (source, expected, integer) => {
    expect(value(source)).toMatchObject({ kind: "number", value: expected, integer });
  });
});

describe("definitions", () => {
  it("counts decorators to the span of what they decorate, as a reader would", () => {
    const text = "@a\n@b(1)\ndef f(): pass\n";
    expect(statement(text, "function").span).toEqual({ start: 0, end: text.length - 1 });
  });

  it("distinguishes the markers of a parameter list from names", () => {
    const { parameters } = statement("def f(a, /, b: int = 1, *, c, **d): pass\n", "function");
    expect(parameters.map((each) => `${each.kind} ${each.name.text}`)).toEqual([
      "plain a",
      "marker /",
      "plain b",
      "marker *",
      "plain c",
      "double-star d",
    ]);
  });

  it("ends a block with its last statement, not with the comments behind it", () => {
    const text = "class A:\n    x = 1\n    # note\n\n\ny = 2\n";
    expect(statement(text, "class").span.end).toBe(text.indexOf("x = 1") + 5);
  });
});

describe("comments", () => {
  it("are listed with their text and place, those in brackets too, and none from strings", () => {
    const text = "# one\nx = [1,  # two\n  '# no', f'''{y}# no\n# no'''\n]\n";
    const { comments } = read(text);
    expect(comments.map((each) => each.text)).toEqual(["# one", "# two"]);
    expect(comments.map((each) => text.slice(each.span.start, each.span.end))).toEqual(["# one", "# two"]);
  });
});

describe("Python 2", () => {
  it("is recognised: print with a bare argument is not a statement of Python 3", () => {
    const module = read("print 'x'\ny = 1\nexec 'x'\n");
    expect(module.problems.map((each) => each.message)).toEqual([
      "`print` is a function in Python 3: its arguments need parentheses.",
      "`exec` is a function in Python 3: its arguments need parentheses.",
    ]);
    expect(outline(module)).toEqual(["y = 1"]);
    expect(module.damaged).toBe(true);
  });
});

describe("layout that Python does not allow", () => {
  it.each([
    ["  x = 1\n", "This line is indented like none of the blocks around it."],
    ["x = 1\n    y = 2\n", "This line is indented for no reason."],
    ["if a:\n        b\n    c\n", "This line is indented like none of the blocks around it."],
    ["def f():\nx = 1\n", "An indented block is missing here."],
    ["if a:\n", "An indented block is missing here."],
    ["try:\n    a\n", "`try` needs an `except` or a `finally`."],
  ])("%j", (text, message) => {
    expect(read(text).problems.map((each) => each.message)).toEqual([message]);
    expect(read(text).damaged).toBe(true);
  });
});

describe("a file", () => {
  it("is read once", () => {
    const file = sourceFile("x.py", "x = 1\n");
    expect(parsePython(file)).toBe(parsePython(file));
  });

  it("may begin with a byte order mark", () => {
    const text = "\uFEFFx = 1\n";
    const module = read(text);
    expect(module).toMatchObject({ damaged: false, body: [{ kind: "assign", span: { start: 1, end: 6 } }] });
  });
});
