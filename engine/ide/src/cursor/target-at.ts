import { touches } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { deployedNames } from "./deployed-names.ts";
import type { Target } from "./target.ts";
import { relationNamed, targetsOf } from "./targets-of.ts";

/** The smallest target at an offset of a file (its end counts as inside); null where there is none. */
export function targetAt(analysis: Analysis, path: string, offset: number): Target | null {
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
  if (!charm) return deployedTargets(analysis, path);
  for (const [file, targets] of targetsOf(charm)) if (file.path === path) return targets;
  return [];
}

/** The endpoints that a deployment file names, of applications that are charms of the workspace. */
function deployedTargets(analysis: Analysis, path: string): readonly Target[] {
  return deployedNames(analysis).flatMap(({ whole, location, application, endpoint, charms: [charm] }) =>
    charm && location.file.path === path
      ? [
          {
            kind: "deployed-endpoint",
            charm,
            location: whole,
            application,
            endpoint,
            name: location,
            relation: relationNamed(charm, endpoint),
          },
        ]
      : [],
  );
}

function length({ location }: Target): number {
  return location.span.end - location.span.start;
}
