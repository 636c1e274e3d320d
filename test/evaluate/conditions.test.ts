import { describe, expect, it } from "vitest";
import {
  bothConditions,
  type Clause,
  type Condition,
  conditionText,
  negated,
} from "../../engine/python/src/condition/condition.ts";
import { findCalls } from "../../engine/python/src/evaluate/evaluation.ts";
import { programOf } from "./probing.ts";

/** The condition of the only call of `probe` in a function body. */
function conditionIn(body: string): Condition | null | undefined {
  const lines = body.trim().split("\n");
  const program = programOf(
    `from lib import probe\n\ndef f(a, b, c, items):\n${lines.map((line) => `    ${line}`).join("\n")}\n`,
  );
  return findCalls(program, ["lib.probe"])[0]?.condition;
}

const test = (source: string): Clause => ({ kind: "test", source });
const not = (source: string): Clause => ({ kind: "not", condition: [test(source)] });

describe("the condition under which a call runs", () => {
  it("has a clause for each operand that must be true", () => {
    expect(conditionIn("if a and b and c:\n    probe()")).toEqual(
      expect.arrayContaining([test("a"), test("b"), test("c")]),
    );
    expect(conditionIn("if (a and b) and not c:\n    probe()")).toEqual(
      expect.arrayContaining([test("a"), test("b"), not("c")]),
    );
  });

  it("has a clause for each operand that must be false", () => {
    expect(conditionIn("if a or not b:\n    return\nprobe()")).toEqual(expect.arrayContaining([not("a"), test("b")]));
  });

  it("keeps a disjunction, and the failure of a conjunction, as one clause", () => {
    expect(conditionIn("if a or b:\n    probe()")).toContainEqual(test("a or b"));
    expect(conditionIn("if a and b:\n    return\nprobe()")).toContainEqual(not("a and b"));
  });

  it("names loops, exceptions and cases", () => {
    expect(conditionIn("for item in items:\n    probe()")).toContainEqual({ kind: "non-empty", source: "items" });
    expect(conditionIn("try:\n    a()\nexcept ValueError:\n    return\nprobe()")).toContainEqual({
      kind: "not",
      condition: [{ kind: "exception", type: "ValueError" }],
    });
    expect(conditionIn("match a:\n    case 1:\n        probe()")).toContainEqual({
      kind: "case",
      subject: "a",
      pattern: "1",
    });
  });
});

describe("conditions", () => {
  it("join to a bounded number of clauses, and an equal one counts once", () => {
    expect(bothConditions([test("a")], [test("a")])).toEqual([test("a")]);
    expect(bothConditions(null, [test("a")])).toEqual([test("a")]);
    expect(bothConditions(null, null)).toBeNull();
    let all: Condition | null = null;
    for (let n = 0; n < 20; n++) all = bothConditions(all, [test(`x${n}`)]);
    expect(all).toHaveLength(9);
    expect(all?.at(-1)).toEqual({ kind: "undecided" });
  });

  it("are negated twice without a trace", () => {
    expect(negated(negated([test("a")]))).toEqual([test("a")]);
  });

  it("have words of a bounded length", () => {
    expect(conditionText([test("a"), not("b")])).toBe("`a` and not `b`");
    expect(conditionText(negated([test("a"), test("b")]))).toBe("not (`a` and `b`)");
    expect(conditionText(negated([{ kind: "exception", type: null }]))).toBe("no exception is raised");
    expect(conditionText([test("x".repeat(400))]).length).toBeLessThanOrEqual(300);
  });

  it("of 20,000 operands end", () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => `x${n}`).join(" and ");
    expect(conditionIn(`if ${chain}:\n    probe()`)?.length).toBeLessThanOrEqual(9);
  });
});

describe("the condition under which a function runs that calls itself", () => {
  const conditionOf = (functions: string) =>
    findCalls(programOf(`from lib import probe\n\n${functions}\nif on:\n    f()\n`), ["lib.probe"])[0]?.condition;

  it.each([
    ["directly", "def f():\n    f()\n    probe()\n"],
    ["through another", "def f():\n    g()\n\ndef g():\n    f()\n    probe()\n"],
    ["in a class", "class C:\n    def run(self):\n        self.run()\n        probe()\n\ndef f():\n    C().run()\n"],
  ])("is that of its calls from elsewhere: %s", (_, functions) => {
    expect(conditionOf(functions)).toEqual([test("on")]);
  });

  it.each([3, 8, 30])("reaches a call through %s functions", (length) => {
    const chain = Array.from({ length }, (_, at) => `def f${at}():\n    ${at === 0 ? "probe" : `f${at - 1}`}()\n`);
    const condition = conditionOf(`${chain.join("\n")}\ndef f():\n    f${length - 1}()\n`);
    if (length < 10) expect(condition).toEqual([test("on")]);
    else expect(condition).not.toBeNull();
  });

  it("is not known where the calls can't all be followed", () => {
    const names = Array.from({ length: 60 }, (_, at) => `f${at}`);
    const all = names.map((name) => `    ${name}()\n`).join("");
    const functions = names.map((name) => `def ${name}():\n${all}`).join("\n");
    const condition = conditionOf(`${functions}    probe()\n\ndef f():\n    f0()\n`);
    expect(condition).not.toBeNull();
    expect(condition).toBeDefined();
  });
});
