import type { Location, PyExpression, PyFunction } from "#syntax";
import type { Condition } from "../../condition/condition.ts";
import type { Reason } from "../../fact/reason.ts";
import type { Interpreter } from "../interpreter.ts";
import type { CallPlace } from "../names/places.ts";
import type { ClassInfo, Frame, Module, Scope } from "../names/scope.ts";
import { lastName } from "../names/source-index.ts";
import { argumentsForExternalBase } from "../objects/construction.ts";
import { optionsOfValue } from "../values/join.ts";
import type { BoundArguments, InstanceValue, PyValue } from "../values/value.ts";
import { boundArguments } from "./arguments.ts";
import { conditionOfCall } from "./condition.ts";

/** A call whose callee was resolved. */
export interface CallSite {
  readonly module: Module;
  readonly expression: Extract<PyExpression, { kind: "call" }>;
  readonly call: Location;
  readonly callee: Location;
  /** What the callee resolved to: the dotted name that matched, e.g. `coordinated_workers.coordinator.Coordinator`. */
  readonly matched: string;
  /** The last name of the callee as written (`TempoCoordinator`). */
  readonly name: string;
  /** The class of the tree that was called, where a subclass was. */
  readonly class: ClassInfo | null;
  /** The arguments as the matched external class receives them: a subclass's `__init__` is followed to its `super().__init__`. */
  readonly arguments: BoundArguments;
  readonly scope: Scope;
  readonly frame: Frame;
  readonly function: PyFunction | null;
  /** The class around the call. */
  readonly enclosingClass: ClassInfo | null;
  /** Python text under which the call runs (tests around it, early returns before it, its function's callers); null: always. */
  readonly condition: Condition | null;
  readonly because: readonly Reason[];
}

/** Calls whose callee resolves to one of the names, or to a class of the tree that descends from one. */
export function callsTo(cx: Interpreter, names: readonly string[] | ((name: string) => boolean)): readonly CallSite[] {
  const matches = typeof names === "function" ? names : (name: string) => names.includes(name);
  const last = typeof names === "function" ? null : new Set(names.map((name) => name.slice(name.lastIndexOf(".") + 1)));
  const sites: CallSite[] = [];
  for (const place of cx.callsOf(last)) {
    const frame = cx.frameOfCall(place);
    for (const callee of optionsOfValue(cx.evaluate(place.expression.callee, frame))) {
      const matched = matchedName(cx, callee, matches);
      if (matched === null) continue;
      sites.push(siteOf(cx, place, frame, callee, matched));
      break;
    }
  }
  return sites;
}

/** Calls by the last name of what is called, whatever it resolves to. */
export function callsByName(cx: Interpreter, names: readonly string[]): readonly CallSite[] {
  const wanted = new Set(names);
  return cx
    .callsOf(wanted)
    .filter((place) => wanted.has(lastName(place.expression.callee) ?? ""))
    .map((place) => {
      const frame = cx.frameOfCall(place);
      const callee = optionsOfValue(cx.evaluate(place.expression.callee, frame))[0];
      const matched = callee?.kind === "external" ? callee.name : "";
      return siteOf(cx, place, frame, callee ?? null, matched);
    });
}

function matchedName(cx: Interpreter, callee: PyValue, matches: (name: string) => boolean): string | null {
  if (callee.kind === "external") return matches(callee.name) ? callee.name : null;
  if (callee.kind === "class") return cx.lineage(callee.class).external.find(matches) ?? null;
  return null;
}

function siteOf(cx: Interpreter, place: CallPlace, frame: Frame, callee: PyValue | null, matched: string): CallSite {
  const { expression, scope } = place;
  const { file } = scope.module;
  const call: Location = { file, span: expression.span };
  const at: Location = { file, span: expression.callee.span };
  const info = callee?.kind === "class" ? callee.class : null;
  // Both are worked out when asked for: most calls are looked at for their callee only.
  let condition: Condition | null | undefined;
  let received: BoundArguments | null = null;
  let around: Scope | null = scope;
  while (around && around.kind !== "function") around = around.kind === "class" ? null : around.parent;
  let body: Scope | null = scope;
  while (body && body.kind !== "class") body = body.parent;
  return {
    module: scope.module,
    expression,
    call,
    callee: at,
    matched,
    name: lastName(expression.callee) ?? "",
    class: info,
    scope,
    frame,
    function: around?.node.kind === "function" ? around.node : null,
    enclosingClass: body ? cx.classInfo(body) : null,
    get condition() {
      if (condition === undefined) condition = conditionOfCall(cx, place);
      return condition;
    },
    get arguments() {
      received ??= receivedArguments(cx, place, frame, info);
      return received;
    },
    because: callee?.because ?? [],
  };
}

function receivedArguments(cx: Interpreter, place: CallPlace, frame: Frame, info: ClassInfo | null): BoundArguments {
  const { expression, scope } = place;
  const args = boundArguments(cx, expression.args, frame);
  if (!info) return args;
  const made: InstanceValue = {
    kind: "instance",
    class: info,
    external: cx.lineage(info).external,
    arguments: args,
    call: { file: scope.module.file, span: expression.span },
    callee: { file: scope.module.file, span: expression.callee.span },
    because: [],
    configurable: [],
  };
  return argumentsForExternalBase(cx, made);
}
