import type { Diagnostic } from "../diagnostic.ts";
import type { Suppression } from "../rules/directives.ts";
import { RULES } from "../rules/registry.ts";
import { unreadableFile } from "../rules/unreadable-file.ts";
import { diagnosticOf } from "./findings.ts";
import { projectSettingsOf, type SeverityChoice } from "./severities.ts";
import type { Workspace } from "./workspace.ts";

interface DirectiveInput {
  readonly workspace: Workspace;
  readonly suppressions: readonly Suppression[];
  readonly used: ReadonlySet<Suppression>;
  readonly choice: SeverityChoice;
}

/** What the rules about the tool's own comments and settings say, with the severities that somebody chose for them. */
export function directiveFindings({ workspace, suppressions, used, choice }: DirectiveInput): Diagnostic[] {
  const projects = projectSettingsOf(workspace);
  const settings = projects.flatMap((each) => each.codes);
  const broken = projects.flatMap(({ file, syntaxProblems }) =>
    syntaxProblems.slice(0, 1).map((each) => ({ file, problem: each })),
  );
  if (suppressions.length === 0 && projects.length === 0) return [];
  const directives = {
    suppressions,
    used,
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
  for (const { file, problem } of broken)
    found.push(
      diagnosticOf(
        unreadableFile,
        { message: `This is no valid YAML: ${problem.message}`, location: { file, span: problem.span } },
        false,
      ),
    );
  return found;
}
