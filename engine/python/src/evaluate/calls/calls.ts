import type { Location, PyExpression } from "#syntax";
import { builtinResult } from "../builtins/builtin-functions.ts";
import { methodResult } from "../builtins/value-methods.ts";
import { scopeFrame } from "../flow/iteration-frame.ts";
import { touchedIn } from "../flow/touched.ts";
import type { CallPosition, Interpreter } from "../interpreter.ts";
import { RETURNED, YIELDED } from "../mutation/effect.ts";
import type { Frame } from "../names/scope.ts";
import { placeIn, snippet } from "../names/snippet.ts";
import { sourceIndex } from "../names/source-index.ts";
import { isEnum, memberByValue } from "../objects/enums.ts";
import { decoratedBy } from "../objects/lineage.ts";
import { join } from "../values/join.ts";
import {
  dictionary,
  externalInstance,
  identityOf,
  NONE,
  noArguments,
  restingOn,
  stringValue,
  unknownValue,
} from "../values/making.ts";
import type { BoundArguments, ClassValue, FunctionValue, InstanceValue, PyValue } from "../values/value.ts";
import { boundArguments, parameterBindings } from "./arguments.ts";

type Call = Extract<PyExpression, { kind: "call" }>;

/** Decorators that leave what a function returns as it is. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  "property",
  "cached_property",
  "computed_field",
  "staticmethod",
  "classmethod",
  "cache",
  "lru_cache",
  "override",
  "final",
  "abstractmethod",
  "abstractproperty",
  "no_type_check",
  "deprecated",
  "wraps",
  "validate_call",
  "setter",
  "getter",
]);
const ABSTRACT: ReadonlySet<string> = new Set(["abstractmethod", "abstractproperty"]);

/** The value of a call expression. */
export function callValue(cx: Interpreter, call: Call, frame: Frame): PyValue {
  const { callee } = call;
  const at: CallPosition = { call: placeIn(frame, call.span), callee: placeIn(frame, callee.span) };
  if (callee.kind === "name" && callee.id === "super" && call.args.length === 0) return superValue(cx, frame);
  if (callee.kind === "attribute") {
    const receiver = cx.evaluate(callee.object, frame);
    if (["string", "template", "sequence", "dict", "one-of"].includes(receiver.kind) || hasConstant(receiver)) {
      const result = methodOfValue(cx, receiver, callee.name.text, call, frame, at);
      if (result) return result;
    }
  }
  const target = cx.evaluate(callee, frame);
  return cx.call(target, boundArguments(cx, call.args, frame), at);
}

function hasConstant(value: PyValue): boolean {
  return value.kind === "enum-member" || (value.kind === "external" && value.constant !== null);
}

function methodOfValue(
  cx: Interpreter,
  receiver: PyValue,
  name: string,
  call: Call,
  frame: Frame,
  at: CallPosition,
): PyValue | null {
  if (receiver.kind === "one-of") {
    const plain = receiver.options.filter((one) => ["string", "template", "sequence", "dict"].includes(one.kind));
    const rest = receiver.options.filter((one) => one.kind !== "none" && !plain.includes(one));
    if (plain.length === 0 || rest.length > 0) return null;
    const args = boundArguments(cx, call.args, frame);
    const results = plain.map((one) => methodResult(cx, one, name, args, at.call) ?? notFollowed(frame, call));
    return restingOn(join(results), [receiver]);
  }
  const result = methodResult(cx, receiver, name, boundArguments(cx, call.args, frame), at.call);
  if (result) return result;
  return hasConstant(receiver) ? null : restingOn(notFollowed(frame, call), [receiver]);
}

function notFollowed(frame: Frame, call: Call): PyValue {
  return unknownValue(`\`${snippet(frame.scope.module.file, call.span)}\` can't be followed`);
}

/** `super()` in a method: attributes behind the class around it. */
function superValue(cx: Interpreter, frame: Frame): PyValue {
  let at: Frame | null = scopeFrame(frame);
  while (at && at.scope.kind !== "function") at = at.parent && scopeFrame(at.parent);
  const parent = at?.scope.parent;
  const node = at?.scope.node;
  const first = node?.kind === "function" ? node.parameters.find((parameter) => parameter.kind === "plain") : undefined;
  if (!at || parent?.kind !== "class" || !first) return unknownValue("`super()` stands outside of a method");
  const self = at.bindings?.get(first.name.text) ?? cx.parameter(at, first.name.text);
  if (self.kind !== "instance") return unknownValue("the instance of `super()` can't be read");
  return { kind: "super", after: cx.classInfo(parent), instance: self, because: [], configurable: [] };
}

/** Calling a value. */
export function calledValue(cx: Interpreter, callee: PyValue, args: BoundArguments, at: CallPosition): PyValue {
  switch (callee.kind) {
    case "function":
      return restingOn(cx.returned(callee, cx.callFrame(callee, args)), callee.because.length > 0 ? [callee] : []);
    case "class":
      return restingOn(instantiated(cx, callee, args, at), [callee]);
    case "external":
      return restingOn(
        builtinResult(cx, callee.name, args, at.call) ?? externalInstance(callee.name, args, at.call, at.callee),
        [callee],
      );
    case "one-of":
      return restingOn(join(callee.options.filter((one) => one.kind !== "none").map((one) => cx.call(one, args, at))), [
        callee,
      ]);
    case "unknown":
      return callee;
    default:
      return unknownValue(
        `what calling \`${snippet(at.callee.file, at.callee.span)}\` gives can't be read`,
        callee.because,
      );
  }
}

