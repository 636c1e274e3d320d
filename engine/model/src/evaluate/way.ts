import type { Effect } from "./effect.ts";
import type { Interpreter } from "./interpreter.ts";
import { met } from "./join.ts";
import type { Frame } from "./scope.ts";
import type { PyValue } from "./value.ts";

/** One way through the statements: the variable's value on it (null: not bound), and the tests that led here. */
export interface Way {
  readonly state: PyValue | null;
  readonly guard: string | null;
}

export interface Walk {
  readonly cx: Interpreter;
  readonly path: string;
  readonly until: number | null;
  /** For an attribute of `self`: the methods whose call may change it; null: any. */
  readonly reaching: ReadonlySet<string> | null;
  readonly apply: (effect: Effect, state: PyValue | null, frame: Frame, path: string) => PyValue | null;
  /** Ways that left the whole block by `return`. */
  readonly returns: Way[];
  /** Set as soon as the place of the use is reached. */
  found: Way | null;
}

/** Where `break` and `continue` lead. */
export interface LoopExits {
  readonly breaks: Way[];
  readonly continues: Way[];
}

/** The state after two ways met; a way on which the variable is not bound does not count, its use would raise. */
export function metStates(a: PyValue | null, b: PyValue | null, ifFirst: string, ifSecond: string): PyValue | null {
  if (a === null) return b;
  return b === null ? a : met(a, b, ifFirst, ifSecond);
}
