/** The public face of the ide room: what other rooms may use. */

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
export { DEFAULT_SETTINGS, type Settings, settingsSchema } from "./settings/settings.ts";
