import { type CodeAction, CodeActionKind, CodeActionRequest } from "vscode-languageserver";
import type { Diagnostic, Fix } from "#ide";
import { lspDiagnostic } from "../lsp-diagnostic.ts";
import { fileAt, type Moment } from "../moment.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";

/** Quick fixes of the findings that the range touches. */
export const codeActions: Feature = {
  capabilities: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } }),
  serve: (serving) =>
    serving.standard(CodeActionRequest.type, (moment, { textDocument, range, context }): CodeAction[] | null => {
      const file = fileAt(moment, textDocument.uri);
      const wants = (kind: string): boolean =>
        context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
      if (file === null || !wants(CodeActionKind.QuickFix)) return null;
      const from = moment.client.positions.offset(file, range.start);
      const to = moment.client.positions.offset(file, range.end);
      return (moment.analysis.diagnosticsByPath().get(file.path) ?? [])
        .filter(({ location }) => location.span.start <= to && from <= location.span.end)
        .flatMap((finding) => finding.fixes.map((fix) => quickFix(moment, finding, fix)));
    }),
};

function quickFix(moment: Moment, finding: Diagnostic, fix: Fix): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [lspDiagnostic(moment, finding)],
    isPreferred: fix.preferred,
    edit: workspaceEdit(moment, fix.edits),
  };
}
