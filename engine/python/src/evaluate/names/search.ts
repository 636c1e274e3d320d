import type { PyExpression } from "#syntax";
import { iterationFrame } from "../flow/iteration-frame.ts";
import type { Interpreter } from "../interpreter.ts";
import { join } from "../values/join.ts";
import { unknownValue } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";
import type { CallPlace } from "./places.ts";
import type { ClassInfo, Frame } from "./scope.ts";
import { sourceIndex } from "./source-index.ts";

type Comprehension = Extract<PyExpression, { kind: "comprehension" | "dict-comprehension" }>;

/** The names under which the charm's own files may know these: import aliases, plain assignments, subclasses. */
export function nameClosure(cx: Interpreter, names: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(names);
  // A Set's iteration includes the members that are added during it.
  for (const name of all) {
    for (const module of cx.mentioning(name)) {
      for (const fresh of sourceIndex(module).renames.get(name) ?? []) all.add(fresh);
    }
  }
  return all;
}

/** The calls in the charm's own files that may call one of the names; all calls for null. In order of files and text. */
export function callPlaces(cx: Interpreter, names: ReadonlySet<string> | null): readonly CallPlace[] {
  if (names === null)
    return cx.own.flatMap((module) => [...sourceIndex(module).calls.values()].flat()).toSorted(byPlace);
  const key = [...names].sort().join(" ");
  return cx.remembered<readonly CallPlace[]>(
    cx.tree,
    `calls ${key}`,
    () => {
      const found: CallPlace[] = [];
      for (const name of nameClosure(cx, names)) {
        for (const module of cx.mentioning(name))
          for (const each of sourceIndex(module).calls.get(name) ?? []) found.push(each);
      }
      return found.sort(byPlace);
    },
    () => [],
  );
}

function byPlace(a: CallPlace, b: CallPlace): number {
  const [one, other] = [a.scope.module.path, b.scope.module.path];
  return one === other ? a.expression.span.start - b.expression.span.start : one < other ? -1 : 1;
}

/** The classes of the charm's own files that bear one of the names. */
export function classesNamed(cx: Interpreter, names: ReadonlySet<string>): readonly ClassInfo[] {
  const found = new Set<ClassInfo>();
  for (const name of names) {
    for (const module of cx.mentioning(name)) {
      for (const scope of sourceIndex(module).classesByName.get(name) ?? []) found.add(cx.classInfo(scope));
    }
  }
  return [...found];
}

/** The frame in which a call's arguments stand: comprehension variables around it are bound to all they can be. */
export function frameOfPlace(cx: Interpreter, place: CallPlace): Frame {
  let frame = cx.genericFrame(place.scope);
  for (const iteration of place.around.iterations) frame = withRound(cx, frame, iteration);
  return frame;
}

function withRound(cx: Interpreter, frame: Frame, iteration: Comprehension): Frame {
  let inner = frame;
  for (const clause of iteration.clauses) {
    const iterable = cx.evaluate(clause.iterable, inner);
    const items = cx.iterated(iterable);
    const values: PyValue[] = (items?.elements ?? []).map((one) => one.value);
    const why = items ? items.open : iterable.kind === "unknown" ? iterable.why : "its collection can't be read";
    if (why !== null || values.length === 0) values.push(unknownValue(why ?? "its collection is empty"));
    inner = iterationFrame(cx, inner, iteration, clause.target, join(values));
  }
  return inner;
}

/** Whether the class is handed to `main(…)`. */
export function isMainClass(cx: Interpreter, info: ClassInfo): boolean {
  return callPlaces(cx, new Set(["main"])).some((place) =>
    place.expression.args.some((argument) => {
      if (argument.value.kind !== "name" && argument.value.kind !== "attribute") return false;
      const value = cx.evaluate(argument.value, cx.genericFrame(place.scope));
      return value.kind === "class" && value.class === info;
    }),
  );
}
