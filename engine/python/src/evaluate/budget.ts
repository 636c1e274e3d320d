/** Half a sentence for where something refers to itself; compared by identity of its text. */
export const CYCLE = "it refers to itself";
/** Half a sentence for where the limits are reached. */
export const TOO_DEEP = "it is nested too deeply";
/** The same for the number of steps. */
export const TOO_MUCH = "it takes too many steps to work out";

/** Python hops inside each other; keeps well within JavaScript's stack. */
const DEEPEST = 120;
/** Steps that one question may take, and all questions to one program together. */
const STEPS_AT_ONCE = 20_000;
const STEPS_ALTOGETHER = 3_000_000;

/**
 * What keeps evaluation finite: a budget of steps and depth, and a memory of what is being worked out. Results that
 * rest on an interruption are not remembered, so that no later question gets an answer that depends on its turn.
 */
export interface Budget {
  /** Counts one step deeper; null if it may be taken, else why not. */
  readonly enter: () => string | null;
  readonly leave: () => void;
  readonly guarded: <T>(owner: object, key: unknown, compute: () => T, otherwise: (why: string) => T) => T;
  /** What is remembered already; undefined where nothing is. */
  readonly recalled: (owner: object, key: unknown) => unknown;
  readonly remembered: <T>(owner: object, key: unknown, compute: () => T, otherwise: (why: string) => T) => T;
  /** Starts to count anew; false where a limit was reached, so that what was worked out may depend on the order of questions. */
  readonly renewed: () => boolean;
}

/** A fresh budget for one program. */
export function budget(): Budget {
  const kept = new WeakMap<object, Map<unknown, unknown>>();
  const running = new WeakMap<object, Map<unknown, unknown>>();
  let level = 0;
  let depth = 0;
  let steps = 0;
  let total = 0;
  let isSpent = false;
  /** The outermost level whose interruption the current result rests on. */
  let lowest = Number.POSITIVE_INFINITY;

  const enter = (): string | null => {
    if (depth === 0) {
      total += steps;
      steps = 0;
    }
    if (depth >= DEEPEST || ++steps > STEPS_AT_ONCE || total > STEPS_ALTOGETHER) {
      lowest = -1;
      isSpent = true;
      return depth >= DEEPEST ? TOO_DEEP : TOO_MUCH;
    }
    depth++;
    return null;
  };
  const leave = (): void => {
    depth--;
    if (depth === 0) lowest = Number.POSITIVE_INFINITY;
  };

  const run = <T>(
    results: WeakMap<object, Map<unknown, unknown>>,
    owner: object,
    key: unknown,
    compute: () => T,
    otherwise: (why: string) => T,
  ): T => {
    let all = results.get(owner);
    if (!all) {
      all = new Map();
      results.set(owner, all);
    }
    const known = all.get(key);
    // A number is the level at which it is being worked out; results are never numbers.
    if (typeof known === "number") {
      lowest = Math.min(lowest, known);
      return otherwise(CYCLE);
    }
    if (known !== undefined) return known as T;
    const why = enter();
    if (why !== null) return otherwise(why);
    const mine = level++;
    all.set(key, mine);
    const before = lowest;
    lowest = Number.POSITIVE_INFINITY;
    const result = compute();
    const rests = lowest;
    level--;
    if (results === kept && rests >= mine) all.set(key, result);
    else all.delete(key);
    lowest = Math.min(before, rests >= mine ? Number.POSITIVE_INFINITY : rests);
    leave();
    return result;
  };
  return {
    enter,
    leave,
    guarded: (owner, key, compute, otherwise) => run(running, owner, key, compute, otherwise),
    remembered: (owner, key, compute, otherwise) => run(kept, owner, key, compute, otherwise),
    recalled: (owner, key) => {
      const known = kept.get(owner)?.get(key);
      return typeof known === "number" ? undefined : known;
    },
    renewed: () => {
      total = 0;
      steps = 0;
      return !isSpent;
    },
  };
}
