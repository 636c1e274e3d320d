import type { PyStatement } from "#syntax";
import { bothConditions, type Condition, negated } from "../../condition/condition.ts";
import type { Frame } from "../names/scope.ts";
import { snippet } from "../names/snippet.ts";
import { unknownValue } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";
import { type LoopExits, metStates, type RunBlock, type Walk, type Way } from "./way.ts";

/** Follows a `try`: its handlers may start from anything that its body made on its way. */
export function triedWay(
  walk: Walk,
  statement: Extract<PyStatement, { kind: "try" }>,
  way: Way,
  frame: Frame,
  loop: LoopExits | null,
  runBlock: RunBlock,
): Way | null {
  const { body, handlers, otherwise, final } = statement;
  const raised: Condition = [{ kind: "exception", type: null }];
  const fine = negated(raised);
  const outer = walk.passing;
  const passing: (PyValue | null)[] = [];
  walk.passing = passing;
  const tried = runBlock(walk, body, way, frame, loop);
  walk.passing = outer;
  for (const state of passing) outer?.push(state);
  if (walk.found) return tried;
  const rest = tried && runBlock(walk, otherwise, tried, frame, loop);
  if (walk.found) return rest;
  const atHandler: Way = {
    state: passing.reduce((all, state) => metStates(all, state, fine, fine), way.state),
    guard: bothConditions(way.guard, raised),
  };
  let all: Way | null = rest;
  for (const handler of handlers) {
    const catches = handler.name?.text === walk.path;
    const caught = catches ? { ...atHandler, state: unknownValue("it is a caught exception") } : atHandler;
    let handled = runBlock(walk, handler.body, caught, frame, loop);
    if (walk.found) return handled;
    if (handled && catches) handled = { ...handled, state: null };
    if (!handled) {
      // A handler that leaves: what follows only runs where nothing was raised.
      const type = handler.type ? snippet(frame.scope.module.file, handler.type.span) : null;
      if (all) all = { ...all, guard: bothConditions(all.guard, negated([{ kind: "exception", type }])) };
      continue;
    }
    all = all ? { state: metStates(all.state, handled.state, fine, raised), guard: way.guard } : handled;
  }
  if (final.length === 0) return all;
  const last = runBlock(walk, final, all ?? atHandler, frame, loop);
  return all || walk.found ? last : null;
}

/** Follows a `match`: any case may be the one, and none where no pattern takes all. */
export function matchedWay(
  walk: Walk,
  statement: Extract<PyStatement, { kind: "match" }>,
  way: Way,
  frame: Frame,
  loop: LoopExits | null,
  runBlock: RunBlock,
): Way | null {
  const { file } = frame.scope.module;
  const subject = snippet(file, statement.subject.span);
  let all: Way | null = null;
  let exhausted = false;
  for (const one of statement.cases) {
    const pattern = snippet(file, one.pattern);
    const matches: Condition = [{ kind: "case", subject, pattern }];
    const taken = runBlock(walk, one.body, { ...way, guard: bothConditions(way.guard, matches) }, frame, loop);
    if (walk.found) return taken;
    if (one.guard === null && /^[A-Za-z_]\w*$/.test(pattern)) exhausted = true;
    if (!taken) continue;
    all = all ? { state: metStates(all.state, taken.state, negated(matches), matches), guard: way.guard } : taken;
  }
  if (exhausted) return all;
  const any: Condition = [{ kind: "case", subject, pattern: null }];
  return all ? { state: metStates(all.state, way.state, any, negated(any)), guard: way.guard } : way;
}
