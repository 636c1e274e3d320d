import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Collects all garbage there is, now. */
export function collectGarbage(): void {
  collect();
}

/** Megabytes that stay in use after all garbage is collected, memory outside V8's heap (WebAssembly) included. */
export function usedMemory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}
