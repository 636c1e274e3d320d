import { touches } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import type { Target } from "./target.ts";
import { targetsOf } from "./targets-of.ts";

/** The smallest target at an offset of a file (its end counts as inside); null where nothing of ours is. */
export function targetAt(analysis: Analysis, path: string, offset: number): Target | null {
  const charm = analysis.charmOf(path);
  if (!charm) return null;
  let best: Target | null = null;
  for (const target of targetsIn(analysis, path)) {
    if (target.location.span.start > offset) break;
    if (!touches(target.location.span, offset)) continue;
    if (best === null || length(target) <= length(best)) best = target;
  }
  return best;
}

/** All targets of a file, in order. */
export function targetsIn(analysis: Analysis, path: string): readonly Target[] {
  const charm = analysis.charmOf(path);
  if (!charm) return [];
  for (const [file, targets] of targetsOf(charm)) if (file.path === path) return targets;
  return [];
}

function length({ location }: Target): number {
  return location.span.end - location.span.start;
}
