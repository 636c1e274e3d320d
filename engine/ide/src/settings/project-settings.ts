import { memo, parseYaml, type SourceFile, type SyntaxProblem, type YamlMap, type YamlNode } from "#syntax";
import type { SettingCode } from "../facts/directives.ts";
import { type Settings, settingsSchema } from "./settings.ts";

/** What a `.charm-mesh.yaml` says: the settings, the codes that it names, and what could not be understood. */
export interface ProjectSettings {
  readonly file: SourceFile;
  readonly settings: Settings;
  readonly codes: readonly SettingCode[];
  /** Unknown settings and invalid values. */
  readonly problems: readonly SyntaxProblem[];
  /** Where the file is not valid YAML. */
  readonly syntaxProblems: readonly SyntaxProblem[];
}

/**
 * Reads the project file, whose schema is that of the settings. A value that does not fit is reported as a problem and keeps its
 * default, the rest counts; of broken YAML the readable part counts.
 */
export const projectSettings = memo((file: SourceFile): ProjectSettings => {
  const document = parseYaml(file);
  const root = document.root?.kind === "map" ? document.root : null;
  const rules = mapNamed(root, "rules");
  const codes: SettingCode[] = [];
  const problems: SyntaxProblem[] = [];
  const severities: Record<string, string> = {};
  for (const entry of rules?.entries ?? []) {
    const code = String(entry.key.value);
    codes.push({ code, location: { file, span: entry.key.span } });
    const given = severityText(entry.value);
    const checked = settingsSchema.safeParse({ rules: { [code]: given } });
    if (checked.success && given !== null) severities[code] = given;
    else
      problems.push({
        span: (entry.value ?? entry.key).span,
        message: `“${code}” takes off, hint, information, warning or error.`,
      });
  }
  // A project sets severities; what a window opens at start is each person's own choice.
  for (const entry of root?.entries ?? [])
    if (entry.key.value !== "rules")
      problems.push({ span: entry.key.span, message: `There is no setting “${String(entry.key.value)}”.` });
  return {
    file,
    settings: settingsSchema.parse({ rules: severities }),
    codes,
    problems,
    syntaxProblems: document.problems,
  };
});

function mapNamed(map: YamlMap | null, name: string): YamlMap | null {
  const value = map?.entries.find((entry) => entry.key.value === name)?.value;
  return value?.kind === "map" ? value : null;
}

/** `off` unquoted is false to some readers of YAML; it means the word here. */
function severityText(node: YamlNode | null): string | null {
  if (node?.kind !== "scalar") return null;
  return node.value === false ? "off" : typeof node.value === "string" ? node.value : null;
}
