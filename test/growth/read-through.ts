import { charmSources } from "#charm";
import { analysis, DEFAULT_SETTINGS, discovery } from "#ide";
import { effectivePolicies, inferredTopology } from "#mesh";
import { sourceFile } from "#syntax";

/** Reads a workspace of some files, by path, as `check` does: models, findings and policies. Returns the number of findings. */
export function readThrough(files: Readonly<Record<string, string>>): number {
  const found = discovery(Object.keys(files));
  const of = (path: string) => sourceFile(path, files[path] ?? "");
  const charms = found.charms.map(({ root, paths }) =>
    charmSources({
      root,
      files: new Map(paths.map((path) => [path.slice(root.length + 1), of(path)])),
      unreadable: new Map(),
    }),
  );
  const made = analysis({
    charms,
    topologies: found.topologies.map(of),
    settings: DEFAULT_SETTINGS,
    settingsFiles: found.settings.map(of),
  });
  effectivePolicies(made.charms, inferredTopology(made.charms));
  return made.diagnostics().length;
}
