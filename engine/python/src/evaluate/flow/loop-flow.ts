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
import { roundFrame, roundOf } from "./round.ts";
import { touchedIn } from "./touched.ts";
import { attributeOfRoot, type LoopExits, metStates, type RunBlock, type Walk, type Way } from "./way.ts";

const BREAKS: Condition = [{ kind: "exit", by: "break" }];
const CONTINUES: Condition = [{ kind: "exit", by: "continue" }];
const SOME_ITERATION: Condition = [{ kind: "iteration", of: null, earlier: false }];
const EARLIER_ITERATION: Condition = [{ kind: "iteration", of: null, earlier: true }];

type Loop = Extract<PyStatement, { kind: "for" | "while" }>;

/** Follows a loop: round by round over a readable collection, else one round that may or may not happen. */
export function loopState(walk: Walk, loop: Loop, start: Way, frame: Frame, run: RunBlock): Way | null {
  const first = loop.body[0];
  const { until } = walk;
  if (first && until !== null && first.span.start <= until && until < loop.span.end) {
    return insideLoop(walk, loop, start, frame, run);
  }
  const exits: LoopExits = { breaks: [], continues: [] };
  let way: Way | null = { ...start };
  if (loop.kind === "for") {
    const { rounds, unordered, loose } = roundsOf(walk, loop, frame);
    const states: (PyValue | null)[] = [];
    for (const round of rounds) {
      if (!way) break;
      way = afterRound(walk, loop, way, round, exits, run);
      states.push(way?.state ?? null);
    }
    if (way && (loose || (unordered && rounds.length > 1))) {
      way = { ...way, state: inAnyOrder(way.state, start.state, states, loose) };
    }
  } else {
    const condition = testCondition(frame.scope.module.file, loop.test, true);
    way = afterRound(walk, loop, way, { frame, condition, more: "it changes in a loop" }, exits, run);
  }
  if (way) way = run(walk, loop.otherwise, { ...way, guard: start.guard }, frame, null);
  for (const broken of exits.breaks) {
    way = way
      ? {
          state: metStates(way.state, broken.state, negated(BREAKS), broken.guard ?? BREAKS),
          guard: start.guard,
        }
      : broken;
  }
  return way && { ...way, guard: start.guard };
}

interface Pass {
  readonly frame: Frame;
  /** null: the round happens for certain. */
  readonly condition: Condition | null;
  /** Why there may be any number of rounds like this one. */
  readonly more: string | null;
}

