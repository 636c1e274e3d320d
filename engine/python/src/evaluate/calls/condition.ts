import { bothConditions, type Condition } from "../../condition/condition.ts";
import { CYCLE } from "../budget.ts";
import { guardAt } from "../flow/flow.ts";
import type { Interpreter } from "../interpreter.ts";
import type { CallPlace } from "../names/places.ts";
import type { Frame, Scope } from "../names/scope.ts";
import { testCondition } from "../names/snippet.ts";
import { sourceIndex } from "../names/source-index.ts";
import { decoratedBy } from "../objects/lineage.ts";
import { optionsOfValue } from "../values/join.ts";
import { calledFunctionOf } from "./callers.ts";

const PROPERTIES: ReadonlySet<string> = new Set(["property", "cached_property"]);

/** A call in a function that it reaches itself: whether the function runs at all, other calls decide. */
const CIRCULAR = "circular";
type Runs = Condition | null | typeof CIRCULAR;

/** What following one caller costs, in steps. */
const CALLER = 5;
/** Callers of callers that are followed. */
const DEEPEST = 12;

/**
 * The condition under which a call runs: tests around it, early returns before it, and what its function's
 * only caller depends on. null: whenever the charm does.
 */
export function conditionOfCall(cx: Interpreter, place: CallPlace): Condition | null {
  const runs = runsOfCall(cx, place, 0);
  return runs === CIRCULAR ? [{ kind: "run", name: nameOf(place.scope) }] : runs;
}

function nameOf({ node }: Scope): string {
  return node.kind === "function" ? node.name.text : "";
}

function runsOfCall(cx: Interpreter, place: CallPlace, depth: number): Runs {
  const { scope, expression, around } = place;
  const frame = cx.frameOfCall(place);
  let condition = withinScope(cx, scope, frame, expression.span.start);
  for (const { test, holds } of around.tests) {
    if (cx.truth(cx.evaluate(test, frame)) !== null) continue;
    condition = bothConditions(condition, testCondition(scope.module.file, test, holds));
  }
  if (depth > DEEPEST) return bothConditions([{ kind: "run", name: nameOf(scope) }], condition);
  const runs = conditionOfScope(cx, scope, depth);
  return runs === CIRCULAR ? CIRCULAR : bothConditions(runs, condition);
}

function withinScope(cx: Interpreter, scope: Scope, frame: Frame, offset: number): Condition | null {
  const { node } = scope;
  return node.kind === "lambda" ? null : guardAt(cx, node.body, frame, offset);
}

/** The condition under which a scope's statements run at all. */
function conditionOfScope(cx: Interpreter, scope: Scope, depth: number): Runs {
  const { node, parent } = scope;
  if (node.kind === "class" && parent) {
    const runs = conditionOfScope(cx, parent, depth);
    if (runs === CIRCULAR) return runs;
    return bothConditions(runs, withinScope(cx, parent, cx.genericFrame(parent), node.span.start));
  }
  if (node.kind !== "function") return null;
  if (decoratedBy(node, PROPERTIES)) return null;
  const name = node.name.text;
  const info = parent?.kind === "class" ? cx.classInfo(parent) : null;
  if (
    info &&
    name === "__init__" &&
    (cx.isMain(info) || cx.lineage(info).external.some((one) => /CharmBase$/.test(one)))
  )
    return null;
  return cx.guarded<Runs>(
    node,
    "condition",
    () => conditionOfRuns(cx, scope, name, depth),
    (why) => (why === CYCLE ? CIRCULAR : [{ kind: "run", name }]),
  );
}

function conditionOfRuns(cx: Interpreter, scope: Scope, name: string, depth: number): Condition | null {
  const { node, parent } = scope;
  if (node.kind !== "function") return null;
  const info = parent?.kind === "class" ? cx.classInfo(parent) : null;
  const names = new Set([name]);
  if (info && name === "__init__") for (const one of [info, ...cx.subclasses(info)]) names.add(one.name);
  const conditions: (Condition | null)[] = [];
  for (const place of cx.callsOf(names)) {
    const frame = cx.frameOfCall(place);
    const runs = optionsOfValue(cx.evaluate(place.expression.callee, frame)).some((callee) =>
      calledFunctionOf(cx, callee, node),
    );
    if (!runs) continue;
    if (cx.spend(CALLER) !== null) return [{ kind: "run", name }];
    const condition = runsOfCall(cx, place, depth + 1);
    if (condition !== CIRCULAR) conditions.push(condition);
  }
  if (conditions.includes(null)) return null;
  const [first] = conditions;
  if (first) return first;
  if (name === "__init__") return null;
  const mentioned = cx.mentioning(name).some((module) => sourceIndex(module).mentions.has(name));
  return mentioned || info ? [{ kind: "run", name }] : null;
}
