import type { PyStatement, Span } from "#syntax";
import type { Condition } from "../../condition/condition.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Effect } from "../mutation/effect.ts";
import type { Link } from "../mutation/links.ts";
import type { Frame } from "../names/scope.ts";
import { placeIn } from "../names/snippet.ts";
import { met } from "../values/join.ts";
import type { PyValue } from "../values/value.ts";

/** One way through the statements: the variable's value on it (null: not bound), and the tests that led here. */
export interface Way {
  readonly state: PyValue | null;
  readonly guard: Condition | null;
}

export interface Walk {
  readonly cx: Interpreter;
  readonly path: string;
  /** For an attribute of a variable that may be bound anew: that variable. */
  readonly root: string | null;
  /** Paths that a statement must touch to concern the variable. */
  readonly concerning: readonly string[];
  readonly until: number | null;
  /** For an attribute of `self`: the methods whose call may change it; null: any. */
  readonly reaching: ReadonlySet<string> | null;
  /** Other variables through which the walk's own may be changed. */
  readonly links: ReadonlyMap<string, Link>;
  /** What an effect on one of them does to it; `certain` where both surely are one object. */
  readonly applyElsewhere: (
    effect: Effect,
    state: PyValue | null,
    frame: Frame,
    path: string,
    certain: boolean,
  ) => PyValue | null;
  readonly apply: (
    effect: Effect,
    state: PyValue | null,
    frame: Frame,
    path: string,
    before: PyValue | null,
  ) => PyValue | null;
  /** Ways that left the whole block by `return`. */
  readonly returns: Way[];
  /** Inside of a `try`, the states that the variable went through: an exception may be raised at any of them. */
  passing: (PyValue | null)[] | null;
  /** Set as soon as the place of the use is reached. */
  found: Way | null;
}

/** Where `break` and `continue` lead. */
export interface LoopExits {
  readonly breaks: Way[];
  readonly continues: Way[];
}

/** Follows a block of statements; null where its end is not reached. */
export type RunBlock = (
  walk: Walk,
  block: readonly PyStatement[],
  start: Way,
  frame: Frame,
  loop: LoopExits | null,
) => Way | null;

/** The state after two ways met; a way on which the variable is not bound does not count, its use would raise. */
export function metStates(
  a: PyValue | null,
  b: PyValue | null,
  ifFirst: Condition,
  ifSecond: Condition,
): PyValue | null {
  if (a === null) return b;
  return b === null ? a : met(a, b, ifFirst, ifSecond);
}

/** The walk's attribute of an object that its variable is bound to. */
export function attributeOfRoot(walk: Walk, object: PyValue, frame: Frame, at: Span): PyValue {
  return walk.cx.attribute(object, walk.path.slice(walk.path.indexOf(".") + 1), placeIn(frame, at));
}
