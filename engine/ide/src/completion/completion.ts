import { parsePython } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { deploymentCompletions, settingsCompletions } from "./deployment-completions.ts";
import type { Completion } from "./proposal.ts";
import { pythonCompletions } from "./python-completions.ts";
import { yamlCompletions } from "./yaml-completions.ts";

/** Proposals at a cursor; empty where this server has none, so that other servers can answer. */
export function completions(analysis: Analysis, path: string, offset: number): readonly Completion[] {
  const charm = analysis.charmOf(path);
  const file = charm ? [...charm.charm.files.values()].find((each) => each.path === path) : undefined;
  if (!charm || !file) {
    const { topologies, settingsFiles = [] } = analysis.workspace;
    const deployment = topologies.find((each) => each.path === path);
    if (deployment) return deploymentCompletions(analysis, deployment, offset);
    const settings = settingsFiles.find((each) => each.path === path);
    return settings ? settingsCompletions(settings, offset) : [];
  }
  if (path.endsWith(".py")) return pythonCompletions(charm, file, parsePython, offset);
  if (file === charm.metadata.file) return yamlCompletions(charm, file, offset);
  return [];
}
