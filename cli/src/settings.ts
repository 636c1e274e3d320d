import { DEFAULT_SETTINGS, RULES, type Settings } from "#ide";
import { Failure } from "./failure.ts";

const SEVERITIES = ["off", "hint", "information", "warning", "error"];

/**
 * Settings from `--rule NAME=SEVERITY` (several with commas). They go before the project files `.charm-mesh.yaml`, which the
 * engine reads. A `--rule` of another form, or for a rule that does not exist, ends the command with exit code 2.
 */
export function commandLineSettings(rules: readonly string[]): Settings {
  const given: Record<string, Settings["rules"][string]> = {};
  for (const rule of rules.flatMap((one) => one.split(","))) {
    const [name = "", severity = ""] = rule.split("=", 2).map((part) => part.trim());
    if (name === "" || !SEVERITIES.includes(severity)) {
      throw new Failure(
        `--rule does not take “${rule}”.`,
        `It takes NAME=${SEVERITIES.join("|")}, as in --rule missing-policy=off.`,
      );
    }
    if (!RULES.some((each) => each.name === name))
      throw new Failure(`--rule: there is no rule “${name}”.`, "charm-mesh rules lists them.");
    given[name] = severity as Settings["rules"][string];
  }
  return { ...DEFAULT_SETTINGS, rules: given };
}
