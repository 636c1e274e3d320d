/** The public face of the ide room: what other rooms may use. */

export { type Analysis, analysis } from "./analysis/analysis.ts";
export { type Cluster, clustersOf } from "./analysis/clusters.ts";
export {
  charmsOf,
  type DiscoveredCharm,
  isRelevantPath,
  isSkippedFolder,
  isTopologyPath,
  PROJECT_SETTINGS_FILE,
} from "./analysis/discovery.ts";
export type { Workspace } from "./analysis/workspace.ts";
export type { Diagnostic, Fix, Severity } from "./diagnostic.ts";
export { differenceEdits } from "./fixes/difference.ts";
export { type Inspection, inspection } from "./render/inspection.ts";
export { type Resolved, resolved } from "./render/resolved.ts";
export { RULES, ruleDocumentation, ruleNamed } from "./rules/registry.ts";
export type { Rule } from "./rules/rule.ts";
export { type ProjectSettings, projectSettings } from "./settings/project-settings.ts";
export { DEFAULT_SETTINGS, type Settings, settingsSchema } from "./settings/settings.ts";
