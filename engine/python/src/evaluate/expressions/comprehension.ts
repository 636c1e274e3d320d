import type { PyComprehensionClause, PyExpression } from "#syntax";
import { bothConditions, type Condition } from "../../condition/condition.ts";
import { roundFrame } from "../flow/round.ts";
import type { Interpreter } from "../interpreter.ts";
import { unreadable } from "../mutation/dict-mutation.ts";
import type { Frame, Round } from "../names/scope.ts";
import { placeIn, snippet, testCondition } from "../names/snippet.ts";
import { distinct, mayCoincide } from "../values/iteration.ts";
import { optionsOfValue } from "../values/join.ts";
import { dictionary, isUnordered, restingOn, sequence, unknownValue, whyUnread } from "../values/making.ts";
import type { DictEntry, Element, PyValue } from "../values/value.ts";

/** More rounds than this are not followed; the rest is then open. */
const MOST_ROUNDS = 400;

interface Rounds {
  /** A `blind` round stands for any number of rounds whose target can't be read; it says why. */
  readonly each: { readonly frame: Frame; readonly condition: Condition | null; readonly blind: string | null }[];
  readonly sources: PyValue[];
  open: string | null;
  unordered: boolean;
  loose: boolean;
}

/** A list, set or generator comprehension: exact over readable collections, open where a collection is not. */
export function comprehensionValue(
  cx: Interpreter,
  expression: Extract<PyExpression, { kind: "comprehension" }>,
  frame: Frame,
): PyValue {
  const rounds = roundsOf(cx, expression, expression.clauses, frame);
  const at = placeIn(frame, expression.element.span);
  const elements: Element[] = [];
  for (const { frame: inner, condition, blind } of rounds.each) {
    const value = cx.evaluate(expression.element, inner);
    if (blind === null) elements.push({ value, condition, at });
    // What doesn't depend on the target, or is one of a readable collection whatever the target, is still possible.
    for (const option of blind === null ? [] : optionsOfValue(value)) {
      if (isReadable(option)) elements.push({ value: restingOn(option, [value]), condition, at });
      else rounds.open ??= blind;
    }
  }
  const type = expression.result === "set" ? "set" : "list";
  const all = type === "set" ? distinct(elements) : elements;
  return restingOn(
    {
      ...sequence(type, all, rounds.open),
      unordered: rounds.unordered,
      loose: type === "set" ? mayCoincide(all) : rounds.loose,
    },
    rounds.sources,
  );
}

/** A dict comprehension. */
export function dictComprehensionValue(
  cx: Interpreter,
  expression: Extract<PyExpression, { kind: "dict-comprehension" }>,
  frame: Frame,
): PyValue {
  const rounds = roundsOf(cx, expression, expression.clauses, frame);
  for (const { blind } of rounds.each) if (blind !== null) rounds.open ??= blind;
  const readable = rounds.each.filter((round) => round.blind === null);
  const entries: DictEntry[] = readable.map((round) => ({
    key: cx.evaluate(expression.key, round.frame),
    value: cx.evaluate(expression.value, round.frame),
    condition: round.condition,
    keyAt: placeIn(frame, expression.key.span),
    at: placeIn(frame, expression.value.span),
  }));
  const made = dictionary(entries, rounds.open);
  return restingOn(rounds.open === null ? made : unreadable(made, rounds.open), rounds.sources);
}

function roundsOf(cx: Interpreter, owner: Round, clauses: readonly PyComprehensionClause[], frame: Frame): Rounds {
  const rounds: Rounds = { each: [], sources: [], open: null, unordered: false, loose: false };
  addRounds(cx, owner, clauses, 0, { frame, condition: null, blind: null }, rounds);
  return rounds;
}

/** Whether a value that an unreadable target led to is readable all the same. */
export function isReadable(value: PyValue): boolean {
  return !["unknown", "template", "instance"].includes(value.kind) && !(value.kind === "external" && !value.constant);
}

function addRounds(
  cx: Interpreter,
  owner: Round,
  clauses: readonly PyComprehensionClause[],
  index: number,
  round: Rounds["each"][number],
  rounds: Rounds,
): void {
  const { frame, condition, blind } = round;
  const clause = clauses[index];
  if (!clause) {
    if (rounds.each.length < MOST_ROUNDS) rounds.each.push(round);
    else rounds.open ??= "there are too many rounds";
    return;
  }
  const iterable = cx.evaluate(clause.iterable, frame);
  const items = cx.iterated(iterable);
  if (items && isUnordered(items)) rounds.unordered = true;
  if (items?.loose || (items && items.open !== null)) rounds.loose = true;
  if (index === 0) rounds.sources.push(iterable);
  const text = `\`${snippet(frame.scope.module.file, clause.iterable.span)}\``;
  const next = (value: PyValue, outer: Condition | null, why: string | null): void => {
    const inner = roundFrame(cx, frame, owner, clause.target, value);
    const kept = conditionOf(cx, clause, inner);
    if (kept === false) return;
    const all = bothConditions(bothConditions(condition, outer), kept);
    addRounds(cx, owner, clauses, index + 1, { frame: inner, condition: all, blind: blind ?? why }, rounds);
  };
  for (const item of items?.elements ?? []) {
    next(item.value, item.condition, null);
    if (rounds.each.length >= MOST_ROUNDS) break;
  }
  if (rounds.each.length >= MOST_ROUNDS) rounds.open ??= "there are too many rounds";
  const why = items ? items.open : (whyUnread(iterable) ?? `${text} can't be read`);
  if (why !== null)
    next(
      unknownValue(`it is one of ${text}: ${why}`),
      [{ kind: "iteration", of: snippet(frame.scope.module.file, clause.iterable.span), earlier: false }],
      why,
    );
}

/** The conditions that are not decided; null if all hold; false if one does not. */
function conditionOf(cx: Interpreter, clause: PyComprehensionClause, frame: Frame): Condition | null | false {
  let condition: Condition | null = null;
  for (const test of clause.conditions) {
    const truth = cx.truth(cx.evaluate(test, frame));
    if (truth === false) return false;
    if (truth === null) condition = bothConditions(condition, testCondition(frame.scope.module.file, test, true));
  }
  return condition;
}
