import type { Location, PyExpression, SourceFile, Span } from "#syntax";
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

/** A test, or what holds where it fails, as the source writes it: `` `x` ``, `` not `x` ``; a written `not` is taken off. */
export function testText(file: SourceFile, test: PyExpression, holds: boolean): string {
  if (test.kind === "unary" && test.operator === "not") return testText(file, test.operand, !holds);
  const text = `\`${snippet(file, test.span)}\``;
  return holds ? text : `not ${text}`;
}

/** A place in the frame's file. */
export function placeIn(frame: Frame, at: Span): Location {
  return { file: frame.scope.module.file, span: at };
}

/** One hop of a chain: `subject` and what the source says it is. */
export function hop(module: Module, at: Span, text: string): Reason {
  return reasonAt({ file: module.file, span: at }, text);
}
