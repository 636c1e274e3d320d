import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { PyValue } from "#mesh";
import { canonicalText, dict, list, member } from "../vectors/json-shape.ts";
import { KINDS } from "../vectors/kinds.ts";
import { jsonText } from "../vectors/library/json-text.ts";
import { jsonValue } from "../vectors/library/json-value.ts";
import { vectorFile } from "../vectors/vector-file.ts";

const folder = path.join(import.meta.dirname, "..", "vectors");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

function parsed(text: string): PyValue {
  const result = jsonValue(text);
  if ("error" in result) throw new Error(result.error.message);
  return result.value;
}

describe("vectors of the real libraries", () => {
  test("every kind has a file, and every file a kind", () => {
    const kinds = files.map((name) => member(parsed(readFileSync(path.join(folder, name), "utf8")), "kind"));
    expect(kinds.sort()).toEqual(Object.keys(KINDS).sort());
  });

  for (const name of files) {
    const content = readFileSync(path.join(folder, name), "utf8");
    test(name, () => {
      const outcome = vectorFile(content);
      if ("unreadable" in outcome) throw new Error(outcome.unreadable);
      expect(outcome.results).toHaveLength(list(parsed(content), "cases").length);
      expect(outcome.results.filter((result) => !result.passed)).toEqual([]);
    });

    test(`${name}: a wrong output is noticed in every case`, () => {
      const file = parsed(content);
      const cases = list(file, "cases").map((entry) => {
        const output = new Map(dict(entry, "output"));
        output.set("made-wrong-by-the-test", true);
        return new Map([...(entry as ReadonlyMap<PyValue, PyValue>), ["output", output as PyValue]]);
      });
      const outcome = vectorFile(
        jsonText(
          new Map<PyValue, PyValue>([
            ["kind", member(file, "kind")],
            ["cases", cases],
          ]),
        ),
      );
      if ("unreadable" in outcome) throw new Error(outcome.unreadable);
      expect(outcome.results.filter((result) => result.passed)).toEqual([]);
    });
  }

  test.each([
    ["not JSON", "{", /Expecting property name/],
    ["an unknown kind", '{"kind": "toString", "cases": []}', /unknown kind "toString"/],
    ["no kind", "[]", /unknown kind null/],
    ["no cases", '{"kind": "labels"}', /no list of cases/],
  ])("%s is said to be unreadable", (_, content, message) => {
    expect(vectorFile(content)).toEqual({ unreadable: expect.stringMatching(message) });
  });

  test("a case of another shape fails by itself", () => {
    const outcome = vectorFile('{"kind": "labels", "cases": [{"id": "x", "input": {}, "output": {}}]}');
    expect(outcome).toMatchObject({ results: [{ id: "x", passed: false, got: expect.stringMatching(/no answer/) }] });
  });

  test("what the vectors call equal is equal, and nothing else", () => {
    const same = (a: string, b: string) => canonicalText(parsed(a)) === canonicalText(parsed(b));
    expect(same('{"a": 80.0, "b": [1, 2]}', '{"b": [1, 2], "a": 80}')).toBe(true);
    expect(same("[1, 2]", "[2, 1]")).toBe(false);
    expect(same("9007199254740993", "9007199254740992")).toBe(false);
    expect(same('{"a": null}', "{}")).toBe(false);
    expect(same('{"type": "KeyError", "message": "a"}', '{"type": "KeyError", "message": "b"}')).toBe(false);
    expect(same('{"type": "TypeError", "message": "a"}', '{"type": "TypeError", "message": "b"}')).toBe(true);
  });
});

// pydantic-core 2.46, input_python.rs, validate_int: a complex number has no `__float__`, so it is no integer; nor is it any other type.
test.each([
  ["UnitPolicy(relation='r', ports=[1j])", ["ports", 0], "int_type"],
  ["UnitPolicy(relation='r', ports=[80 + 0J])", ["ports", 0], "int_type"],
  ["UnitPolicy(relation='r', ports=[complex(80, 0)])", ["ports", 0], "int_type"],
  ["UnitPolicy(relation='r', ports=1j)", ["ports"], "list_type"],
  ["UnitPolicy(relation=-2.5e3j)", ["relation"], "string_type"],
  ["Endpoint(methods=[1j])", ["methods", 0], "enum"],
])("a complex number is refused: %s", (python, loc, type) => {
  expect(KINDS["pydantic_python_inputs"]?.(new Map([["python", python]]))).toMatchObject({
    accepted: false,
    errors: [{ loc, type }],
  });
});
