import type { Diagnostic } from "../diagnostic.ts";
import { RULES } from "../rules/registry.ts";
import { diagnosticOf } from "./findings.ts";
import { projectSettingsOf, type SeverityChoice } from "./severities.ts";
import type { Unsuppressed } from "./unsuppressed.ts";
import type { Workspace } from "./workspace.ts";

interface DirectiveInput extends Omit<Unsuppressed, "kept"> {
  readonly workspace: Workspace;
  readonly choice: SeverityChoice;
}

/** The findings of the rules about the tool's own comments and settings, with the configured severities. */
export function directiveFindings({ workspace, suppressions, used, meant, choice }: DirectiveInput): Diagnostic[] {
  const projects = projectSettingsOf(workspace);
  const settings = projects.flatMap((each) => each.codes);
  if (suppressions.length === 0 && projects.length === 0) return [];
  const directives = {
    suppressions,
    used,
    meant,
    settings,
    settingProblems: projects.flatMap(({ file, problems }) =>
      problems.map(({ span, message }) => ({ message, location: { file, span } })),
    ),
    codes: RULES.map((rule) => rule.name),
    off: (code: string, path: string) => choice(code, path) === "off",
  };
  const found: Diagnostic[] = [];
  for (const rule of RULES) {
    if (rule.scope !== "directives") continue;
    for (const finding of rule.findings(directives)) {
      const chosen = choice(rule.name, finding.location.file.path);
      if (chosen !== "off")
        found.push({ ...diagnosticOf(rule, finding, false), ...(chosen ? { severity: chosen } : {}) });
    }
  }
  return found;
}
