import type { PyExpression, PyStatement } from "#syntax";
import { bothConditions, type Condition, NOT_ALWAYS } from "../../condition/condition.ts";
import { reachingFrom } from "../calls/method-reach.ts";
import { selfName } from "../calls/methods.ts";
import type { Interpreter, StateRequest } from "../interpreter.ts";
import { type Effect, RETURNED } from "../mutation/effect.ts";
import { effectEnd, effectsOf } from "../mutation/effects.ts";
import { isChange, linksOf } from "../mutation/links.ts";
import type { Frame } from "../names/scope.ts";
import { testCondition } from "../names/snippet.ts";
import { unknownValue } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";
import { concernedStatements, lastStarting } from "./block-index.ts";
import { blocksOf } from "./blocks.ts";
import { matchedFlow, triedFlow } from "./branch-flow.ts";
import { attributeOfRoot, type FlowAnalysis, type FlowState, joinedStates, type LoopExits } from "./flow-state.ts";
import { frameAt, scopeFrame } from "./iteration-frame.ts";
import { contains, ends } from "./leaving.ts";
import { loopState } from "./loop-flow.ts";
import { isTypeChecking, narrowed } from "./narrow.ts";
import { touched } from "./touched.ts";

/*
 * The value of one variable at one place of a block of statements: the statements before the place are followed in
 * order, both branches of a test are followed unless its test is decided, loops over readable collections are unrolled.
 */

/** The variable's value where the request asks for it; null where it is not bound there. */
export function stateOf(
  cx: Interpreter,
  apply: Pick<FlowAnalysis, "apply" | "applyElsewhere">,
  request: StateRequest,
): PyValue | null {
  const { path, body, frame, start, until } = request;
  const reaching = reachingFrom(cx, frame, path);
  const root = rootOf(path, frame);
  const links = new Map(linksOf(scopeBody(frame, body), path).map((link) => [link.path, link]));
  const concerning = [...concerningPaths(path, root, reaching), ...links.keys()];
  const analysis: FlowAnalysis = {
    cx,
    path,
    root,
    concerning,
    until,
    reaching,
    links,
    ...apply,
    returns: [],
    passing: null,
    found: null,
  };
  const end = runBlock(analysis, body, { state: start, guard: null }, frame, null);
  if (analysis.found) return analysis.found.state;
  const flows = end ? [end, ...analysis.returns] : analysis.returns;
  return joinedFlows(flows)?.state ?? null;
}

/** The body of the whole scope that a block stands in: names for one object may be bound anywhere in it. */
function scopeBody(frame: Frame, block: readonly PyStatement[]): readonly PyStatement[] {
  const { node } = scopeFrame(frame).scope;
  return node.kind === "lambda" ? block : node.body;
}

/** The object of an attribute, where it is a variable that may be bound anew; null for `self` and for plain names. */
function rootOf(path: string, frame: Frame): string | null {
  const dot = path.indexOf(".");
  if (dot < 0) return null;
  const { node, parent } = scopeFrame(frame).scope;
  const root = path.slice(0, dot);
  return node.kind === "function" && parent?.kind === "class" && selfName(node) === root ? null : root;
}

/** What a statement may touch that concerns the variable: itself, its object, calls of methods that reach it. */
function concerningPaths(path: string, root: string | null, reaching: ReadonlySet<string> | null): readonly string[] {
  const dot = path.indexOf(".");
  if (dot < 0) return [path];
  const prefix = path.slice(0, dot + 1);
  const calls = reaching ? [...reaching].map((method) => `${prefix}${method}()`) : [`${prefix}()`];
  return root === null ? [path, ...calls] : [path, root, ...calls];
}

/** No legal name: nothing binds it, so only the tests on the path count. */
const GUARD = "if";

/** The tests that decide whether the statements reach an offset; null where it is always reached. */
export function guardAt(cx: Interpreter, body: readonly PyStatement[], frame: Frame, offset: number): Condition | null {
  const analysis: FlowAnalysis = {
    cx,
    path: GUARD,
    root: null,
    concerning: [],
    until: offset,
    reaching: null,
    links: new Map(),
    apply: (_, state) => state,
    applyElsewhere: (_, state) => state,
    returns: [],
    passing: null,
    found: null,
  };
  runBlock(analysis, body, { state: null, guard: null }, frame, null);
  return analysis.found?.guard ?? null;
}

