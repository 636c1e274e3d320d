import type { SourceFile } from "#syntax";
import { type ProjectSettings, projectSettings } from "../settings/project-settings.ts";
import type { Settings } from "../settings/settings.ts";
import type { Workspace } from "./workspace.ts";

type ChosenSeverity = Settings["rules"][string] | undefined;

/** The configured severity of a rule in a file, or undefined where the settings have none. */
export type SeverityChoice = (code: string, path: string) => ChosenSeverity;

/** The project files of a workspace, read. */
export function projectSettingsOf(workspace: Workspace): readonly ProjectSettings[] {
  return (workspace.settingsFiles ?? []).map(projectSettings);
}

/** Editor and command line go before the project files, of which the nearest that names the rule counts. */
export function severityChoice(workspace: Workspace): SeverityChoice {
  const projects = projectSettingsOf(workspace)
    .map((each) => ({ folder: folderOf(each.file), rules: each.settings.rules }))
    .sort((a, b) => b.folder.length - a.folder.length);
  const { rules } = workspace.settings;
  return (code, path) => {
    if (Object.hasOwn(rules, code)) return rules[code];
    return projects.find((each) => path.startsWith(each.folder) && Object.hasOwn(each.rules, code))?.rules[code];
  };
}

/** With its closing slash; "" for the working directory itself. */
function folderOf(file: SourceFile): string {
  return file.path.slice(0, file.path.lastIndexOf("/") + 1);
}
