import type { PyComprehensionClause, PyExpression } from "#syntax";
import type { Interpreter } from "./interpreter.ts";
import { bothConditions } from "./join.ts";
import { distinct } from "./iteration.ts";
import { dictionary, restingOn, sequence } from "./making.ts";
import { roundFrame } from "./round.ts";
import type { Frame } from "./scope.ts";
import { placeIn, snippet } from "./snippet.ts";
import type { DictEntry, Element, PyValue } from "./value.ts";

/** More rounds than this are not followed; the rest is then open. */
const MOST_ROUNDS = 400;

interface Rounds {
  readonly each: { readonly frame: Frame; readonly condition: string | null }[];
  readonly sources: PyValue[];
  open: string | null;
}

/** A list, set or generator comprehension: exact over readable collections, open where a collection is not. */
export function comprehensionValue(
  cx: Interpreter,
  expression: Extract<PyExpression, { kind: "comprehension" }>,
  frame: Frame,
): PyValue {
  const rounds = roundsOf(cx, expression, expression.clauses, frame);
  const elements: Element[] = rounds.each.map((round) => ({
    value: cx.evaluate(expression.element, round.frame),
    condition: round.condition,
    at: placeIn(frame, expression.element.span),
  }));
  const type = expression.result === "set" ? "set" : "list";
  const all = type === "set" ? distinct(elements) : elements;
  return restingOn(sequence(type, all, rounds.open), rounds.sources);
}

/** A dict comprehension. */
export function dictComprehensionValue(
  cx: Interpreter,
  expression: Extract<PyExpression, { kind: "dict-comprehension" }>,
  frame: Frame,
): PyValue {
  const rounds = roundsOf(cx, expression, expression.clauses, frame);
  const entries: DictEntry[] = rounds.each.map((round) => ({
    key: cx.evaluate(expression.key, round.frame),
    value: cx.evaluate(expression.value, round.frame),
    condition: round.condition,
    keyAt: placeIn(frame, expression.key.span),
    at: placeIn(frame, expression.value.span),
  }));
  return restingOn(dictionary(entries, rounds.open), rounds.sources);
}

function roundsOf(cx: Interpreter, owner: object, clauses: readonly PyComprehensionClause[], frame: Frame): Rounds {
  const rounds: Rounds = { each: [], sources: [], open: null };
  addRounds(cx, owner, clauses, 0, frame, null, rounds);
  return rounds;
}

function addRounds(
  cx: Interpreter,
  owner: object,
  clauses: readonly PyComprehensionClause[],
  index: number,
  frame: Frame,
  condition: string | null,
  rounds: Rounds,
): void {
  const clause = clauses[index];
  if (!clause) {
    if (rounds.each.length < MOST_ROUNDS) rounds.each.push({ frame, condition });
    else rounds.open ??= "there are too many rounds";
    return;
  }
  const iterable = cx.evaluate(clause.iterable, frame);
  const items = cx.iterated(iterable);
  if (index === 0) rounds.sources.push(iterable);
  const { file } = frame.scope.module;
  if (!items) {
    rounds.open ??= iterable.kind === "unknown" ? iterable.why : `\`${snippet(file, clause.iterable.span)}\` can't be read`;
    return;
  }
  rounds.open ??= items.open;
  for (const item of items.elements) {
    const inner = roundFrame(cx, frame, owner, clause.target, item.value);
    const kept = conditionOf(cx, clause, inner);
    if (kept === false) continue;
    addRounds(cx, owner, clauses, index + 1, inner, bothConditions(bothConditions(condition, item.condition), kept), rounds);
  }
}

/** The text of the conditions that are not decided; null if all hold; false if one does not. */
function conditionOf(cx: Interpreter, clause: PyComprehensionClause, frame: Frame): string | null | false {
  let text: string | null = null;
  for (const test of clause.conditions) {
    const truth = cx.truth(cx.evaluate(test, frame));
    if (truth === false) return false;
    if (truth === null) text = bothConditions(text, `\`${snippet(frame.scope.module.file, test.span)}\``);
  }
  return text;
}
