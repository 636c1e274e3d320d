import type { PyComprehensionClause, PyExpression } from "#syntax";
import { bothConditions, type Condition } from "../../condition/condition.ts";
import { iterationFrame } from "../flow/iteration-frame.ts";
import type { Interpreter } from "../interpreter.ts";
import { unreadable } from "../mutation/dict-mutation.ts";
import type { Frame, Iteration } from "../names/scope.ts";
import { placeIn, snippet, testCondition } from "../names/snippet.ts";
import { distinct, mayCoincide } from "../values/iteration.ts";
import { optionsOfValue } from "../values/join.ts";
import { dictionary, isUnordered, restingOn, sequence, unknownValue, whyUnread } from "../values/making.ts";
import type { DictEntry, Element, PyValue } from "../values/value.ts";

/** More iterations than this are not followed; the rest is then open. */
const MOST_ITERATIONS = 400;

interface Iterations {
  /** A `blind` iteration stands for any number of iterations whose target can't be read; it says why. */
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
  const iterations = iterationsOf(cx, expression, expression.clauses, frame);
  const at = placeIn(frame, expression.element.span);
  const elements: Element[] = [];
  for (const { frame: inner, condition, blind } of iterations.each) {
    const value = cx.evaluate(expression.element, inner);
    if (blind === null) elements.push({ value, condition, at });
    // What doesn't depend on the target, or is one of a readable collection whatever the target, is still possible.
    for (const option of blind === null ? [] : optionsOfValue(value)) {
      if (isReadable(option)) elements.push({ value: restingOn(option, [value]), condition, at });
      else iterations.open ??= blind;
    }
  }
  const type = expression.result === "set" ? "set" : "list";
  const all = type === "set" ? distinct(elements) : elements;
  return restingOn(
    {
      ...sequence(type, all, iterations.open),
      unordered: iterations.unordered,
      loose: type === "set" ? mayCoincide(all) : iterations.loose,
    },
    iterations.sources,
  );
}

/** A dict comprehension. */
export function dictComprehensionValue(
  cx: Interpreter,
  expression: Extract<PyExpression, { kind: "dict-comprehension" }>,
  frame: Frame,
): PyValue {
  const iterations = iterationsOf(cx, expression, expression.clauses, frame);
  for (const { blind } of iterations.each) if (blind !== null) iterations.open ??= blind;
  const readable = iterations.each.filter((iteration) => iteration.blind === null);
  const entries: DictEntry[] = readable.map((iteration) => ({
    key: cx.evaluate(expression.key, iteration.frame),
    value: cx.evaluate(expression.value, iteration.frame),
    condition: iteration.condition,
    keyAt: placeIn(frame, expression.key.span),
    at: placeIn(frame, expression.value.span),
  }));
  const made = dictionary(entries, iterations.open);
  return restingOn(iterations.open === null ? made : unreadable(made, iterations.open), iterations.sources);
}

function iterationsOf(
  cx: Interpreter,
  owner: Iteration,
  clauses: readonly PyComprehensionClause[],
  frame: Frame,
): Iterations {
  const iterations: Iterations = { each: [], sources: [], open: null, unordered: false, loose: false };
  addIterations(cx, owner, clauses, 0, { frame, condition: null, blind: null }, iterations);
  return iterations;
}

/** Whether a value that an unreadable target led to is readable all the same. */
export function isReadable(value: PyValue): boolean {
  return !["unknown", "template", "instance"].includes(value.kind) && !(value.kind === "external" && !value.constant);
}

function addIterations(
  cx: Interpreter,
  owner: Iteration,
  clauses: readonly PyComprehensionClause[],
  index: number,
  iteration: Iterations["each"][number],
  iterations: Iterations,
): void {
  const { frame, condition, blind } = iteration;
  const clause = clauses[index];
  if (!clause) {
    if (iterations.each.length < MOST_ITERATIONS) iterations.each.push(iteration);
    else iterations.open ??= "there are too many iterations";
    return;
  }
  const iterable = cx.evaluate(clause.iterable, frame);
  const items = cx.iterated(iterable);
  if (items && isUnordered(items)) iterations.unordered = true;
  if (items?.loose || (items && items.open !== null)) iterations.loose = true;
  if (index === 0) iterations.sources.push(iterable);
  const text = `\`${snippet(frame.scope.module.file, clause.iterable.span)}\``;
  const next = (value: PyValue, outer: Condition | null, why: string | null): void => {
    const inner = iterationFrame(cx, frame, owner, clause.target, value);
    const kept = conditionOf(cx, clause, inner);
    if (kept === false) return;
    const all = bothConditions(bothConditions(condition, outer), kept);
    addIterations(cx, owner, clauses, index + 1, { frame: inner, condition: all, blind: blind ?? why }, iterations);
  };
  for (const item of items?.elements ?? []) {
    next(item.value, item.condition, null);
    if (iterations.each.length >= MOST_ITERATIONS) break;
  }
  if (iterations.each.length >= MOST_ITERATIONS) iterations.open ??= "there are too many iterations";
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
