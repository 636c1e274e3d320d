import { positionAt } from "#syntax";
import type { Diagnostic } from "../diagnostic.ts";
import type { Suppression } from "../facts/directives.ts";
import { suppressionsIn, suppressionsOf } from "./suppressions.ts";
import type { Workspace } from "./workspace.ts";

/** What is left after the suppression comments of the findings' own files, and what became of the comments. */
export interface Unsuppressed {
  readonly kept: readonly Diagnostic[];
  readonly suppressions: readonly Suppression[];
  readonly used: ReadonlySet<Suppression>;
  /** For comments that name no code: the codes of the remaining findings at the place that they apply to. */
  readonly meant: ReadonlyMap<Suppression, ReadonlySet<string>>;
}

/** Takes out the findings that a comment in their file suppresses. */
export function unsuppressed(
  diagnostics: readonly Diagnostic[],
  { charms, topologies }: Pick<Workspace, "charms" | "topologies">,
): Unsuppressed {
  const byPath = new Map<string, readonly Suppression[]>();
  for (const charm of charms) for (const [path, found] of suppressionsIn(charm)) byPath.set(path, found);
  for (const file of topologies) {
    const found = suppressionsOf(file);
    if (found.length > 0) byPath.set(file.path, found);
  }
  const suppressions = [...byPath.values()].flat();
  const used = new Set<Suppression>();
  const meant = new Map<Suppression, Set<string>>();
  if (byPath.size === 0) return { kept: diagnostics, suppressions, used, meant };
  const byLine = new Map([...byPath].map(([path, found]) => [path, groupedByLine(found)]));
  const kept = diagnostics.filter((diagnostic) => {
    const { file, span } = diagnostic.location;
    const lines = byLine.get(file.path);
    if (!lines) return true;
    const here = [...(lines.get(null) ?? []), ...(lines.get(positionAt(file, span.start).line) ?? [])];
    const matching = here.filter((each) => each.code === diagnostic.code);
    for (const each of matching) used.add(each);
    if (matching.length > 0) return false;
    for (const each of here)
      if (each.code === null) meant.set(each, (meant.get(each) ?? new Set()).add(diagnostic.code));
    return true;
  });
  return { kept, suppressions, used, meant };
}

function groupedByLine(found: readonly Suppression[]): ReadonlyMap<number | null, readonly Suppression[]> {
  const lines = new Map<number | null, Suppression[]>();
  for (const each of found) {
    const line = lines.get(each.line);
    if (line) line.push(each);
    else lines.set(each.line, [each]);
  }
  return lines;
}
