/** What to do after the server ended by itself. */
export type AfterCrash = "start again and say so" | "start again" | "stay down";

/** After so many crashes within so many milliseconds the server stays down until somebody asks for it. */
export const CRASH_LIMIT = 4;
const CRASH_WINDOW = 3 * 60 * 1000;

/**
 * Decides after each crash of one client's server: it is started again, which is said once, and no longer once it fell too often
 * within minutes. Crashes that lie further apart are forgotten. `now` is a clock in milliseconds.
 */
export function crashCounter(now: () => number): () => AfterCrash {
  let crashes: readonly number[] = [];
  let isTold = false;
  return () => {
    const time = now();
    crashes = [...crashes.filter((crash) => crash >= time - CRASH_WINDOW), time];
    if (crashes.length >= CRASH_LIMIT) return "stay down";
    if (isTold) return "start again";
    isTold = true;
    return "start again and say so";
  };
}
