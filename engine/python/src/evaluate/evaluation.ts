import type { Location, PyExpression, PyStatement } from "#syntax";
import { type CallSite, callsByName, callsTo } from "./calls/find-calls.ts";
import { touchedIn } from "./flow/touched.ts";
import type { ClassInfo, Frame, Scope } from "./names/scope.ts";
import { sourceIndex } from "./names/source-index.ts";
import { argumentsForExternalBase } from "./objects/construction.ts";
import { interpreterOf, type Program } from "./program.ts";
import type { Argument, BoundArguments, InstanceValue, PyValue, SequenceValue } from "./values/value.ts";

/*
 * The face of the evaluator: what readers of charms may use of this folder.
 */

export { namedArguments } from "./calls/arguments.ts";
export type { CallSite } from "./calls/find-calls.ts";
export type { ConfigDefault } from "./interpreter.ts";
export type * from "./names/scope.ts";
export { isInstanceOf } from "./objects/lineage.ts";
export { configOf, type Program, program, takesConfig } from "./program.ts";
export {
  asBool,
  asCoercedIntList,
  asDict,
  asInt,
  asIntList,
  asString,
  asStringList,
  orNone,
  whyNot,
} from "./values/as-fact.ts";
export { optionsOfValue } from "./values/join.ts";
export type * from "./values/value.ts";

/** The value of an expression that stands in the frame. Never throws; what can't be read is `unknown` with the reason. */
export function evaluate(program: Program, expression: PyExpression, frame: Frame): PyValue {
  return interpreterOf(program).evaluate(expression, frame);
}

/** The value of an argument. */
export function argumentValue(program: Program, argument: Argument): PyValue {
  return interpreterOf(program).argument(argument);
}

/** Every call in the charm's own files whose callee resolves, through aliases, re-exports and subclasses, to one of the dotted names. */
export function findCalls(
  program: Program,
  names: readonly string[] | ((name: string) => boolean),
): readonly CallSite[] {
  return callsTo(interpreterOf(program), names);
}

/** Every call `….name(…)` or `name(…)` in the charm's own files, whatever it resolves to (`set_ports` on any receiver); `matched` is "" where unresolved. */
export function callsNamed(program: Program, names: readonly string[]): readonly CallSite[] {
  return callsByName(interpreterOf(program), names);
}

/** Calling a value (a lambda, a function, a bound method) with values by position. */
export function callWith(program: Program, callee: PyValue, args: readonly PyValue[], at: Location): PyValue {
  return interpreterOf(program).callPlain(callee, args, at);
}

/** The elements that iterating the value gives; null where it can't be iterated or is unknown. */
export function iterated(program: Program, value: PyValue): SequenceValue | null {
  return interpreterOf(program).iterated(value);
}

/** The classes in the charm's own files. */
export function classesOf(program: Program): readonly ClassInfo[] {
  const cx = interpreterOf(program);
  return cx.own.flatMap((module) => sourceIndex(module).classes.map((scope) => cx.classInfo(scope)));
}

/** The scopes of the functions and methods in the charm's own files. */
export function functionsOf(program: Program): readonly Scope[] {
  return interpreterOf(program).own.flatMap((module) => sourceIndex(module).functions);
}

/** The frame of a function for an unknown call: its parameters are joined over what the callers in the tree pass. */
export function genericFrame(program: Program, scope: Scope): Frame {
  return interpreterOf(program).genericFrame(scope);
}

/** The dotted names of a class's bases outside the tree, nearest first. */
export function externalBases(program: Program, info: ClassInfo): readonly string[] {
  return interpreterOf(program).lineage(info).external;
}

/** The arguments with which an instance's nearest base outside the tree is made: a subclass's `__init__` is followed to its `super().__init__`. */
export function baseArguments(program: Program, instance: InstanceValue): BoundArguments {
  return argumentsForExternalBase(interpreterOf(program), instance);
}

/** The names that the bodies of a class and of its ancestors in the tree bind: fields and methods. */
export function namesInBodies(program: Program, info: ClassInfo): ReadonlySet<string> {
  const bodies = interpreterOf(program)
    .lineage(info)
    .classes.map((each) => each.node.body);
  return new Set(bodies.flatMap((body) => [...touchedIn(body), ...body.flatMap(annotatedName)]));
}

/** `name: int` alone binds nothing, and is a field all the same. */
function annotatedName(statement: PyStatement): readonly string[] {
  return statement.kind === "annotated-assign" && statement.target.kind === "name" ? [statement.target.id] : [];
}
