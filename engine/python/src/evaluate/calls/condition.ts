import { bothConditions, type Condition } from "../../condition/condition.ts";
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

/**
 * The condition under which a call runs: tests around it, early returns before it, and what its function's
 * only caller depends on. null: whenever the charm does.
 */
export function conditionOfCall(cx: Interpreter, place: CallPlace, depth = 0): Condition | null {
  const { scope, expression, around } = place;
  const frame = cx.frameOfCall(place);
  let condition = withinScope(cx, scope, frame, expression.span.start);
  for (const { test, holds } of around.tests) {
    if (cx.truth(cx.evaluate(test, frame)) !== null) continue;
    condition = bothConditions(condition, testCondition(scope.module.file, test, holds));
  }
  return depth > 4 ? condition : bothConditions(conditionOfScope(cx, scope, depth), condition);
}

function withinScope(cx: Interpreter, scope: Scope, frame: Frame, offset: number): Condition | null {
  const { node } = scope;
  return node.kind === "lambda" ? null : guardAt(cx, node.body, frame, offset);
}

/** The condition under which a scope's statements run at all. */
function conditionOfScope(cx: Interpreter, scope: Scope, depth: number): Condition | null {
  const { node, parent } = scope;
  if (node.kind === "class" && parent)
    return bothConditions(
      conditionOfScope(cx, parent, depth),
      withinScope(cx, parent, cx.genericFrame(parent), node.span.start),
    );
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
  return cx.guarded<Condition | null>(
    node,
    "condition",
    () => conditionOfRuns(cx, scope, name, depth),
    () => null,
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
    if (runs) conditions.push(conditionOfCall(cx, place, depth + 1));
  }
  if (conditions.includes(null)) return null;
  const [first] = conditions;
  if (first) return first;
  if (name === "__init__") return null;
  const mentioned = cx.mentioning(name).some((module) => sourceIndex(module).mentions.has(name));
  return mentioned || info ? [{ kind: "run", name }] : null;
}
