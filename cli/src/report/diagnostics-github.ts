import type { Diagnostic } from "#ide";
import { rangeOf, visibleText } from "#syntax";

const LEVEL = { error: "error", warning: "warning", information: "notice", hint: "notice" } as const;

/**
 * Workflow commands that GitHub Actions turns into annotations
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). Lines and columns count from 1.
 */
export function diagnosticsGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map((diagnostic) => {
      const { start, end } = rangeOf(diagnostic.location.file, diagnostic.location.span);
      const properties = [
        `file=${property(diagnostic.location.file.path)}`,
        `line=${start.line + 1}`,
        `endLine=${end.line + 1}`,
        ...(start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : []),
        `title=${property(`charm-mesh ${diagnostic.code}`)}`,
      ];
      return `::${LEVEL[diagnostic.severity]} ${properties.join(",")}::${data(diagnostic.message)}\n`;
    })
    .join("");
}

function data(text: string): string {
  return visibleText(text).replaceAll("%", "%25");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
