import { type CodeAction, CodeActionKind, CodeActionRequest, type Command } from "vscode-languageserver";
import { type Diagnostic, fixedAll, refactorings } from "#ide";
import type { SourceFile } from "#syntax";
import { FIX_WORKSPACE } from "../action-kinds.ts";
import type { CommandName } from "../command-names.ts";
import { lspDiagnostic } from "../lsp-diagnostic.ts";
import { fileAt, type ServerSnapshot } from "../snapshot.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";
import { meshSupportEdit } from "./mesh-support.ts";

/** The rule that says that there is all to add. */
const NO_MESH_SUPPORT = "no-mesh-support";

/** Quick fixes of findings, refactorings of what is under the cursor, and all fixes at once. */
export const codeActions: Feature = (serving) =>
  serving.standard(CodeActionRequest.type, (snapshot, { textDocument, range, context }) => {
    const file = fileAt(snapshot, textDocument.uri);
    if (!file) return null;
    // The empty kind stands for all kinds (LSP, CodeActionKind.Empty).
    const wants = (kind: string): boolean =>
      context.only?.some((only) => only === "" || kind === only || kind.startsWith(`${only}.`)) ?? true;
    const findings = snapshot.analysis.diagnosticsByPath().get(file.path) ?? [];
    const { positions } = snapshot.client;
    const [start, end] = [positions.offset(file, range.start), positions.offset(file, range.end)];
    const touched = findings.filter(({ location: { span } }) => span.start <= end && start <= span.end);
    const actions = [
      ...(wants(CodeActionKind.QuickFix) ? touched.flatMap((finding) => quickFixes(snapshot, finding)) : []),
      ...(wants(CodeActionKind.RefactorRewrite) ? rewrites(snapshot, file, start, touched) : []),
      ...(context.only && wants(CodeActionKind.SourceFixAll) ? fixAll(snapshot, file) : []),
      ...(context.only && wants(FIX_WORKSPACE) ? fixAll(snapshot, null) : []),
    ];
    const hasLiterals = snapshot.client.capabilities.textDocument?.codeAction?.codeActionLiteralSupport !== undefined;
    return hasLiterals ? actions : actions.flatMap(commandOf);
  });

/** The command that makes an action's edit, for clients that know commands only. */
function commandOf({ title, edit, command }: CodeAction): Command[] {
  if (command) return [command];
  const name: CommandName = "charmMesh.applyEdit";
  return edit ? [{ title, command: name, arguments: [title, edit] }] : [];
}

function quickFixes(snapshot: ServerSnapshot, finding: Diagnostic): CodeAction[] {
  if (finding.code === NO_MESH_SUPPORT) return meshSupportAction(snapshot, finding);
  return finding.fixes.flatMap((fix) => {
    const edit = workspaceEdit(snapshot, fix.edits);
    if (!edit) return [];
    return [
      {
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        isPreferred: fix.preferred,
        diagnostics: [lspDiagnostic(snapshot, finding)],
        edit,
      },
    ];
  });
}

/** Those that a finding does not offer as its fix already. */
function rewrites(
  snapshot: ServerSnapshot,
  file: SourceFile,
  offset: number,
  touched: readonly Diagnostic[],
): CodeAction[] {
  const offered = new Set(touched.flatMap(({ fixes }) => fixes.map(({ title }) => title)));
  return refactorings(snapshot.analysis, file.path, offset).flatMap(({ title, edits }) => {
    const edit = offered.has(title) ? null : workspaceEdit(snapshot, edits);
    return edit ? [{ title, kind: CodeActionKind.RefactorRewrite, edit }] : [];
  });
}

/** The guide's steps are much for one edit: our own client shows them by its command, others get the edit itself. */
function meshSupportAction(snapshot: ServerSnapshot, finding: Diagnostic): CodeAction[] {
  const title = "Add service mesh support";
  const action = { title, kind: CodeActionKind.QuickFix, diagnostics: [lspDiagnostic(snapshot, finding)] };
  if (snapshot.client.runsCommands) return [{ ...action, command: { title, command: "charmMesh.addMeshSupport" } }];
  const edit = meshSupportEdit(snapshot, finding.location.file.path);
  return edit ? [{ ...action, edit }] : [];
}

/**
 * Of one file, or of the workspace where there is none. Made when asked for by name only: the rounds of "fix all" are too much work
 * for every move of the cursor.
 */
function fixAll(snapshot: ServerSnapshot, file: SourceFile | null): CodeAction[] {
  const { workspace } = snapshot.analysis;
  const edits = fixedAll(workspace, file?.path ?? null);
  const edit = edits.length > 0 ? workspaceEdit(snapshot, edits) : null;
  const place = file ? file.path.slice(file.path.lastIndexOf("/") + 1) : "the workspace";
  const kind = file ? CodeActionKind.SourceFixAll : FIX_WORKSPACE;
  return edit ? [{ title: `Fix all that Charm Mesh can fix in ${place}`, kind, edit }] : [];
}
