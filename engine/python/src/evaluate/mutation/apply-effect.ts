import type { PyExpression } from "#syntax";
import { boundArguments } from "../calls/arguments.ts";
import { reachingMethods } from "../calls/method-reach.ts";
import { selfName } from "../calls/methods.ts";
import { eachChild } from "../expressions/expression-children.ts";
import { binaryValue } from "../expressions/operators.ts";
import { scopeFrame } from "../flow/iteration-frame.ts";
import { unpacked } from "../flow/unpack.ts";
import type { Interpreter } from "../interpreter.ts";
import { importedValue } from "../names/imports.ts";
import type { Frame } from "../names/scope.ts";
import { hop, placeIn, snippet } from "../names/snippet.ts";
import { lastName, sourceIndex } from "../names/source-index.ts";
import { join, optionsOfValue } from "../values/join.ts";
import { restingOn, sequence, unknownValue, whyUnread, withHop } from "../values/making.ts";
import type { FunctionValue, PyValue } from "../values/value.ts";
import { openedCollection } from "./dict-mutation.ts";
import type { Change, Effect } from "./effect.ts";
import { effectsOf } from "./effects.ts";
import { afterLinkedChange } from "./linked-change.ts";
import { changedIn } from "./links.ts";
import { mutated, withItem } from "./mutation.ts";

/** The variable's value after one effect of a statement; null: not bound. */
export function afterEffect(
  cx: Interpreter,
  effect: Effect,
  state: PyValue | null,
  frame: Frame,
  path: string,
  before: PyValue | null,
): PyValue | null {
  const { module } = frame.scope;
  switch (effect.kind) {
    case "bind": {
      const value = unpacked(cx, cx.evaluate(effect.value, withState(frame, effect, before)), effect.steps);
      const code = snippet(module.file, effect.value.span);
      const at = { start: effect.at.start, end: Math.max(effect.at.end, effect.value.span.end) };
      const named = subject(effect.path, frame);
      const part = effect.steps.length > 0 ? "is part of" : effect.path === "return" ? "gives" : "is";
      return withHop(value, hop(module, at, `${named} ${part} \`${code}\``));
    }
    case "bind-iterated": {
      const iterable = cx.evaluate(effect.iterable, frame);
      const elements = cx.iterated(iterable);
      const text = snippet(module.file, effect.iterable.span);
      const why = elements ? elements.open : (whyUnread(iterable) ?? `\`${text}\` can't be read`);
      const options = (elements?.elements ?? []).map((element) => unpacked(cx, element.value, effect.steps));
      if (why !== null || options.length === 0)
        options.push(unknownValue(`it is one of \`${text}\`: ${why ?? "which is empty"}`));
      return withHop(
        restingOn(join(options), [iterable]),
        hop(module, effect.at, `\`${effect.path}\` runs over \`${text}\``),
      );
    }
    case "bind-opaque":
      return unknownValue(effect.why);
    case "import":
      return effect.path === "*" ? state : importedValue(cx, module, effect.statement, effect.index);
    case "define":
      return defined(cx, effect, state, frame);
    case "delete":
      return null;
    case "inside":
      return afterLinkedChange(cx, effect, state, frame, (one) => changedInPlace(cx, effect.change, one, frame));
    case "mutate":
      return changed(state, (one) => mutated(cx, one, effect, frame));
    case "set-item":
      return changed(state, (one) => withItem(cx, one, effect, frame));
    case "augment": {
      if (!state) return null;
      const right = cx.evaluate(effect.value, frame);
      const at = placeIn(frame, effect.at);
      return binaryValue(
        cx,
        effect.operator.replace(/=$/, ""),
        state,
        right,
        at,
        snippet(module.file, effect.at),
        true,
      );
    }
    case "closure": {
      if (!state) return null;
      const why = `\`${effect.name}()\` may change it`;
      if (effect.rebinds) return join([state, unknownValue(why)]);
      return changed(state, (one) => openedCollection(one, why));
    }
    case "yield":
      return yielded(cx, effect, state, frame);
    case "pass":
      return changed(state, (one) => handedOver(cx, effect, one, frame));
    case "self-call":
      return afterSelfCall(cx, effect, state, frame, path);
  }
}

/** In `x = x + […]` the right side's `x` is the value before, in every iteration of every loop. */
function withState(frame: Frame, effect: Extract<Effect, { kind: "bind" }>, state: PyValue | null): Frame {
  if (!state || effect.path.includes(".") || !mentionsName(effect.value, effect.path)) return frame;
  return { ...frame, parent: frame, bindings: new Map([[effect.path, state]]), iteration: { span: effect.value.span } };
}

function mentionsName(expression: PyExpression, name: string, depth = 0): boolean {
  if (expression.kind === "name") return expression.id === name;
  let found = false;
  if (depth < 100) {
    eachChild(expression, (child) => {
      found ||= mentionsName(child, name, depth + 1);
    });
  }
  return found;
}

function subject(path: string, frame: Frame): string {
  if (path !== "return") return `\`${path}\``;
  const { node } = scopeFrame(frame).scope;
  return node.kind === "function" ? `\`${node.name.text}()\`` : "the function";
}

function changedInPlace(cx: Interpreter, change: Change, value: PyValue, frame: Frame): PyValue {
  return change.kind === "mutate" ? mutated(cx, value, change, frame) : withItem(cx, value, change, frame);
}

