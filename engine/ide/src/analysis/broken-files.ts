import { TOPOLOGY_SOURCES, topologySyntaxProblems } from "#mesh";
import { type SourceFile, sourceFile, span } from "#syntax";
import type { Diagnostic } from "../diagnostic.ts";
import { brokenLine, unreadableFile } from "../rules/unreadable-file.ts";
import { diagnosticOf } from "./findings.ts";
import { projectSettingsOf } from "./severities.ts";
import type { Workspace } from "./workspace.ts";

/** Names that determine the kind of a file, independent of its content. */
const SURELY = /(?:^|\/)(?:mesh-topology|bundle|[^/]*\.bundle)\.ya?ml$/;

/** A template (Jinja, Helm) is no YAML yet, and none of a reader's business. */
const TEMPLATE = /\{\{|\{%/;

/**
 * The unreadable parts of the files that belong to no charm: deployments and project settings. Each file gets one
 * `unreadable-file`, at the first error of its reader. A file that is only possibly a deployment gets none.
 */
export function brokenFileFindings(workspace: Workspace): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (message: string, file: SourceFile, place = span(0, 0)): void => {
    found.push(diagnosticOf(unreadableFile, { message, location: { file, span: place } }, false));
  };
  for (const [path, why] of workspace.unreadable ?? [])
    if (SURELY.test(path) || path.endsWith(".charm-mesh.yaml"))
      report(`This file could not be read: it ${why}.`, sourceFile(path, ""));
  for (const file of workspace.topologies) {
    const [problem] = isDeployment(file) ? topologySyntaxProblems(file) : [];
    const form = file.path.endsWith(".json") ? "JSON" : "YAML";
    if (problem)
      report(
        `This deployment is not checked in full, because the file is not valid ${form}: ${problem.message}`,
        file,
        brokenLine(file, problem.span.start),
      );
  }
  for (const { file, syntaxProblems } of projectSettingsOf(workspace)) {
    const [problem] = syntaxProblems;
    if (problem)
      report(
        `Some settings in this file may have no effect, because it is not valid YAML: ${problem.message}`,
        file,
        brokenLine(file, problem.span.start),
      );
  }
  return found;
}

function isDeployment(file: SourceFile): boolean {
  if (TEMPLATE.test(file.text)) return false;
  return SURELY.test(file.path) || TOPOLOGY_SOURCES.some((source) => source.matches(file));
}
