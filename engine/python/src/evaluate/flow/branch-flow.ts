import type { PyStatement } from "#syntax";
import { bothConditions, type Condition, negated } from "../../condition/condition.ts";
import type { Frame } from "../names/scope.ts";
import { snippet } from "../names/snippet.ts";
import { unknownValue } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";
import { type FlowAnalysis, type FlowState, joinedStates, type LoopExits, type RunBlock } from "./flow-state.ts";

/** Follows a `try`: its handlers may start from every state that its body passes. */
export function triedFlow(
  analysis: FlowAnalysis,
  statement: Extract<PyStatement, { kind: "try" }>,
  flow: FlowState,
  frame: Frame,
  loop: LoopExits | null,
  runBlock: RunBlock,
): FlowState | null {
  const { body, handlers, otherwise, final } = statement;
  const raised: Condition = [{ kind: "exception", type: null }];
  const fine = negated(raised);
  const outer = analysis.passing;
  const passing: (PyValue | null)[] = [];
  analysis.passing = passing;
  const tried = runBlock(analysis, body, flow, frame, loop);
  analysis.passing = outer;
  for (const state of passing) outer?.push(state);
  if (analysis.found) return tried;
  const rest = tried && runBlock(analysis, otherwise, tried, frame, loop);
  if (analysis.found) return rest;
  const atHandler: FlowState = {
    state: passing.reduce((all, state) => joinedStates(all, state, fine, fine), flow.state),
    guard: bothConditions(flow.guard, raised),
  };
  let all: FlowState | null = rest;
  for (const handler of handlers) {
    const catches = handler.name?.text === analysis.path;
    const caught = catches ? { ...atHandler, state: unknownValue("it is a caught exception") } : atHandler;
    let handled = runBlock(analysis, handler.body, caught, frame, loop);
    if (analysis.found) return handled;
    if (handled && catches) handled = { ...handled, state: null };
    if (!handled) {
      // A handler that leaves: what follows only runs where nothing was raised.
      const type = handler.type ? snippet(frame.scope.module.file, handler.type.span) : null;
      if (all) all = { ...all, guard: bothConditions(all.guard, negated([{ kind: "exception", type }])) };
      continue;
    }
    all = all ? { state: joinedStates(all.state, handled.state, fine, raised), guard: flow.guard } : handled;
  }
  if (final.length === 0) return all;
  const last = runBlock(analysis, final, all ?? atHandler, frame, loop);
  return all || analysis.found ? last : null;
}

/** Follows a `match`: any case may be the one, and none where no pattern takes all. */
export function matchedFlow(
  analysis: FlowAnalysis,
  statement: Extract<PyStatement, { kind: "match" }>,
  flow: FlowState,
  frame: Frame,
  loop: LoopExits | null,
  runBlock: RunBlock,
): FlowState | null {
  const { file } = frame.scope.module;
  const subject = snippet(file, statement.subject.span);
  let all: FlowState | null = null;
  let exhausted = false;
  for (const one of statement.cases) {
    const pattern = snippet(file, one.pattern);
    const matches: Condition = [{ kind: "case", subject, pattern }];
    const taken = runBlock(analysis, one.body, { ...flow, guard: bothConditions(flow.guard, matches) }, frame, loop);
    if (analysis.found) return taken;
    if (one.guard === null && /^[A-Za-z_]\w*$/.test(pattern)) exhausted = true;
    if (!taken) continue;
    all = all ? { state: joinedStates(all.state, taken.state, negated(matches), matches), guard: flow.guard } : taken;
  }
  if (exhausted) return all;
  const any: Condition = [{ kind: "case", subject, pattern: null }];
  return all ? { state: joinedStates(all.state, flow.state, any, negated(any)), guard: flow.guard } : flow;
}
