import type { EffectivePolicy } from "./effective-policy.ts";

/** True when `a` lets through every request that `b` lets through; false also where that can't be known. */
export function grantsAll(a: EffectivePolicy, b: EffectivePolicy): boolean {
  return a === b;
}
