import type { PyExpression } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import type { ClassInfo, Frame, Scope } from "../names/scope.ts";
import { hop, snippet } from "../names/snippet.ts";
import { sourceIndex } from "../names/source-index.ts";
import { classMember, decoratedBy } from "../objects/lineage.ts";
import { join, optionsOfValue } from "../values/join.ts";
import { unknownValue, withHop } from "../values/making.ts";
import type { BoundArguments, FunctionValue, PyValue } from "../values/value.ts";
import { boundArguments, parameterBindings } from "./arguments.ts";

const STATIC: ReadonlySet<string> = new Set(["staticmethod"]);
const OF_CLASS: ReadonlySet<string> = new Set(["classmethod"]);

/**
 * A parameter of a function of which only the definition is looked at: `self` is some instance of the class, every
 * other one whatever the calls in the tree pass, or an instance of the class that its annotation names.
 */
export function parameterValue(cx: Interpreter, frame: Frame, name: string): PyValue {
  const { scope } = frame;
  const { node } = scope;
  if (node.kind === "lambda") return unknownValue(`\`${name}\` is passed when the lambda is called`);
  if (node.kind !== "function") return unknownValue(`\`${name}\` is no parameter`);
  return cx.remembered<PyValue>(
    frame,
    `parameter ${name}`,
    () => receiver(cx, scope, name) ?? fromCallers(cx, frame, scope, name),
    (why) => unknownValue(why),
  );
}

function receiver(cx: Interpreter, scope: Scope, name: string): PyValue | null {
  const { node, parent } = scope;
  if (node.kind !== "function" || parent?.kind !== "class" || decoratedBy(node, STATIC)) return null;
  const first = node.parameters.find((parameter) => parameter.kind === "plain");
  if (first?.name.text !== name) return null;
  const info = cx.classInfo(parent);
  if (decoratedBy(node, OF_CLASS)) return { kind: "class", class: info, because: [], configurable: [] };
  return cx.someInstance(info);
}

function fromCallers(cx: Interpreter, frame: Frame, scope: Scope, name: string): PyValue {
  const { node, module } = scope;
  if (node.kind !== "function") return unknownValue(`\`${name}\` is no parameter`);
  const parameter = node.parameters.find((one) => one.name.text === name);
  const calls = callersOf(cx, scope);
  const values: PyValue[] = [];
  for (const call of calls) {
    const value = parameterBindings(cx, call.fn, call.arguments).get(name);
    if (value) values.push(value);
  }
  const joined = values.length > 0 ? join(values) : null;
  if (joined && joined.kind !== "unknown") return joined;
  const typed = parameter?.annotation ? annotated(cx, parameter.annotation, frame.parent ?? frame) : null;
  if (typed) return typed;
  if (joined) return joined;
  if (parameter?.kind === "plain" && parameter.default && !isMentioned(cx, node.name.text)) {
    const text = `parameter \`${name}\` has the default \`${snippet(module.file, parameter.default.span)}\` and no call in the tree`;
    return withHop(cx.evaluate(parameter.default, frame.parent ?? frame), hop(module, parameter.span, text));
  }
  return unknownValue(`no call of \`${node.name.text}()\` in the charm's tree tells what \`${name}\` is`);
}

function isMentioned(cx: Interpreter, name: string): boolean {
  return cx.mentioning(name).some((module) => sourceIndex(module).mentions.has(name));
}

/** An instance of the class that an annotation names; null for anything but a class. */
function annotated(cx: Interpreter, annotation: PyExpression, frame: Frame): PyValue | null {
  if (annotation.kind === "binary" && annotation.operator === "|") {
    return annotated(cx, annotation.left, frame) ?? annotated(cx, annotation.right, frame);
  }
  if (annotation.kind === "subscript") {
    const generic = annotation.object;
    const optional =
      (generic.kind === "name" ? generic.id : generic.kind === "attribute" ? generic.name.text : "") === "Optional";
    return optional ? annotated(cx, annotation.index, frame) : null;
  }
  let value: PyValue;
  if (annotation.kind === "string") {
    if (!/^[A-Za-z_]\w*$/.test(annotation.value)) return null;
    value = cx.name(annotation.value, frame, annotation.span);
  } else value = cx.evaluate(annotation, frame);
  if (value.kind === "class") return cx.someInstance(value.class);
  if (value.kind !== "external" || value.constant || /^(builtins|typing|collections)\./.test(value.name)) return null;
  return {
    kind: "instance",
    class: null,
    external: [value.name],
    arguments: null,
    call: null,
    callee: null,
    because: value.because,
    configurable: [],
  };
}

interface Caller {
  readonly fn: FunctionValue;
  readonly arguments: BoundArguments;
}

/** The calls in the tree that run the function, with what they pass. */
function callersOf(cx: Interpreter, scope: Scope): readonly Caller[] {
  const { node, parent } = scope;
  if (node.kind !== "function") return [];
  const info = parent?.kind === "class" ? cx.classInfo(parent) : null;
  const names = new Set([node.name.text]);
  if (info && node.name.text === "__init__") {
    names.add(info.name);
    for (const one of cx.subclasses(info)) names.add(one.name);
  }
  return cx.callsOf(names).flatMap((place) => {
    const frame = cx.frameOfCall(place);
    const callers: Caller[] = [];
    for (const callee of optionsOfValue(cx.evaluate(place.expression.callee, frame))) {
      const fn = calledFunctionOf(cx, callee, node);
      if (fn) callers.push({ fn, arguments: boundArguments(cx, place.expression.args, frame) });
    }
    return callers;
  });
}

/** The function if calling `callee` runs just this one, bound as it then is; else null. */
export function calledFunctionOf(cx: Interpreter, callee: PyValue, node: FunctionValue["node"]): FunctionValue | null {
  if (callee.kind === "function") return callee.node === node ? callee : null;
  if (callee.kind !== "class") return null;
  const init = classMember(cx, callee.class, "__init__");
  if (init?.value.kind !== "function" || init.value.node !== node) return null;
  return { ...init.value, self: cx.someInstance(callee.class) };
}

/** The arguments of every call in the tree that makes an instance of just this class. */
export function constructionsOf(cx: Interpreter, info: ClassInfo): readonly BoundArguments[] {
  return cx.callsOf(new Set([info.name])).flatMap((place) => {
    const frame = cx.frameOfCall(place);
    const made = optionsOfValue(cx.evaluate(place.expression.callee, frame)).some(
      (callee) => callee.kind === "class" && callee.class === info,
    );
    return made ? [boundArguments(cx, place.expression.args, frame)] : [];
  });
}