function instantiated(cx: Interpreter, callee: ClassValue, args: BoundArguments, at: CallPosition): PyValue {
  const info = callee.class;
  if (isEnum(cx, info)) {
    const [first] = args.positional;
    const member = first ? memberByValue(cx, info, cx.argument(first)) : null;
    return member ?? unknownValue(`which member of \`${info.name}\` it is is only known when the charm runs`);
  }
  const { external } = cx.lineage(info);
  if (external.some((name) => name.endsWith(".TypedDict"))) {
    const entries = [...args.keywords].map(([name, one]) => ({
      key: stringValue(name),
      value: cx.argument(one),
      condition: one.condition,
      keyAt: one.keyword ?? one.at,
      at: one.at,
    }));
    return dictionary(entries, args.open, at.call);
  }
  const made: InstanceValue = {
    kind: "instance",
    class: info,
    external,
    arguments: args,
    call: at.call,
    callee: at.callee,
    because: [],
    configurable: [],
  };
  return made;
}

/** Nested calls of one function beyond this are recursion. */
const MOST_NESTED = 4;

/** What a function gives back in the frame: its returns joined, or the elements that it yields. */
export function returnedValue(cx: Interpreter, fn: FunctionValue, frame: Frame): PyValue {
  const { node } = fn;
  if (node.kind === "lambda") return nested(cx, fn, () => cx.evaluate(node.body, frame));
  for (const decorator of node.decorators) {
    if (!decoratedBy({ ...node, decorators: [decorator] }, TRANSPARENT)) {
      const text = snippet(fn.frame.scope.module.file, decorator.span);
      return unknownValue(`\`${node.name.text}\` is decorated by \`${text}\`, which may change what it gives`);
    }
  }
  const { body } = node;
  if (decoratedBy(node, ABSTRACT) && !touchedIn(body).has(RETURNED)) {
    return unknownValue(`\`${node.name.text}\` is abstract`);
  }
  const path = touchedIn(body).has(YIELDED) ? YIELDED : RETURNED;
  const result = nested(cx, fn, () =>
    cx.state({ path, body, frame, start: path === YIELDED ? null : fallenOff(fn), until: null }),
  );
  return result ?? unknownValue(`\`${node.name.text}\` never returns`);
}

/** What a function gives that reaches its end: None, unless a `return` may hide in what is being typed. */
function fallenOff({ node, frame }: FunctionValue): PyValue {
  const { start, end } = node.span;
  const { recovered } = frame.scope.module.tree;
  const hidden = recovered.some((piece) => piece.start <= end && start <= piece.end);
  return hidden ? unknownValue("the source is damaged here") : NONE;
}

function nested<T extends PyValue | null>(cx: Interpreter, fn: FunctionValue, compute: () => T): T | PyValue {
  const { node } = fn;
  const name = node.kind === "function" ? `\`${node.name.text}\`` : "the lambda";
  const attempt = (level: number): T | PyValue =>
    cx.guarded<T | PyValue>(node, `call ${level}`, compute, (why) =>
      level < MOST_NESTED && why === cx.cycle
        ? attempt(level + 1)
        : unknownValue(why === cx.cycle ? `${name} calls itself` : why),
    );
  return attempt(0);
}

/** The frame of one call of a function. */
export function callFrame(cx: Interpreter, fn: FunctionValue, args: BoundArguments): Frame {
  const scope = sourceIndex(fn.frame.scope.module).scopes.get(fn.node);
  const bindings = parameterBindings(cx, fn, args);
  return { scope: scope ?? fn.frame.scope, parent: fn.frame, bindings, generic: false, iteration: null };
}

/** The frame of a function for an unknown call: `self` is bound, other parameters are joined over the callers. */
export function methodFrame(cx: Interpreter, fn: FunctionValue): Frame {
  const make = (): Frame => {
    const scope = sourceIndex(fn.frame.scope.module).scopes.get(fn.node) ?? fn.frame.scope;
    const first = fn.node.parameters.find((parameter) => parameter.kind === "plain");
    const bindings = fn.self && first ? new Map([[first.name.text, fn.self]]) : null;
    return { scope, parent: fn.frame, bindings, generic: true, iteration: null };
  };
  // One frame for one method of one instance, so that what was worked out in it is found again.
  if (fn.self?.kind !== "instance" || fn.frame.scope.kind !== "class") return make();
  return cx.remembered<Frame>(identityOf(fn.self), fn.node, make, make);
}

/** Calling with plain values by position. */
export function callWithValues(cx: Interpreter, callee: PyValue, values: readonly PyValue[], at: Location): PyValue {
  const positional = values.map((value) => ({
    name: null,
    keyword: null,
    at,
    expression: null,
    frame: null,
    value,
    condition: null,
  }));
  return cx.call(callee, { ...noArguments(), positional }, { call: at, callee: at });
}