/** The join of all states; null where there is none. */
export function joinedFlows(flows: readonly (FlowState | null)[]): FlowState | null {
  let all: FlowState | null = null;
  for (const flow of flows) {
    if (!flow) continue;
    if (!all) all = flow;
    else {
      const mine: Condition = all.guard ?? NOT_ALWAYS;
      all = { state: joinedStates(all.state, flow.state, mine, flow.guard ?? NOT_ALWAYS), guard: null };
    }
  }
  return all;
}

/** Follows a block; null where its end is not reached. */
export function runBlock(
  analysis: FlowAnalysis,
  block: readonly PyStatement[],
  start: FlowState,
  frame: Frame,
  loop: LoopExits | null,
): FlowState | null {
  const { until } = analysis;
  const last = until === null ? block.length : lastStarting(block, until);
  const holder = until === null ? undefined : block[last];
  const inside = holder !== undefined && until !== null && until < holder.span.end;
  let flow: FlowState = start;
  for (const index of concernedStatements(block, analysis.concerning)) {
    if (index > last || (inside && index === last)) break;
    const statement = block[index];
    if (!statement) continue;
    const why = analysis.cx.spend(1 + weight(flow.state));
    if (why !== null) {
      // The budget is spent: the analysis ends here.
      analysis.found ??= { state: unknownValue(why), guard: null };
      return analysis.found;
    }
    const next = runStatement(analysis, statement, flow, frameAt(frame, statement.span), loop, false);
    if (analysis.found) return next;
    if (!next) return null;
    if (next.state !== flow.state) analysis.passing?.push(next.state);
    flow = next;
  }
  if (until === null) return flow;
  if (inside) {
    const next = runStatement(analysis, holder, flow, frameAt(frame, holder.span), loop, true);
    analysis.found ??= next ?? flow;
    return next;
  }
  // A block that the use stands behind has nothing to find in it.
  if (last < block.length - 1) analysis.found ??= flow;
  return flow;
}

/** Steps that it takes to copy a value once: what changes a collection makes a new one. */
function weight(state: PyValue | null): number {
  if (state?.kind === "sequence") return state.elements.length >> 4;
  return state?.kind === "dict" ? state.entries.length >> 4 : 0;
}

function runStatement(
  analysis: FlowAnalysis,
  statement: PyStatement,
  start: FlowState,
  frame: Frame,
  loop: LoopExits | null,
  inside: boolean,
): FlowState | null {
  const blocks = blocksOf(statement);
  const inBlock = inside && blocks.some((block) => contains(block, analysis.until ?? 0));
  const flow = applied(analysis, statement, start, frame, inside && !inBlock);
  if (inside && !inBlock) {
    analysis.found = flow;
    return flow;
  }
  switch (statement.kind) {
    case "return":
      analysis.returns.push(flow);
      return null;
    case "raise":
      return null;
    case "break":
      loop?.breaks.push(flow);
      return null;
    case "continue":
      loop?.continues.push(flow);
      return null;
    case "if":
      return runIf(analysis, statement, flow, frame, loop);
    case "with":
      return runBlock(analysis, statement.body, flow, frame, loop);
    case "try":
      return triedFlow(analysis, statement, flow, frame, loop, runBlock);
    case "match":
      return matchedFlow(analysis, statement, flow, frame, loop, runBlock);
    case "for":
    case "while":
      return loopState(analysis, statement, flow, frame, runBlock);
    default:
      return flow;
  }
}

