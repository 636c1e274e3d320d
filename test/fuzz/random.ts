/** A stream of numbers from 0 to below 1 that a seed decides (mulberry32), so that a failing case can be had again. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from 0 to below `limit`. */
export function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}

/** One of some things. */
export function pick<T>(random: () => number, from: readonly T[]): T {
  return from[below(random, from.length)] as T;
}
