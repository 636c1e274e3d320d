import { mergedSettings, type Settings } from "#ide";
import type { SourceFile } from "#syntax";
import { Failure } from "./failure.ts";

const SEVERITIES = ["off", "hint", "information", "warning", "error"];

/**
 * Settings from the project files `.charm-mesh.yaml` with `--rule NAME=SEVERITY` over them. A `--rule` of another form ends
 * the command with exit code 2; a bad project file is reported as a finding of its own and its good parts hold.
 */
export function commandLineSettings(rules: readonly string[]): (projectFiles: readonly SourceFile[]) => Settings {
  const given: Record<string, Settings["rules"][string]> = {};
  for (const rule of rules.flatMap((one) => one.split(","))) {
    const [name = "", severity = ""] = rule.split("=", 2).map((part) => part.trim());
    if (name === "" || !SEVERITIES.includes(severity)) {
      throw new Failure(
        `--rule does not take “${rule}”.`,
        `It takes NAME=${SEVERITIES.join("|")}, as in --rule missing-policy=off.`,
      );
    }
    given[name] = severity as Settings["rules"][string];
  }
  return (projectFiles) => mergedSettings(projectFiles, { rules: given });
}
