import { type CodeAction, CodeActionKind, CodeActionRequest } from "vscode-languageserver";
import { type Diagnostic, fixedAll, refactorings } from "#ide";
import type { SourceFile } from "#syntax";
import { FIX_WORKSPACE } from "../action-kinds.ts";
import { lspDiagnostic } from "../lsp-diagnostic.ts";
import { fileAt, type Moment } from "../moment.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";
import { meshSupportEdit } from "./mesh-support.ts";

/** The rule that says that there is all to add. */
const NO_MESH_SUPPORT = "no-mesh-support";

/** Quick fixes of findings, refactorings of what is under the cursor, and all fixes at once. */
export const codeActions: Feature = (serving) =>
  serving.standard(CodeActionRequest.type, (moment, { textDocument, range, context }) => {
    const file = fileAt(moment, textDocument.uri);
    if (!file) return null;
    const wants = (kind: string): boolean =>
      context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
    const findings = moment.analysis.diagnosticsByPath().get(file.path) ?? [];
    const { positions } = moment.client;
    const [start, end] = [positions.offset(file, range.start), positions.offset(file, range.end)];
    const touched = findings.filter(({ location: { span } }) => span.start <= end && start <= span.end);
    return [
      ...(wants(CodeActionKind.QuickFix) ? touched.flatMap((finding) => quickFixes(moment, finding)) : []),
      ...(wants(CodeActionKind.RefactorRewrite) ? rewrites(moment, file, start, touched) : []),
      ...(context.only && wants(CodeActionKind.SourceFixAll) ? fixAll(moment, file) : []),
      ...(context.only && wants(FIX_WORKSPACE) ? fixAll(moment, null) : []),
    ];
  });

function quickFixes(moment: Moment, finding: Diagnostic): CodeAction[] {
  if (finding.code === NO_MESH_SUPPORT) return meshSupportAction(moment, finding);
  return finding.fixes.flatMap((fix) => {
    const edit = workspaceEdit(moment, fix.edits);
    if (!edit) return [];
    return [
      {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        isPreferred: fix.preferred,
        diagnostics: [lspDiagnostic(moment, finding)],
        edit,
      },
    ];
  });
}

/** Those that a finding does not offer as its fix already. */
function rewrites(moment: Moment, file: SourceFile, offset: number, touched: readonly Diagnostic[]): CodeAction[] {
  const offered = new Set(touched.flatMap(({ fixes }) => fixes.map(({ title }) => title)));
  return refactorings(moment.analysis, file.path, offset).flatMap(({ title, edits }) => {
    const edit = offered.has(title) ? null : workspaceEdit(moment, edits);
    return edit ? [{ title, kind: CodeActionKind.RefactorRewrite, edit }] : [];
  });
}

/** The guide's steps are much for one edit: our own client shows them by its command, others get the edit itself. */
function meshSupportAction(moment: Moment, finding: Diagnostic): CodeAction[] {
  const title = "Add service mesh support";
  const action = { title, kind: CodeActionKind.QuickFix, diagnostics: [lspDiagnostic(moment, finding)] };
  if (moment.client.runsCommands) return [{ ...action, command: { title, command: "charmMesh.addMeshSupport" } }];
  const edit = meshSupportEdit(moment, finding.location.file.path);
  return edit ? [{ ...action, edit }] : [];
}

/**
 * Of one file, or of the workspace where there is none. Made when asked for by name only: the rounds of "fix all" are too much work
 * for every move of the cursor.
 */
function fixAll(moment: Moment, file: SourceFile | null): CodeAction[] {
  const { workspace, parser } = moment.analysis;
  const edits = fixedAll(workspace, parser, file?.path ?? null);
  const edit = edits.length > 0 ? workspaceEdit(moment, edits) : null;
  const place = file ? file.path.slice(file.path.lastIndexOf("/") + 1) : "the workspace";
  const kind = file ? CodeActionKind.SourceFixAll : FIX_WORKSPACE;
  return edit ? [{ title: `Fix all that Charm Mesh can fix in ${place}`, kind, edit }] : [];
}
