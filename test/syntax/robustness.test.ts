import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PyModule, parsePython, sourceFile } from "#syntax";
import { breakages, charm } from "./breakages.ts";

function read(text: string): PyModule {
  return parsePython(sourceFile("x.py", text));
}

/** How deep plain data nests, counted without recursion; every span in it must lie in the text. */
function depthOf(module: PyModule, length: number): number {
  let deepest = 0;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: module, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    deepest = Math.max(deepest, depth);
    const { start, end } = value as { start?: unknown; end?: unknown };
    if (typeof start === "number" && typeof end === "number" && (start < 0 || end < start || end > length)) {
      throw new Error(`a span from ${start} to ${end} in a text of ${length}`);
    }
    for (const inside of Object.values(value)) open.push({ value: inside, depth: depth + 1 });
  }
  return deepest;
}

function milliseconds(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

const many = (text: string, count: number) => text.repeat(count);

/** Texts that grow with `n` and are meant to hurt. */
const hostile: Readonly<Record<string, (n: number) => string>> = {
  "nested brackets": (n) => many("(", n) + many(")", n),
  "open brackets": (n) => many("([{", n),
  "open brackets on lines": (n) => many("(\n", n),
  "closing brackets": (n) => many(")]}", n),
  "nested calls": (n) => `x = ${many("f(", n)}${many(")", n)}`,
  "a chain of attributes": (n) => `x${many(".a", n)}`,
  "a chain of subscripts": (n) => `x${many("[0]", n)}`,
  "a sum": (n) => `x = 1${many(" + 1", n)}`,
  "a union": (n) => `x: A${many(" | B", n)}`,
  "not not not": (n) => `${many("not ", n)}x`,
  "lambda lambda": (n) => `${many("lambda: ", n)}x`,
  conditionals: (n) => `${many("a if b else ", n)}c`,
  "strings side by side": (n) => `x = ${many('"a" ', n)}`,
  quotes: (n) => many('"', n),
  "triple quotes": (n) => many('"""\n', n),
  "strings not closed": (n) => many('x = "abc\n', n),
  "calls not closed": (n) => many("x = f(a,\n  b,\n", n),
  "f-strings in f-strings": (n) => `${many('f"{', n)}x${many('}"', n)}`,
  "f-strings not closed": (n) => many('f"{x', n),
  "f-strings not closed on lines": (n) => many('f"{x\n', n),
  "formats in formats": (n) => `f"${many("{x:", n)}${many("}", n)}"`,
  indentation: (n) => Array.from({ length: Math.min(n, 1000) }, (_, i) => `${" ".repeat(i)}if x:`).join("\n"),
  "elif elif": (n) => `if x:\n  pass\n${many("elif x:\n  pass\n", n)}`,
  "elif elif, broken": (n) => `if x:\n  pass\n${many("elif x y:\n  pass\n", n)}`,
  decorators: (n) => many("@x\n", n),
  "NUL bytes": (n) => many("x\0y\n", n),
  "lone surrogates": (n) => many("x = '\udc00\ud800'\n", n),
  "byte order marks": (n) => many("\uFEFF", n),
  "carriage returns": (n) => many("x = 1\r", n),
  tabs: (n) => many("\tx = 1\n", n),
  "form feeds": (n) => many("\fx = 1\n", n),
  backslashes: (n) => many("\\", n),
  "joined lines": (n) => many("\\\n", n),
  colons: (n) => many(":\n", n),
  "commas in a list": (n) => `x = [${many(",", n)}]`,
  "a map with one hole": (n) => `x = {\n${many('  "a": 1,\n', n)}  "b": ,\n${many('  "c": 1,\n', n)}}`,
  "a map of holes": (n) => `x = {\n${many('  "b": ,\n', n)}}`,
  "broken heads": (n) => many("def f(:\n  pass\n", n),
  garbage: (n) => many("$ ? ! x y z\n", n),
  words: (n) => many("x y ", n),
  "conflict markers": (n) => many("<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b\n", n),
};

describe("hostile Python", () => {
  it.each(Object.keys(hostile))("%s: no throw, shallow, nothing lost of the line after it", (name) => {
    const text = hostile[name]?.(5_000) ?? "";
    const module = read(text);
    // Each node of ours is at most a few objects deep: node, list, node. What is deeper was cut off.
    expect(depthOf(module, text.length)).toBeLessThan(1500);
    expect(module.problems.length).toBeLessThan(200);
  });

  it.each(Object.keys(hostile))("%s: ten times as much takes no more than about ten times as long", (name) => {
    const make = hostile[name] ?? (() => "");
    const [small, large] = [make(500), make(5_000)];
    const best = (text: string, times: number) =>
      Math.min(...Array.from({ length: times }, () => milliseconds(() => read(`${text} `))));
    const ratio = large.length / small.length;
    // Twice and a constant are left for a loaded machine; quadratic behaviour would show as a factor of ten.
    expect(best(large, 2)).toBeLessThan(2.5 * ratio * best(small, 3) + 250);
  });

  it("cuts brackets that nest ten thousand deep", () => {
    for (const text of [
      `x = ${many("[", 10_000)}${many("]", 10_000)}\ny = 1\n`,
      `f${many("(", 10_000)}\n\n\ndef g():\n    y = 1\n`,
    ]) {
      const { problems, body, damaged } = read(text);
      expect(damaged).toBe(true);
      expect(problems.map((problem) => problem.message)).toContain("This is nested too deeply to be read.");
      expect(body.at(-1)?.kind).toMatch(/^(?:assign|function)$/);
    }
  });

  it("reads a literal of five megabytes", () => {
    const text = `x = "${many("a", 5_000_000)}"\ny = 1\n`;
    const { body, damaged } = read(text);
    expect(damaged).toBe(false);
    expect(body).toHaveLength(2);
  });
});

const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    '"""',
    "f'{",
    "\\",
    "\n",
    "\r",
    "\t",
    "    ",
    ":",
    ",",
    "=",
    "#",
    "@",
    "*",
    "\0",
    "\ud800",
    "def ",
    "class ",
    "if ",
    "else:",
    "lambda ",
    "match x:\n",
    "    case ",
    "import ",
    "from ",
    "return ",
    "yield ",
    "1",
    "x",
    ".",
  ),
);

describe("any text at all", () => {
  it("is read without an exception, with spans in the text", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        expect(depthOf(read(text), text.length)).toBeLessThan(1500);
      }),
      { numRuns: 600 },
    );
  });

  it("is read when it is a charm with holes and additions", () => {
    const sources = [charm, ...breakages.slice(0, 30).map(({ from, to }) => charm.replace(from, () => to))];
    const change = fc.record({ at: fc.nat(), gone: fc.nat({ max: 120 }), text: fc.oneof(fc.constant(""), piece) });
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(change, { minLength: 1, maxLength: 5 }), (source, changes) => {
        let text = source;
        for (const { at, gone, text: added } of changes) {
          const from = at % (text.length + 1);
          text = text.slice(0, from) + added + text.slice(from + gone);
        }
        expect(depthOf(read(text), text.length)).toBeLessThan(1500);
      }),
      { numRuns: 150 },
    );
  });
});
