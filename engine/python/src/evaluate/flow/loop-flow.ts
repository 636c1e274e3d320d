import type { PyStatement } from "#syntax";
import { bothConditions, type Condition, negated } from "../../condition/condition.ts";
import { isReadable } from "../expressions/comprehension.ts";
import { openedCollection, unreadable } from "../mutation/dict-mutation.ts";
import { effectsOf } from "../mutation/effects.ts";
import type { Frame } from "../names/scope.ts";
import { snippet, testCondition } from "../names/snippet.ts";
import { join, optionsOfValue, sameValue } from "../values/join.ts";
import { isUnordered, unknownValue, whyUnread } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";
import {
  attributeOfRoot,
  type FlowAnalysis,
  type FlowState,
  joinedStates,
  type LoopExits,
  type RunBlock,
} from "./flow-state.ts";
import { iterationFrame, iterationOf } from "./iteration-frame.ts";
import { touchedIn } from "./touched.ts";

const BREAKS: Condition = [{ kind: "exit", by: "break" }];
const CONTINUES: Condition = [{ kind: "exit", by: "continue" }];
const SOME_ITERATION: Condition = [{ kind: "iteration", of: null, earlier: false }];
const EARLIER_ITERATION: Condition = [{ kind: "iteration", of: null, earlier: true }];

type Loop = Extract<PyStatement, { kind: "for" | "while" }>;

/** Follows a loop: each iteration over a readable collection, else one iteration that may or may not happen. */
export function loopState(
  analysis: FlowAnalysis,
  loop: Loop,
  start: FlowState,
  frame: Frame,
  run: RunBlock,
): FlowState | null {
  const first = loop.body[0];
  const { until } = analysis;
  if (first && until !== null && first.span.start <= until && until < loop.span.end) {
    return insideLoop(analysis, loop, start, frame, run);
  }
  const exits: LoopExits = { breaks: [], continues: [] };
  let flow: FlowState | null = { ...start };
  if (loop.kind === "for") {
    const { iterations, unordered, loose } = iterationsOf(analysis, loop, frame);
    const states: (PyValue | null)[] = [];
    for (const iteration of iterations) {
      if (!flow) break;
      flow = afterIteration(analysis, loop, flow, iteration, exits, run);
      states.push(flow?.state ?? null);
    }
    if (flow && (loose || (unordered && iterations.length > 1))) {
      flow = { ...flow, state: inAnyOrder(flow.state, start.state, states, loose) };
    }
  } else {
    const condition = testCondition(frame.scope.module.file, loop.test, true);
    flow = afterIteration(analysis, loop, flow, { frame, condition, more: "it changes in a loop" }, exits, run);
  }
  if (flow) flow = run(analysis, loop.otherwise, { ...flow, guard: start.guard }, frame, null);
  for (const broken of exits.breaks) {
    flow = flow
      ? {
          state: joinedStates(flow.state, broken.state, negated(BREAKS), broken.guard ?? BREAKS),
          guard: start.guard,
        }
      : broken;
  }
  return flow && { ...flow, guard: start.guard };
}

interface Pass {
  readonly frame: Frame;
  /** null: the iteration happens for certain. */
  readonly condition: Condition | null;
  /** Why there may be any number of iterations like this one. */
  readonly more: string | null;
}

function iterationsOf(
  analysis: FlowAnalysis,
  loop: Extract<Loop, { kind: "for" }>,
  frame: Frame,
): { readonly iterations: readonly Pass[]; readonly unordered: boolean; readonly loose: boolean } {
  const { cx } = analysis;
  const iterable = cx.evaluate(loop.iterable, frame);
  const elements = cx.iterated(iterable);
  const text = snippet(frame.scope.module.file, loop.iterable.span);
  const iterations = (elements?.elements ?? []).map(
    (element): Pass => ({
      frame: iterationFrame(cx, frame, loop, loop.target, element.value),
      condition: element.condition,
      more: null,
    }),
  );
  const open = elements ? elements.open : (whyUnread(iterable) ?? `\`${text}\` can't be read`);
  if (open !== null) {
    const value = unknownValue(`it is one of \`${text}\`: ${open}`);
    const blind = iterationFrame(cx, frame, loop, loop.target, value);
    iterations.push({ frame: blind, condition: [{ kind: "iteration", of: text, earlier: false }], more: open });
  }
  return { iterations, unordered: elements !== null && isUnordered(elements), loose: elements?.loose ?? false };
}

