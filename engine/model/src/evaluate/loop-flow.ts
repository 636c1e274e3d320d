import type { PyStatement } from "#syntax";
import { isReadable } from "./comprehension.ts";
import { bothConditions, optionsOfValue } from "./join.ts";
import { unknownValue } from "./making.ts";
import { roundFrame, roundOf } from "./round.ts";
import type { Frame } from "./scope.ts";
import { snippet, testText } from "./snippet.ts";
import { touchedIn } from "./touched.ts";
import type { PyValue } from "./value.ts";
import { type LoopExits, metStates, type Walk, type Way } from "./way.ts";

type Loop = Extract<PyStatement, { kind: "for" | "while" }>;
type RunBlock = (
  walk: Walk,
  block: readonly PyStatement[],
  start: Way,
  frame: Frame,
  loop: LoopExits | null,
) => Way | null;

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
    for (const round of roundsOf(walk, loop, frame)) {
      if (!way) break;
      way = afterRound(walk, loop, way, round, exits, run);
    }
  } else {
    way = afterRound(
      walk,
      loop,
      way,
      { frame, condition: testText(frame.scope.module.file, loop.test, true), more: "it grows in a loop" },
      exits,
      run,
    );
  }
  if (way) way = run(walk, loop.otherwise, { ...way, guard: start.guard }, frame, null);
  for (const broken of exits.breaks) {
    way = way
      ? {
          state: metStates(way.state, broken.state, "no round breaks off", broken.guard ?? "a round breaks off"),
          guard: start.guard,
        }
      : broken;
  }
  return way && { ...way, guard: start.guard };
}

interface Round {
  readonly frame: Frame;
  /** null: the round happens for certain. */
  readonly condition: string | null;
  /** Why there may be any number of rounds like this one. */
  readonly more: string | null;
}

function* roundsOf(walk: Walk, loop: Extract<Loop, { kind: "for" }>, frame: Frame): Generator<Round> {
  const { cx } = walk;
  const iterable = cx.evaluate(loop.iterable, frame);
  const elements = cx.iterated(iterable);
  const text = snippet(frame.scope.module.file, loop.iterable.span);
  for (const element of elements?.elements ?? []) {
    yield {
      frame: roundFrame(cx, frame, loop, loop.target, element.value),
      condition: element.condition,
      more: null,
    };
  }
  const open = elements ? elements.open : iterable.kind === "unknown" ? iterable.why : `\`${text}\` can't be read`;
  if (open === null) return;
  const value = unknownValue(`it is one of \`${text}\`: ${open}`);
  yield {
    frame: roundFrame(cx, frame, loop, loop.target, value),
    condition: `in a round over \`${text}\``,
    more: open,
  };
}

function afterRound(walk: Walk, loop: Loop, start: Way, round: Round, exits: LoopExits, run: RunBlock): Way | null {
  const own: LoopExits = { breaks: exits.breaks, continues: [] };
  const end = run(walk, loop.body, { ...start }, round.frame, own);
  let state: PyValue | null | undefined = end?.state;
  for (const way of own.continues) {
    state =
      state === undefined
        ? way.state
        : metStates(state, way.state, end?.guard ?? "the round runs through", way.guard ?? "the round is cut short");
  }
  if (state === undefined) return round.condition === null && round.more === null ? null : start;
  if (round.condition === null && round.more === null) return { ...start, state };
  const after = metStates(
    state,
    start.state,
    round.condition ?? "in some round",
    `not ${round.condition ?? "in some round"}`,
  );
  return {
    ...start,
    state: round.more !== null && state !== start.state ? opened(after, start.state, round.more) : after,
  };
}

/** The use stands inside the loop: earlier rounds may have changed the variable. */
function insideLoop(walk: Walk, loop: Loop, start: Way, frame: Frame, run: RunBlock): Way | null {
  const inside = roundOf(frame, loop) ?? frame;
  let way = start;
  if (touchedIn(loop.body).has(walk.path)) {
    const before: Walk = { ...walk, until: null, found: null, returns: [] };
    const earlier = walk.cx.guarded<Way | null>(
      loop,
      `earlier ${walk.path}`,
      () => run(before, loop.body, start, inside, { breaks: [], continues: [] }),
      () => null,
    );
    if (earlier)
      way = { ...start, state: metStates(start.state, earlier.state, "in the first round", "in an earlier round") };
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

/** In words, why a loop's body may not run at all; null where its collection surely holds something. */
function loopGuard(walk: Walk, loop: Loop, frame: Frame): string | null {
  const { file } = frame.scope.module;
  if (loop.kind === "while") return testText(file, loop.test, true);
  const items = walk.cx.iterated(walk.cx.evaluate(loop.iterable, frame));
  const runs = items?.elements.some((one) => one.condition === null) ?? false;
  return runs ? null : `\`${snippet(file, loop.iterable.span)}\` holds something`;
}

/**
 * A collection that any number of rounds like the last one added to: what they added that doesn't depend on their
 * unreadable target, or is one of a readable collection, is possible; anything else leaves it open.
 */
function opened(state: PyValue | null, before: PyValue | null, why: string): PyValue | null {
  if (!state || (state.kind !== "sequence" && state.kind !== "dict")) return state;
  if (state.kind === "dict" || before?.kind !== "sequence") return { ...state, open: state.open ?? why };
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
