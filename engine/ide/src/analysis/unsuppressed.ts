import { type PythonParser, positionAt } from "#syntax";
import type { Diagnostic } from "../diagnostic.ts";
import type { Suppression } from "../rules/directives.ts";
import { suppressionsIn, suppressionsOf } from "./suppressions.ts";
import type { Workspace } from "./workspace.ts";

/** What is left after the suppression comments of the findings' own files, and what became of the comments. */
export interface Unsuppressed {
  readonly kept: readonly Diagnostic[];
  readonly suppressions: readonly Suppression[];
  readonly used: ReadonlySet<Suppression>;
}

/** Takes out the findings that a comment in their file suppresses. */
export function unsuppressed(
  diagnostics: readonly Diagnostic[],
  { charms, topologies }: Pick<Workspace, "charms" | "topologies">,
  parser: PythonParser,
): Unsuppressed {
  const byPath = new Map<string, readonly Suppression[]>();
  for (const charm of charms) for (const [path, found] of suppressionsIn(charm, parser)) byPath.set(path, found);
  for (const file of topologies) {
    const found = suppressionsOf(file, parser);
    if (found.length > 0) byPath.set(file.path, found);
  }
  const suppressions = [...byPath.values()].flat();
  const used = new Set<Suppression>();
  if (byPath.size === 0) return { kept: diagnostics, suppressions, used };
  const kept = diagnostics.filter((diagnostic) => {
    const { file, span } = diagnostic.location;
    const line = positionAt(file, span.start).line;
    const matching = (byPath.get(file.path) ?? []).filter(
      (each) => each.code === diagnostic.code && (each.line === null || each.line === line),
    );
    for (const each of matching) used.add(each);
    return matching.length === 0;
  });
  return { kept, suppressions, used };
}
