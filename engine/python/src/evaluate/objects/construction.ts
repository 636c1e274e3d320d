import type { PyFunction } from "#syntax";
import { boundArguments } from "../calls/arguments.ts";
import { methodsOf, methodValue } from "../calls/methods.ts";
import type { Interpreter } from "../interpreter.ts";
import type { ClassInfo, Frame } from "../names/scope.ts";
import { sourceIndex } from "../names/source-index.ts";
import { noArguments } from "../values/making.ts";
import type { BoundArguments, InstanceValue } from "../values/value.ts";

/** The `__init__` functions of a class and its ancestors in the tree, nearest first. */
function initialisers(cx: Interpreter, info: ClassInfo): readonly { owner: ClassInfo; method: PyFunction }[] {
  return cx.lineage(info).classes.flatMap((owner) =>
    methodsOf(owner)
      .filter((method) => method.name.text === "__init__")
      .map((method) => ({ owner, method })),
  );
}

/** The frame in which an `__init__` of the lineage runs for this instance: with the arguments that reach it. */
export function initialFrame(cx: Interpreter, instance: InstanceValue, owner: ClassInfo, method: PyFunction): Frame {
  const fn = methodValue(instance, owner, method);
  if (method.name.text !== "__init__" || !instance.arguments || !instance.class) return cx.methodFrame(fn);
  const inits = initialisers(cx, instance.class);
  const index = inits.findIndex((each) => each.method === method);
  if (index === 0) return cx.callFrame(fn, instance.arguments);
  const nearer = inits[index - 1];
  const passed = nearer ? superArguments(cx, instance, nearer.owner, nearer.method) : null;
  return cx.callFrame(fn, passed ?? noArguments("how it is called can't be read"));
}

/** What an `__init__` passes to the next one by `super().__init__(…)` or `Base.__init__(self, …)`; null where it calls none. */
function superArguments(
  cx: Interpreter,
  instance: InstanceValue,
  owner: ClassInfo,
  init: PyFunction,
): BoundArguments | null {
  const place = superCall(owner, init);
  if (!place) return null;
  const args = boundArguments(cx, place.expression.args, initialFrame(cx, instance, owner, init));
  const { callee } = place.expression;
  const explicit = callee.kind === "attribute" && callee.object.kind !== "call";
  return explicit ? { ...args, positional: args.positional.slice(1) } : args;
}

function superCall(owner: ClassInfo, init: PyFunction) {
  const calls = sourceIndex(owner.module).calls.get("__init__") ?? [];
  return calls.find((one) => one.scope.node === init) ?? null;
}

/**
 * The arguments with which the first ancestor outside the tree is made: the instance's own where no class of the tree
 * has an `__init__`, else what the last of those passes on.
 */
export function argumentsForExternalBase(cx: Interpreter, instance: InstanceValue): BoundArguments {
  if (!instance.class || !instance.arguments) return instance.arguments ?? noArguments("how it is made can't be read");
  const last = initialisers(cx, instance.class).at(-1);
  if (!last) return instance.arguments;
  return superArguments(cx, instance, last.owner, last.method) ?? noArguments("its base's `__init__` is not called");
}