/** What the statement's own expressions and targets do; up to the use where that is inside of it. */
function applied(
  analysis: FlowAnalysis,
  statement: PyStatement,
  flow: FlowState,
  frame: Frame,
  partly: boolean,
): FlowState {
  let { state } = flow;
  // The names of caught exceptions are bound where their handlers start.
  if (statement.kind === "try") return flow;
  const changed = new Set<object>();
  for (const effect of effectsOf(statement)) {
    // A loop's target is bound in each iteration.
    if (effect.kind === "bind-iterated") continue;
    // `(a or b).append(…)` stands for each variable that it may reach; it changes one object once.
    if (effect.kind === "inside" && changed.has(effect.at)) continue;
    if (isRebinding(analysis, effect)) {
      // Another object: its attribute is what it came with.
      const object = analysis.apply(effect, null, frame, effect.path, null);
      state = object && attributeOfRoot(analysis, object, frame, effect.at);
      continue;
    }
    const link = effect.path === analysis.path ? undefined : analysis.links.get(effect.path);
    const mine = effect.path === analysis.path || (effect.kind === "self-call" && isReaching(analysis, effect));
    if (!mine && !(link && isChange(effect))) continue;
    if (partly && (analysis.until ?? 0) < effectEnd(effect)) continue;
    if (effect.kind === "inside") changed.add(effect.at);
    if (!mine && link) {
      const certain = link.certainFrom !== null && link.certainFrom <= effect.at.start;
      state = analysis.applyElsewhere(effect, state, frame, analysis.path, certain);
      continue;
    }
    state = analysis.apply(effect, state, frame, analysis.path, flow.state);
  }
  return state === flow.state ? flow : { ...flow, state };
}

/** Whether the statement does something to the variable, or to the object that it is an attribute of. */
function concerns(analysis: FlowAnalysis, statement: PyStatement): boolean {
  const paths = touched(statement);
  return analysis.concerning.some((path) => paths.has(path));
}

function isRebinding(analysis: FlowAnalysis, effect: Effect): boolean {
  return (
    analysis.root !== null &&
    effect.path === analysis.root &&
    ["bind", "bind-opaque", "import", "define"].includes(effect.kind)
  );
}

function isReaching(analysis: FlowAnalysis, effect: Extract<Effect, { kind: "self-call" }>): boolean {
  return (
    analysis.path.startsWith(effect.path.slice(0, -2)) && (!analysis.reaching || analysis.reaching.has(effect.method))
  );
}

function runIf(
  analysis: FlowAnalysis,
  statement: Extract<PyStatement, { kind: "if" }>,
  flow: FlowState,
  frame: Frame,
  loop: LoopExits | null,
): FlowState | null {
  const { test, then, otherwise } = statement;
  if (isTypeChecking(test)) {
    const real = runBlock(analysis, otherwise, flow, frame, loop);
    if (analysis.found || (real && real.state !== flow.state)) return real;
    return runBlock(analysis, then, flow, frame, loop);
  }
  const holds = testCondition(frame.scope.module.file, test, true);
  const fails = testCondition(frame.scope.module.file, test, false);
  const decided = matters(analysis, statement, frame) ? analysis.cx.truth(analysis.cx.evaluate(test, frame)) : null;
  const inThen = analysis.until !== null && contains(then, analysis.until);
  const inElse = analysis.until !== null && contains(otherwise, analysis.until);
  const thenFlow =
    inElse || (decided === false && !inThen)
      ? null
      : runBlock(analysis, then, branch(analysis, flow, test, true, decided === true ? null : holds), frame, loop);
  if (inThen || analysis.found) return thenFlow;
  const elseFlow =
    decided === true && !inElse
      ? null
      : runBlock(
          analysis,
          otherwise,
          branch(analysis, flow, test, false, decided === false ? null : fails),
          frame,
          loop,
        );
  if (inElse || analysis.found) return elseFlow;
  if (decided !== null) {
    const only = decided ? thenFlow : elseFlow;
    return only && { ...only, guard: flow.guard };
  }
  if (!thenFlow) return elseFlow;
  if (!elseFlow) return thenFlow;
  return { state: joinedStates(thenFlow.state, elseFlow.state, holds, fails), guard: flow.guard };
}

/** The path into a branch: what the test rules out is gone, and the guard holds the test if it is undecided. */
function branch(
  analysis: FlowAnalysis,
  flow: FlowState,
  test: PyExpression,
  holds: boolean,
  condition: Condition | null,
): FlowState {
  const state = narrowed(flow.state, analysis.path, test, holds);
  return { state, guard: bothConditions(flow.guard, condition) };
}

/**
 * Whether it is worth deciding a test: where one of its branches does something to the variable, or where it leaves a
 * iteration or a call whose own values may decide it.
 */
function matters(analysis: FlowAnalysis, statement: PyStatement, frame: Frame): boolean {
  if (analysis.path === GUARD || concerns(analysis, statement)) return true;
  return (frame.iteration !== null || !frame.generic || analysis.path === RETURNED) && ends(statement);
}
