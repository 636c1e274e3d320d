import type { Location, PyExpression, SourceFile, Span } from "#syntax";
import { bothConditions, type Condition, negated } from "../../condition/condition.ts";
import { type Reason, reasonAt } from "../../fact/reason.ts";
import type { Frame, Module } from "./scope.ts";

const memo = new WeakMap<Span, string>();

/** The source text of a node's span in one line, cut to what fits in a sentence. */
export function snippet(file: SourceFile, at: Span): string {
  const known = memo.get(at);
  if (known !== undefined) return known;
  const raw = file.text.slice(at.start, Math.min(at.end, at.start + 4 * LONGEST));
  const plain = /[\s#]/.test(raw)
    ? raw
        .replace(/\s*#[^\n"']*\n/g, "\n")
        .replace(/\s+/g, " ")
        .trim()
    : raw;
  const whole = plain.length <= LONGEST && at.end - at.start <= 4 * LONGEST;
  const text = whole ? plain : `${plain.slice(0, LONGEST - 1).trimEnd()}…`;
  memo.set(at, text);
  return text;
}

/** Characters of source that a sentence quotes at most. */
const LONGEST = 60;

/** The condition that a test holds or fails: a clause for each operand that has to, and a written `not` is taken off. */
export function testCondition(file: SourceFile, test: PyExpression, holds: boolean): Condition {
  if (test.kind === "unary" && test.operator === "not") return testCondition(file, test.operand, !holds);
  const operator = holds ? "and" : "or";
  let first = test;
  let condition: Condition | null = null;
  // Operators of one kind nest to the left, as deep as the source has operands.
  while (first.kind === "boolean" && first.operator === operator) {
    condition = bothConditions(testCondition(file, first.right, holds), condition);
    first = first.left;
  }
  if (condition !== null) return bothConditions(testCondition(file, first, holds), condition) ?? condition;
  const clause: Condition = [{ kind: "test", source: snippet(file, test.span) }];
  return holds ? clause : negated(clause);
}

/** A place in the frame's file. */
export function placeIn(frame: Frame, at: Span): Location {
  return { file: frame.scope.module.file, span: at };
}

/** One hop of a chain: `subject` and what the source says it is. */
export function hop(module: Module, at: Span, text: string): Reason {
  return reasonAt({ file: module.file, span: at }, text);
}
