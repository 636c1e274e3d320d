/** What to do after a crash of the server. */
export type AfterCrash = "start again and say so" | "start again" | "stay down";

/** After this many crashes within `CRASH_WINDOW` milliseconds, the server stays stopped until a command needs it. */
export const CRASH_LIMIT = 4;
const CRASH_WINDOW = 3 * 60 * 1000;

/**
 * Counts the crashes of one client's server and decides after each: restart (with a message the first time), or stay stopped after
 * `CRASH_LIMIT` crashes within `CRASH_WINDOW`. `now` gives milliseconds.
 */
export function crashCounter(now: () => number): () => AfterCrash {
  let crashes: readonly number[] = [];
  let hasReported = false;
  return () => {
    const time = now();
    crashes = [...crashes.filter((crash) => crash >= time - CRASH_WINDOW), time];
    if (crashes.length >= CRASH_LIMIT) return "stay down";
    if (hasReported) return "start again";
    hasReported = true;
    return "start again and say so";
  };
}
