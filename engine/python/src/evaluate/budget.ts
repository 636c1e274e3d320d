/** Half a sentence for where something refers to itself; compared by identity of its text. */
export const CYCLE = "it refers to itself";
/** Half a sentence for where the limits are reached. */
export const TOO_DEEP = "it is nested too deeply";
/** The same for the number of steps. */
export const TOO_MUCH = "it takes too many steps to work out";
/** The same for a value with more parts than anything should go through. */
export const TOO_LARGE = "it is too large";

/** Python hops inside each other; keeps well within JavaScript's stack. */
const DEEPEST = 120;
/**
 * Steps that one question may take, and all questions to one program together. The largest charms of the Canonical Observability
 * Stack take 1,200 in all; 60,000 steps take about a tenth of a second.
 */
const STEPS_AT_ONCE = 6_000;
const STEPS_ALTOGETHER = 24_000;

/**
 * What keeps evaluation finite: a budget of steps and depth, and a memory of what is being worked out. Results that
 * rest on an interruption are not remembered, so that no later question gets an answer that depends on its turn.
 */
export interface Budget {
  /** Counts one step deeper; null if it may be taken, else why not. */
  readonly enter: () => string | null;
  readonly leave: () => void;
  /** Counts steps on the same level: statements followed, elements copied. Null if they may be taken, else why not. */
  readonly spend: (steps: number) => string | null;
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

  const refused = (why: string): string => {
    lowest = -1;
    isSpent = true;
    return why;
  };
  const spend = (count: number): string | null => {
    if (depth === 0) steps = 0;
    steps += count;
    total += count;
    return steps > STEPS_AT_ONCE || total > STEPS_ALTOGETHER ? refused(TOO_MUCH) : null;
  };
  const enter = (): string | null => {
    const why = depth >= DEEPEST ? refused(TOO_DEEP) : spend(1);
    if (why === null) depth++;
    return why;
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
    spend,
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