/** The result of iterations in an unknown order: collections hold the same, other values may be from any iteration. */
function inAnyOrder(
  last: PyValue | null,
  first: PyValue | null,
  states: readonly (PyValue | null)[],
  loose: boolean,
): PyValue | null {
  if (last === null || last === first) return last;
  if (last.kind === "sequence") return { ...last, unordered: true, loose: last.loose || loose };
  if (last.kind === "dict") return last;
  const any = states.filter((state) => state !== null);
  return join([...any, unknownValue("it depends on the order of a set")]);
}

function afterIteration(
  analysis: FlowAnalysis,
  loop: Loop,
  start: FlowState,
  iteration: Pass,
  exits: LoopExits,
  run: RunBlock,
): FlowState | null {
  const state = oneIteration(analysis, loop, start, iteration.frame, exits, run);
  if (state === undefined) return iteration.condition === null && iteration.more === null ? null : start;
  if (iteration.condition === null && iteration.more === null) return { ...start, state };
  const condition = iteration.condition ?? SOME_ITERATION;
  const after = joinedStates(state, start.state, condition, negated(condition));
  if (iteration.more === null || state === start.state) return { ...start, state: after };
  const some = opened(after, start.state, iteration.more);
  // Any number of iterations: what a second one would still change is unknown.
  const again = oneIteration(
    analysis,
    loop,
    { ...start, state: some },
    iteration.frame,
    { breaks: [], continues: [] },
    run,
  );
  return { ...start, state: again !== undefined && adds(some, again) ? widened(some, iteration.more) : some };
}

/** The state after one iteration from its start to its end or a `continue`; undefined where no control flow leads there. */
function oneIteration(
  analysis: FlowAnalysis,
  loop: Loop,
  start: FlowState,
  frame: Frame,
  exits: LoopExits,
  run: RunBlock,
): PyValue | null | undefined {
  const inner: LoopExits = { breaks: exits.breaks, continues: [] };
  const own = frame.iteration === loop ? frame.bindings : null;
  const object = analysis.root === null ? undefined : own?.get(analysis.root);
  const bound = object ? attributeOfRoot(analysis, object, frame, loop.span) : own?.get(analysis.path);
  const end = run(analysis, loop.body, bound ? { ...start, state: bound } : start, frame, inner);
  let state: PyValue | null | undefined = end?.state;
  for (const flow of inner.continues) {
    const through = end?.guard ?? negated(CONTINUES);
    state = state === undefined ? flow.state : joinedStates(state, flow.state, through, flow.guard ?? CONTINUES);
  }
  return state;
}

/** Whether the second state holds anything that the first does not allow for. */
function adds(first: PyValue | null, second: PyValue | null): boolean {
  if (second === null || first === second) return false;
  if (first === null) return true;
  const within = (value: PyValue, values: readonly PyValue[]) =>
    optionsOfValue(value).every((option) => values.some((one) => sameValue(one, option)));
  if (first.kind === "sequence" && second.kind === "sequence") {
    const known = first.elements.flatMap((one) => optionsOfValue(one.value));
    return first.open === null && (second.open !== null || second.elements.some((one) => !within(one.value, known)));
  }
  if (first.kind === "dict" && second.kind === "dict") {
    const [keys, values] = [
      first.entries.map((one) => one.key),
      first.entries.flatMap((one) => optionsOfValue(one.value)),
    ];
    const fresh = second.entries.some((one) => !within(one.key, keys) || !within(one.value, values));
    return first.open === null && (second.open !== null || fresh);
  }
  return !within(second, optionsOfValue(first));
}

