/** Half a sentence for where something refers to itself; compared by identity of its text. */
export const CYCLE = "it refers to itself";
const TOO_DEEP = "it is nested too deeply";
const TOO_MUCH = "it takes too many steps to work out";

/** Python hops inside each other; keeps well within JavaScript's stack. */
const DEEPEST = 120;
/** Steps that one question may take, and all questions to one program together. */
const STEPS_AT_ONCE = 60_000;
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
  readonly remembered: <T>(owner: object, key: unknown, compute: () => T, otherwise: (why: string) => T) => T;
}

/** A fresh budget for one program. */
export function budget(): Budget {
  const memo = new WeakMap<object, Map<unknown, unknown>>();
  const active = new Map<object, Map<unknown, number>>();
  let level = 0;
  let depth = 0;
  let steps = 0;
  let total = 0;
  /** The outermost level whose interruption the current result rests on. */
  let lowest = Number.POSITIVE_INFINITY;

  const enter = (): string | null => {
    if (depth === 0) {
      total += steps;
      steps = 0;
    }
    if (depth >= DEEPEST || ++steps > STEPS_AT_ONCE || total > STEPS_ALTOGETHER) {
      lowest = -1;
      return depth >= DEEPEST ? TOO_DEEP : TOO_MUCH;
    }
    depth++;
    return null;
  };
  const leave = (): void => {
    depth--;
    if (depth === 0) lowest = Number.POSITIVE_INFINITY;
  };

  const run = <T>(owner: object, key: unknown, compute: () => T, otherwise: (why: string) => T, keep: boolean): T => {
    const known = keep ? memo.get(owner) : undefined;
    if (known?.has(key)) return known.get(key) as T;
    let keys = active.get(owner);
    const at = keys?.get(key);
    if (at !== undefined) {
      lowest = Math.min(lowest, at);
      return otherwise(CYCLE);
    }
    const why = enter();
    if (why !== null) return otherwise(why);
    if (!keys) {
      keys = new Map();
      active.set(owner, keys);
    }
    const mine = level++;
    keys.set(key, mine);
    const before = lowest;
    lowest = Number.POSITIVE_INFINITY;
    const result = compute();
    const rests = lowest;
    keys.delete(key);
    if (keys.size === 0) active.delete(owner);
    level--;
    if (keep && rests >= mine) {
      const all = memo.get(owner) ?? new Map<unknown, unknown>();
      all.set(key, result);
      memo.set(owner, all);
    }
    lowest = Math.min(before, rests >= mine ? Number.POSITIVE_INFINITY : rests);
    leave();
    return result;
  };
  return {
    enter,
    leave,
    guarded: (owner, key, compute, otherwise) => run(owner, key, compute, otherwise, false),
    remembered: (owner, key, compute, otherwise) => run(owner, key, compute, otherwise, true),
  };
}
