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
import { matchedWay, triedWay } from "./branch-flow.ts";
import { contains, ends } from "./leaving.ts";
import { loopState } from "./loop-flow.ts";
import { isTypeChecking, narrowed } from "./narrow.ts";
import { frameAt, scopeFrame } from "./round.ts";
import { touched } from "./touched.ts";
import { attributeOfRoot, type LoopExits, metStates, type Walk, type Way } from "./way.ts";

/*
 * The value of one variable at one place of a block of statements: the statements before the place are followed in
 * order, both ways of a branch are taken unless its test is decided, loops over readable collections are unrolled.
 */

/** The variable's value where the request asks for it; null where it is not bound there. */
export function stateOf(
  cx: Interpreter,
  apply: Pick<Walk, "apply" | "applyElsewhere">,
  request: StateRequest,
): PyValue | null {
  const { path, body, frame, start, until } = request;
  const reaching = reachingFrom(cx, frame, path);
  const root = rootOf(path, frame);
  const links = new Map(linksOf(scopeBody(frame, body), path).map((link) => [link.path, link]));
  const concerning = [...concerningPaths(path, root, reaching), ...links.keys()];
  const walk: Walk = {
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
  const end = runBlock(walk, body, { state: start, guard: null }, frame, null);
  if (walk.found) return walk.found.state;
  const ways = end ? [end, ...walk.returns] : walk.returns;
  return meeting(ways)?.state ?? null;
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

/** No legal name: nothing binds it, only the tests on the way count. */
const GUARD = "if";

/** The tests that decide whether the statements reach an offset, in words; null where it is always reached. */
export function guardAt(cx: Interpreter, body: readonly PyStatement[], frame: Frame, offset: number): Condition | null {
  const walk: Walk = {
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
  runBlock(walk, body, { state: null, guard: null }, frame, null);
  return walk.found?.guard ?? null;
}

/** All ways as one; null where there is none. */
export function meeting(ways: readonly (Way | null)[]): Way | null {
  let all: Way | null = null;
  for (const way of ways) {
    if (!way) continue;
    if (!all) all = way;
    else {
      const mine: Condition = all.guard ?? NOT_ALWAYS;
      all = { state: metStates(all.state, way.state, mine, way.guard ?? NOT_ALWAYS), guard: null };
    }
  }
  return all;
}

/** Follows a block; null where its end is not reached. */
export function runBlock(
  walk: Walk,
  block: readonly PyStatement[],
  start: Way,
  frame: Frame,
  loop: LoopExits | null,
): Way | null {
  const { until } = walk;
  const last = until === null ? block.length : lastStarting(block, until);
  const holder = until === null ? undefined : block[last];
  const inside = holder !== undefined && until !== null && until < holder.span.end;
  let way: Way = start;
  for (const index of concernedStatements(block, walk.concerning)) {
    if (index > last || (inside && index === last)) break;
    const statement = block[index];
    if (!statement) continue;
    const why = walk.cx.spend(1 + weight(way.state));
    if (why !== null) {
      // The walk ends here, wherever it was bound for.
      walk.found ??= { state: unknownValue(why), guard: null };
      return walk.found;
    }
    const next = runStatement(walk, statement, way, frameAt(frame, statement.span), loop, false);
    if (walk.found) return next;
    if (!next) return null;
    if (next.state !== way.state) walk.passing?.push(next.state);
    way = next;
  }
  if (until === null) return way;
  if (inside) {
    const next = runStatement(walk, holder, way, frameAt(frame, holder.span), loop, true);
    walk.found ??= next ?? way;
    return next;
  }
  // A block that the use stands behind has nothing to find in it.
  if (last < block.length - 1) walk.found ??= way;
  return way;
}

/** Steps that it takes to copy a value once: what changes a collection makes a new one. */
function weight(state: PyValue | null): number {
  if (state?.kind === "sequence") return state.elements.length >> 4;
  return state?.kind === "dict" ? state.entries.length >> 4 : 0;
}

function runStatement(
  walk: Walk,
  statement: PyStatement,
  start: Way,
  frame: Frame,
  loop: LoopExits | null,
  inside: boolean,
): Way | null {
  const blocks = blocksOf(statement);
  const inBlock = inside && blocks.some((block) => contains(block, walk.until ?? 0));
  const way = applied(walk, statement, start, frame, inside && !inBlock);
  if (inside && !inBlock) {
    walk.found = way;
    return way;
  }
  switch (statement.kind) {
    case "return":
      walk.returns.push(way);
      return null;
    case "raise":
      return null;
    case "break":
      loop?.breaks.push(way);
      return null;
    case "continue":
      loop?.continues.push(way);
      return null;
    case "if":
      return runIf(walk, statement, way, frame, loop);
    case "with":
      return runBlock(walk, statement.body, way, frame, loop);
    case "try":
      return triedWay(walk, statement, way, frame, loop, runBlock);
    case "match":
      return matchedWay(walk, statement, way, frame, loop, runBlock);
    case "for":
    case "while":
      return loopState(walk, statement, way, frame, runBlock);
    default:
      return way;
  }
}

/** What the statement's own expressions and targets do; up to the use where that is inside of it. */
function applied(walk: Walk, statement: PyStatement, way: Way, frame: Frame, partly: boolean): Way {
  let { state } = way;
  // The names of caught exceptions are bound where their handlers start.
  if (statement.kind === "try") return way;
  const changed = new Set<object>();
  for (const effect of effectsOf(statement)) {
    // A loop's target is bound round by round.
    if (effect.kind === "bind-iterated") continue;
    // `(a or b).append(…)` stands for each variable that it may reach; it changes one object once.
    if (effect.kind === "inside" && changed.has(effect.at)) continue;
    if (isRebinding(walk, effect)) {
      // Another object: its attribute is what it came with.
      const object = walk.apply(effect, null, frame, effect.path, null);
      state = object && attributeOfRoot(walk, object, frame, effect.at);
      continue;
    }
    const link = effect.path === walk.path ? undefined : walk.links.get(effect.path);
    const mine = effect.path === walk.path || (effect.kind === "self-call" && isReaching(walk, effect));
    if (!mine && !(link && isChange(effect))) continue;
    if (partly && (walk.until ?? 0) < effectEnd(effect)) continue;
    if (effect.kind === "inside") changed.add(effect.at);
    if (!mine && link) {
      const certain = link.certainFrom !== null && link.certainFrom <= effect.at.start;
      state = walk.applyElsewhere(effect, state, frame, walk.path, certain);
      continue;
    }
    state = walk.apply(effect, state, frame, walk.path, way.state);
  }
  return state === way.state ? way : { ...way, state };
}

/** Whether the statement does something to the variable, or to the object that it is an attribute of. */
function concerns(walk: Walk, statement: PyStatement): boolean {
  const paths = touched(statement);
  return walk.concerning.some((path) => paths.has(path));
}

function isRebinding(walk: Walk, effect: Effect): boolean {
  return (
    walk.root !== null && effect.path === walk.root && ["bind", "bind-opaque", "import", "define"].includes(effect.kind)
  );
}

function isReaching(walk: Walk, effect: Extract<Effect, { kind: "self-call" }>): boolean {
  return walk.path.startsWith(effect.path.slice(0, -2)) && (!walk.reaching || walk.reaching.has(effect.method));
}

function runIf(
  walk: Walk,
  statement: Extract<PyStatement, { kind: "if" }>,
  way: Way,
  frame: Frame,
  loop: LoopExits | null,
): Way | null {
  const { test, then, otherwise } = statement;
  if (isTypeChecking(test)) {
    const real = runBlock(walk, otherwise, way, frame, loop);
    if (walk.found || (real && real.state !== way.state)) return real;
    return runBlock(walk, then, way, frame, loop);
  }
  const holds = testCondition(frame.scope.module.file, test, true);
  const fails = testCondition(frame.scope.module.file, test, false);
  const decided = matters(walk, statement, frame) ? walk.cx.truth(walk.cx.evaluate(test, frame)) : null;
  const inThen = walk.until !== null && contains(then, walk.until);
  const inElse = walk.until !== null && contains(otherwise, walk.until);
  const thenWay =
    inElse || (decided === false && !inThen)
      ? null
      : runBlock(walk, then, branch(walk, way, test, true, decided === true ? null : holds), frame, loop);
  if (inThen || walk.found) return thenWay;
  const elseWay =
    decided === true && !inElse
      ? null
      : runBlock(walk, otherwise, branch(walk, way, test, false, decided === false ? null : fails), frame, loop);
  if (inElse || walk.found) return elseWay;
  if (decided !== null) {
    const only = decided ? thenWay : elseWay;
    return only && { ...only, guard: way.guard };
  }
  if (!thenWay) return elseWay;
  if (!elseWay) return thenWay;
  return { state: metStates(thenWay.state, elseWay.state, holds, fails), guard: way.guard };
}

/** The path into a branch: what the test rules out is gone, and the guard holds the test if it is undecided. */
function branch(walk: Walk, way: Way, test: PyExpression, holds: boolean, condition: Condition | null): Way {
  const state = narrowed(way.state, walk.path, test, holds);
  return { state, guard: bothConditions(way.guard, condition) };
}

/**
 * Whether it is worth deciding a test: where one of its branches does something to the variable, or where it leaves a
 * round or a call whose own values may decide it.
 */
function matters(walk: Walk, statement: PyStatement, frame: Frame): boolean {
  if (walk.path === GUARD || concerns(walk, statement)) return true;
  return (frame.round !== null || !frame.generic || walk.path === RETURNED) && ends(statement);
}