function widened(state: PyValue | null, why: string): PyValue | null {
  if (state?.kind === "sequence" || state?.kind === "dict") return openedCollection(state, why);
  return state && join([state, unknownValue(why)]);
}

/** The use stands inside the loop: earlier iterations may have changed the variable. */
function insideLoop(
  analysis: FlowAnalysis,
  loop: Loop,
  start: FlowState,
  frame: Frame,
  run: RunBlock,
): FlowState | null {
  const inside = iterationOf(frame, loop) ?? frame;
  const bound = boundByHead(analysis, loop, frame, inside);
  let flow = bound ? { ...start, state: bound } : start;
  if (!bound && [analysis.path, ...analysis.links.keys()].some((path) => touchedIn(loop.body).has(path))) {
    const before: FlowAnalysis = { ...analysis, until: null, found: null, returns: [] };
    const iteration: Pass = { frame: inside, condition: EARLIER_ITERATION, more: "it changes in a loop" };
    const earlier = analysis.cx.guarded<FlowState | null>(
      loop,
      `earlier ${analysis.path}`,
      () => afterIteration(before, loop, flow, iteration, { breaks: [], continues: [] }, run),
      () => null,
    );
    if (earlier) flow = { ...flow, state: earlier.state };
  }
  const exits: LoopExits = { breaks: [], continues: [] };
  return run(
    analysis,
    loop.body,
    { ...flow, guard: bothConditions(flow.guard, loopGuard(analysis, loop, frame)) },
    inside,
    exits,
  );
}

/** What the loop's head binds the variable to in this iteration, or in any where no iteration is laid over; null if it doesn't. */
function boundByHead(analysis: FlowAnalysis, loop: Loop, frame: Frame, inside: Frame): PyValue | null {
  for (const effect of effectsOf(loop)) {
    if (effect.kind !== "bind-iterated" || (effect.path !== analysis.path && effect.path !== analysis.root)) continue;
    const value = bindingOf(inside, loop, effect.path) ?? analysis.apply(effect, null, frame, effect.path, null);
    return value && effect.path === analysis.root ? attributeOfRoot(analysis, value, frame, effect.at) : value;
  }
  return null;
}

function bindingOf(frame: Frame, loop: Loop, name: string): PyValue | undefined {
  for (let at: Frame | null = frame; at?.iteration; at = at.parent)
    if (at.iteration === loop) return at.bindings?.get(name);
  return undefined;
}

/** The condition under which a loop's body runs at all; null where its collection surely holds something. */
function loopGuard(analysis: FlowAnalysis, loop: Loop, frame: Frame): Condition | null {
  const { file } = frame.scope.module;
  if (loop.kind === "while") return testCondition(file, loop.test, true);
  const items = analysis.cx.iterated(analysis.cx.evaluate(loop.iterable, frame));
  const runs = items?.elements.some((one) => one.condition === null) ?? false;
  return runs ? null : [{ kind: "non-empty", source: snippet(file, loop.iterable.span) }];
}

/**
 * A collection that any number of iterations like the last one added to: what they added that doesn't depend on their
 * unreadable target, or is one of a readable collection, is possible; anything else leaves it open.
 */
function opened(state: PyValue | null, before: PyValue | null, why: string): PyValue | null {
  if (!state || (state.kind !== "sequence" && state.kind !== "dict")) return state;
  if (state.kind === "dict") return unreadable(state, why);
  if (before?.kind !== "sequence") return { ...state, open: state.open ?? why };
  const old = new Set(before.elements.map((one) => one.value));
  let { open } = state;
  const elements = state.elements.flatMap((one) => {
    if (old.has(one.value)) return [one];
    const options = optionsOfValue(one.value);
    if (!options.every(isReadable)) open ??= why;
    return options.filter(isReadable).map((value) => ({ ...one, value }));
  });
  return { ...state, elements, open };
}