/** The same effect on a variable that is, or holds, the object under another name; see links.ts. */
export function afterEffectElsewhere(
  cx: Interpreter,
  effect: Effect,
  state: PyValue | null,
  frame: Frame,
  path: string,
  certain: boolean,
): PyValue | null {
  if (certain) return changed(state, (one) => inPlace(cx, effect, one, frame, path));
  return afterLinkedChange(cx, effect, state, frame, (one) => inPlace(cx, effect, one, frame, path));
}

/** Lists, sets and dicts change in their place; of anything else an effect on another name makes a new object. */
function inPlace(cx: Interpreter, effect: Effect, value: PyValue, frame: Frame, path: string): PyValue {
  const stays = value.kind === "dict" || (value.kind === "sequence" && value.type !== "tuple");
  return stays ? (afterEffect(cx, effect, value, frame, path, value) ?? value) : value;
}

function changed(state: PyValue | null, change: (value: PyValue) => PyValue): PyValue | null {
  if (!state) return null;
  return state.kind === "one-of" ? restingOn(join(state.options.map(change)), [state]) : change(state);
}

function defined(
  cx: Interpreter,
  effect: Extract<Effect, { kind: "define" }>,
  state: PyValue | null,
  frame: Frame,
): PyValue | null {
  const { definition } = effect;
  const scope = sourceIndex(frame.scope.module).scopes.get(definition);
  if (!scope) return unknownValue("the definition is nested too deeply");
  if (definition.kind === "class") {
    return { kind: "class", class: cx.classInfo(scope), because: [], configurable: [] };
  }
  const accessor = definition.decorators.some(
    (decorator) => decorator.kind === "attribute" && ["setter", "deleter"].includes(decorator.name.text),
  );
  if (accessor && state) return state;
  const owner = frame.scope.kind === "class" ? cx.classInfo(frame.scope) : null;
  const made: FunctionValue = {
    kind: "function",
    node: definition,
    frame,
    self: null,
    owner,
    because: [],
    configurable: [],
  };
  return made;
}

function yielded(
  cx: Interpreter,
  effect: Extract<Effect, { kind: "yield" }>,
  state: PyValue | null,
  frame: Frame,
): PyValue | null {
  const { expression, at } = effect;
  const list = state?.kind === "sequence" ? state : sequence("list", []);
  const value = expression.value ? cx.evaluate(expression.value, frame) : null;
  if (!value) return list;
  if (expression.kind !== "yield-from") {
    return { ...list, elements: [...list.elements, { value, condition: null, at: placeIn(frame, at) }] };
  }
  const items = cx.iterated(value);
  if (!items) return { ...list, open: list.open ?? "what it yields from can't be read" };
  return { ...list, elements: [...list.elements, ...items.elements], open: list.open ?? items.open };
}

/** A list, set or dict is handed to a function of the tree that changes what it gets. */
function handedOver(cx: Interpreter, effect: Extract<Effect, { kind: "pass" }>, state: PyValue, frame: Frame): PyValue {
  if (state.kind !== "sequence" && state.kind !== "dict") return state;
  const callee = optionsOfValue(cx.evaluate(effect.call.callee, frame))[0];
  if (callee?.kind !== "function" || callee.node.kind !== "function") return state;
  const { node } = callee;
  const own = node.parameters.filter((parameter) => parameter.kind !== "marker");
  const index = effect.call.args.indexOf(effect.argument) + (callee.self ? 1 : 0);
  const name = effect.argument.name?.text ?? own[index]?.name.text;
  if (name === undefined || !changedIn(node.body).has(name)) return state;
  const rebinds = node.body.some((statement) =>
    effectsOf(statement).some(
      (one) => one.path === name && !["mutate", "set-item", "inside", "augment", "pass", "closure"].includes(one.kind),
    ),
  );
  const inner = cx.methodFrame(callee);
  const after = rebinds ? null : cx.state({ path: name, body: node.body, frame: inner, start: state, until: null });
  if (after && after.kind === state.kind) return after;
  return openedCollection(state, `\`${node.name.text}()\` may change it`);
}

/** `self.method()` may bind or change `self.attribute`: the method's statements are followed. */
function afterSelfCall(
  cx: Interpreter,
  effect: Extract<Effect, { kind: "self-call" }>,
  state: PyValue | null,
  frame: Frame,
  path: string,
): PyValue | null {
  const { callee } = effect.call;
  if (lastName(callee) !== effect.method) return state;
  const target = optionsOfValue(cx.evaluate(callee, frame))[0];
  if (target?.kind !== "function" || target.node.kind !== "function" || !target.self) return state;
  const { node } = target;
  const self = selfName(node);
  if (self === null) return state;
  const attribute = path.slice(path.indexOf(".") + 1);
  const inner = `${self}.${attribute}`;
  const info = target.self.kind === "instance" ? target.self.class : null;
  if (!info || !reachingMethods(cx, info, attribute).has(effect.method)) return state;
  const own = cx.callFrame(target, boundArguments(cx, effect.call.args, frame));
  return cx.guarded<PyValue | null>(
    node,
    `after ${attribute}`,
    () => cx.state({ path: inner, body: node.body, frame: own, start: state, until: null }),
    () => state,
  );
}
