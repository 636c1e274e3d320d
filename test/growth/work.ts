import { Session } from "node:inspector/promises";

/**
 * A counter of executed blocks, by V8's precise coverage: the same on every machine, however busy it is. Work inside of V8's own functions
 * (regular expressions, `indexOf`) is not counted. Code runs several times slower until the counter is closed.
 */
export interface WorkCounter {
  count(act: () => void): Promise<number>;
  close(): Promise<void>;
}

/** Starts counting. The count of a run is the sum over all functions and blocks (bodies of loops, branches) of how often they were entered. */
export async function workCounter(): Promise<WorkCounter> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const entered = async (): Promise<number> => {
    const { result } = await session.post("Profiler.takePreciseCoverage");
    let sum = 0;
    for (const { url, functions } of result)
      if (!url.startsWith("node:")) for (const { ranges } of functions) for (const { count } of ranges) sum += count;
    return sum;
  };
  return {
    count: async (act) => {
      await entered();
      act();
      return await entered();
    },
    close: async () => {
      await session.post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
}
