import { memo, type PyExpression, type PyFunction, type PyStatement, type Span } from "#syntax";
import { eachChild } from "../expressions/expression-children.ts";
import { blocksOf } from "../flow/blocks.ts";
import { heldPaths, pathOf } from "../flow/path.ts";
import { type Change, type Effect, MUTATORS, RETURNED, type UnpackStep, YIELDED } from "./effect.ts";

type Call = Extract<PyExpression, { kind: "call" }>;

/** The effects of a statement's own expressions and targets, in the order of execution; nested blocks are not in it. */
export const effectsOf = memo((statement: PyStatement): readonly Effect[] => {
  const effects: Effect[] = [];
  collect(statement, effects);
  return effects;
});

function collect(statement: PyStatement, effects: Effect[]): void {
  switch (statement.kind) {
    case "expression":
      inExpression(statement.value, effects);
      break;
    case "return":
      if (!statement.value) break;
      inExpression(statement.value, effects);
      effects.push({ kind: "bind", path: RETURNED, value: statement.value, steps: [], at: statement.value.span });
      break;
    case "raise":
      if (statement.value) inExpression(statement.value, effects);
      break;
    case "assert":
      inExpression(statement.test, effects);
      break;
    case "if":
    case "while":
      inExpression(statement.test, effects);
      break;
    case "match":
      inExpression(statement.subject, effects);
      break;
    case "assign":
      inExpression(statement.value, effects);
      for (const target of statement.targets) bindTarget(target, statement.value, [], effects, "value");
      break;
    case "annotated-assign":
      if (!statement.value) break;
      inExpression(statement.value, effects);
      bindTarget(statement.target, statement.value, [], effects, "value");
      break;
    case "augmented-assign": {
      inExpression(statement.value, effects);
      const { target, value, operator, span } = statement;
      const path = pathOf(target);
      if (path) effects.push({ kind: "augment", path, target, operator, value, at: span });
      else if (target.kind === "subscript") setItem(target.object, target.index, null, span, effects);
      break;
    }
    case "for":
      inExpression(statement.iterable, effects);
      bindTarget(statement.target, statement.iterable, [], effects, "iterated");
      break;
    case "with":
      for (const item of statement.items) {
        inExpression(item.value, effects);
        if (item.target) bindOpaque(item.target, "what a `with` gives is only known when the charm runs", effects);
      }
      break;
    case "try":
      for (const { name } of statement.handlers) {
        if (name)
          effects.push({ kind: "bind-opaque", path: name.text, why: "it is a caught exception", at: name.span });
      }
      break;
    case "function":
    case "class":
      effects.push({ kind: "define", path: statement.name.text, definition: statement, at: statement.name.span });
      if (statement.kind === "function") inClosure(statement, effects);
      break;
    case "import":
    case "import-from":
      statement.names.forEach((alias, index) => {
        const bound = alias.as?.text ?? (statement.kind === "import" ? firstPart(alias.name.text) : alias.name.text);
        effects.push({ kind: "import", path: bound, statement, index, at: (alias.as ?? alias.name).span });
      });
      break;
    case "delete":
      for (const target of statement.targets) {
        const path = pathOf(target);
        if (path) effects.push({ kind: "delete", path, at: target.span });
        else if (target.kind === "subscript") setItem(target.object, target.index, null, target.span, effects);
      }
      break;
    default:
      break;
  }
}

function firstPart(dotted: string): string {
  const dot = dotted.indexOf(".");
  return dot < 0 ? dotted : dotted.slice(0, dot);
}

function bindTarget(
  target: PyExpression,
  value: PyExpression,
  steps: readonly UnpackStep[],
  effects: Effect[],
  from: "value" | "iterated",
): void {
  const path = pathOf(target);
  if (path) {
    if (from === "value") effects.push({ kind: "bind", path, value, steps, at: target.span });
    else effects.push({ kind: "bind-iterated", path, iterable: value, steps, at: target.span });
  } else if (target.kind === "tuple" || target.kind === "list") {
    let star: UnpackStep["star"] = "none";
    target.items.forEach((item, index) => {
      const behind = target.items.length - 1 - index;
      const starred = item.kind === "starred";
      const step: UnpackStep = { index, behind, star: starred ? "self" : star };
      if (starred) star = "before";
      bindTarget(item.kind === "starred" ? item.value : item, value, [...steps, step], effects, from);
    });
  } else if (target.kind === "subscript") {
    const whole = from === "value" && steps.length === 0;
    setItem(target.object, target.index, whole ? value : null, target.span, effects);
  }
}

