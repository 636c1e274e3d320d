import type { PyStatement, Span } from "#syntax";
import type { Condition } from "../../condition/condition.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Effect } from "../mutation/effect.ts";
import type { Link } from "../mutation/links.ts";
import type { Frame } from "../names/scope.ts";
import { placeIn } from "../names/snippet.ts";
import { joinedBranches } from "../values/join.ts";
import type { PyValue } from "../values/value.ts";

/** The state of the variable on one path of the control flow: its value (null: not bound), and the tests that led here. */
export interface FlowState {
  readonly state: PyValue | null;
  readonly guard: Condition | null;
}

/** One analysis: the value of one variable (`path`) up to one place (`until`; null: the end of the block). */
export interface FlowAnalysis {
  readonly cx: Interpreter;
  readonly path: string;
  /** For an attribute of a variable that may be bound anew: that variable. */
  readonly root: string | null;
  /** Paths that a statement must touch to concern the variable. */
  readonly concerning: readonly string[];
  readonly until: number | null;
  /** For an attribute of `self`: the methods whose call may change it; null: any. */
  readonly reaching: ReadonlySet<string> | null;
  /** Other variables through which this one may be changed. */
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
  /** States in which a `return` left the whole block. */
  readonly returns: FlowState[];
  /** Inside of a `try`, the states that the variable went through: an exception may be raised at any of them. */
  passing: (PyValue | null)[] | null;
  /** Set as soon as the place of the use is reached. */
  found: FlowState | null;
}

/** Where `break` and `continue` lead. */
export interface LoopExits {
  readonly breaks: FlowState[];
  readonly continues: FlowState[];
}

/** Follows a block of statements; null where its end is not reached. */
export type RunBlock = (
  analysis: FlowAnalysis,
  block: readonly PyStatement[],
  start: FlowState,
  frame: Frame,
  loop: LoopExits | null,
) => FlowState | null;

/** The value where two paths of the control flow join; a path on which the variable is not bound does not count, because its use would raise. */
export function joinedStates(
  a: PyValue | null,
  b: PyValue | null,
  ifFirst: Condition,
  ifSecond: Condition,
): PyValue | null {
  if (a === null) return b;
  return b === null ? a : joinedBranches(a, b, ifFirst, ifSecond);
}

/** The attribute that is analysed, of an object that its variable is bound to. */
export function attributeOfRoot(analysis: FlowAnalysis, object: PyValue, frame: Frame, at: Span): PyValue {
  return analysis.cx.attribute(object, analysis.path.slice(analysis.path.indexOf(".") + 1), placeIn(frame, at));
}