function roundsOf(
  walk: Walk,
  loop: Extract<Loop, { kind: "for" }>,
  frame: Frame,
): { readonly rounds: readonly Pass[]; readonly unordered: boolean; readonly loose: boolean } {
  const { cx } = walk;
  const iterable = cx.evaluate(loop.iterable, frame);
  const elements = cx.iterated(iterable);
  const text = snippet(frame.scope.module.file, loop.iterable.span);
  const rounds = (elements?.elements ?? []).map(
    (element): Pass => ({
      frame: roundFrame(cx, frame, loop, loop.target, element.value),
      condition: element.condition,
      more: null,
    }),
  );
  const open = elements ? elements.open : (whyUnread(iterable) ?? `\`${text}\` can't be read`);
  if (open !== null) {
    const value = unknownValue(`it is one of \`${text}\`: ${open}`);
    const blind = roundFrame(cx, frame, loop, loop.target, value);
    rounds.push({ frame: blind, condition: [{ kind: "iteration", of: text, earlier: false }], more: open });
  }
  return { rounds, unordered: elements !== null && isUnordered(elements), loose: elements?.loose ?? false };
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

function afterRound(walk: Walk, loop: Loop, start: Way, round: Pass, exits: LoopExits, run: RunBlock): Way | null {
  const state = oneRound(walk, loop, start, round.frame, exits, run);
  if (state === undefined) return round.condition === null && round.more === null ? null : start;
  if (round.condition === null && round.more === null) return { ...start, state };
  const condition = round.condition ?? SOME_ITERATION;
  const after = metStates(state, start.state, condition, negated(condition));
  if (round.more === null || state === start.state) return { ...start, state: after };
  const some = opened(after, start.state, round.more);
  // Any number of iterations: what a second one would still change is unknown.
  const again = oneRound(walk, loop, { ...start, state: some }, round.frame, { breaks: [], continues: [] }, run);
  return { ...start, state: again !== undefined && adds(some, again) ? widened(some, round.more) : some };
}

/** The state after one round from its start to its end or a `continue`; undefined where no way leads there. */
function oneRound(
  walk: Walk,
  loop: Loop,
  start: Way,
  frame: Frame,
  exits: LoopExits,
  run: RunBlock,
): PyValue | null | undefined {
  const inner: LoopExits = { breaks: exits.breaks, continues: [] };
  const own = frame.round === loop ? frame.bindings : null;
  const object = walk.root === null ? undefined : own?.get(walk.root);
  const bound = object ? attributeOfRoot(walk, object, frame, loop.span) : own?.get(walk.path);
  const end = run(walk, loop.body, bound ? { ...start, state: bound } : start, frame, inner);
  let state: PyValue | null | undefined = end?.state;
  for (const way of inner.continues) {
    const through = end?.guard ?? negated(CONTINUES);
    state = state === undefined ? way.state : metStates(state, way.state, through, way.guard ?? CONTINUES);
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

/** The use stands inside the loop: earlier rounds may have changed the variable. */
function insideLoop(walk: Walk, loop: Loop, start: Way, frame: Frame, run: RunBlock): Way | null {
  const inside = roundOf(frame, loop) ?? frame;
  const bound = boundByHead(walk, loop, frame, inside);
  let way = bound ? { ...start, state: bound } : start;
  if (!bound && [walk.path, ...walk.links.keys()].some((path) => touchedIn(loop.body).has(path))) {
    const before: Walk = { ...walk, until: null, found: null, returns: [] };
    const round: Pass = { frame: inside, condition: EARLIER_ITERATION, more: "it changes in a loop" };
    const earlier = walk.cx.guarded<Way | null>(
      loop,
      `earlier ${walk.path}`,
      () => afterRound(before, loop, way, round, { breaks: [], continues: [] }, run),
      () => null,
    );
    if (earlier) way = { ...way, state: earlier.state };
  }
  const exits: LoopExits = { breaks: [], continues: [] };
  return run(
    walk,
    loop.body,
    { ...way, guard: bothConditions(way.guard, loopGuard(walk, loop, frame)) },
    inside,
    exits,
  );
}

/** What the loop's head binds the variable to in this round, or in any where no round is laid over; null if it doesn't. */
function boundByHead(walk: Walk, loop: Loop, frame: Frame, inside: Frame): PyValue | null {
  for (const effect of effectsOf(loop)) {
    if (effect.kind !== "bind-iterated" || (effect.path !== walk.path && effect.path !== walk.root)) continue;
    const value = bindingOf(inside, loop, effect.path) ?? walk.apply(effect, null, frame, effect.path, null);
    return value && effect.path === walk.root ? attributeOfRoot(walk, value, frame, effect.at) : value;
  }
  return null;
}

function bindingOf(frame: Frame, loop: Loop, name: string): PyValue | undefined {
  for (let at: Frame | null = frame; at?.round; at = at.parent) if (at.round === loop) return at.bindings?.get(name);
  return undefined;
}

/** The condition under which a loop's body runs at all; null where its collection surely holds something. */
function loopGuard(walk: Walk, loop: Loop, frame: Frame): Condition | null {
  const { file } = frame.scope.module;
  if (loop.kind === "while") return testCondition(file, loop.test, true);
  const items = walk.cx.iterated(walk.cx.evaluate(loop.iterable, frame));
  const runs = items?.elements.some((one) => one.condition === null) ?? false;
  return runs ? null : [{ kind: "non-empty", source: snippet(file, loop.iterable.span) }];
}

/**
 * A collection that any number of rounds like the last one added to: what they added that doesn't depend on their
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