function bindOpaque(target: PyExpression, why: string, effects: Effect[]): void {
  const path = pathOf(target);
  if (path) effects.push({ kind: "bind-opaque", path, why, at: target.span });
  else if (target.kind === "tuple" || target.kind === "list")
    for (const item of target.items) bindOpaque(item, why, effects);
  else if (target.kind === "starred") bindOpaque(target.value, why, effects);
}

function setItem(
  object: PyExpression,
  index: PyExpression,
  value: PyExpression | null,
  at: Span,
  effects: Effect[],
): void {
  pushChange(effects, object, (path) => ({ kind: "set-item", path, object, index, value, at }));
}

/** The change of what an expression gives: of the variable that it is, or inside of the one that it is reached through. */
function pushChange(effects: Effect[], object: PyExpression, change: (path: string) => Change): void {
  const path = pathOf(object);
  if (path) effects.push(change(path));
  else for (const root of heldPaths(object)) effects.push(inside(root, change(root)));
}

function inside(path: string, change: Change): Effect {
  return { kind: "inside", path, change, at: change.at };
}

/** What a nested function does to variables that are not its own: attributes, `nonlocal` names, collections it changes. */
function inClosure(node: PyFunction, effects: Effect[]): void {
  const own = new Set(node.parameters.map((parameter) => parameter.name.text));
  const shared = new Set<string>();
  const changed = new Map<string, boolean>();
  const visit = (body: readonly PyStatement[]): void => {
    for (const statement of body) {
      if (statement.kind === "nonlocal") for (const name of statement.names) shared.add(name.text);
      for (const effect of effectsOf(statement)) {
        const changes = effect.kind === "mutate" || effect.kind === "set-item" || effect.kind === "inside";
        if (effect.kind === "pass" || effect.kind === "self-call" || effect.kind === "yield") continue;
        if (effect.path === RETURNED) continue;
        changed.set(effect.path, (changed.get(effect.path) ?? false) || !changes);
      }
      for (const block of blocksOf(statement)) visit(block);
    }
  };
  visit(node.body);
  const { text: name, span: at } = node.name;
  for (const [path, rebinds] of changed) {
    const root = path.split(".")[0] ?? path;
    if (own.has(root)) continue;
    if (rebinds && !path.includes(".") && !shared.has(path)) continue;
    effects.push({ kind: "closure", path, name, rebinds, at });
  }
}

/** Walruses, mutating calls, and variables handed to calls, anywhere in an expression (lambda bodies left out). */
function inExpression(expression: PyExpression, effects: Effect[], depth = 0): void {
  switch (expression.kind) {
    case "name":
    case "string":
    case "number":
    case "constant":
    case "lambda":
      return;
    default:
      if (depth > 150) return;
  }
  eachChild(expression, (child) => inExpression(child, effects, depth + 1));
  if (expression.kind === "walrus") {
    const { target, value } = expression;
    effects.push({ kind: "bind", path: target.text, value, steps: [], at: target.span });
  } else if (expression.kind === "call") {
    inCall(expression, effects);
  } else if (expression.kind === "yield" || expression.kind === "yield-from") {
    effects.push({ kind: "yield", path: YIELDED, expression, at: expression.span });
  }
}

function inCall(call: Call, effects: Effect[]): void {
  const { callee } = call;
  if (callee.kind === "attribute") {
    const { object } = callee;
    const method = callee.name.text;
    if (MUTATORS.has(method)) {
      pushChange(effects, object, (path) => ({ kind: "mutate", path, object, method, call, at: call.span }));
    }
    if (callee.object.kind === "name") {
      effects.push({
        kind: "self-call",
        path: `${callee.object.id}.()`,
        method: callee.name.text,
        call,
        at: call.span,
      });
    }
  }
  for (const argument of call.args) {
    if (argument.kind === "star" || argument.kind === "double-star") continue;
    const path = pathOf(argument.value);
    // The instance itself is handed around all the time; it is no collection that could change.
    if (path && path !== "self") effects.push({ kind: "pass", path, call, argument, at: argument.span });
  }
}

/** The offset behind which an effect has happened. */
export function effectEnd(effect: Effect): number {
  switch (effect.kind) {
    case "bind":
      return Math.max(effect.value.span.end, effect.at.end);
    case "bind-iterated":
      return effect.iterable.span.end;
    case "inside":
      return effectEnd(effect.change);
    case "mutate":
    case "pass":
    case "self-call":
      return effect.call.span.end;
    case "set-item":
    case "augment":
      return Math.max(effect.at.end, effect.value?.span.end ?? 0);
    default:
      return effect.at.end;
  }
}
