import { type CodeAction, CodeActionKind, CodeActionRequest } from "vscode-languageserver";
import type { Diagnostic, Fix } from "#ide";
import type { FileEdit, SourceFile } from "#syntax";
import { lspDiagnostic } from "../lsp-diagnostic.ts";
import { fileAt, type Moment } from "../moment.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";

/** Quick fixes of findings, and all of them at once. */
export const codeActions: Feature = {
  capabilities: () => ({
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
  }),
  serve: (serving) =>
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
        ...(wants(CodeActionKind.SourceFixAll) ? fixAll(moment, file, findings) : []),
      ];
    }),
};

function quickFixes(moment: Moment, finding: Diagnostic): CodeAction[] {
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

function fixAll(moment: Moment, file: SourceFile, findings: readonly Diagnostic[]): CodeAction[] {
  const taken = compatibleFixes(findings.flatMap(({ fixes }) => fixes.filter(({ preferred }) => preferred)));
  if (taken.length === 0) return [];
  const edit = workspaceEdit(moment, mergedEdits(taken));
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  return edit ? [{ title: `Fix all that Charm Mesh can fix in ${name}`, kind: CodeActionKind.SourceFixAll, edit }] : [];
}

/** The fixes that can be made together: one whose edits overlap those of an earlier one waits for the next time. */
export function compatibleFixes(fixes: readonly Fix[]): readonly Fix[] {
  const taken: Fix[] = [];
  for (const fix of fixes) {
    const others = taken.flatMap(({ edits }) => edits);
    if (!fix.edits.some((edit) => others.some((other) => overlap(edit, other)))) taken.push(fix);
  }
  return taken;
}

/** Whether two edits of one file change the same text. Insertions at one place do not, and equal edits are the same edit. */
function overlap(a: FileEdit, b: FileEdit): boolean {
  if (a.path !== b.path) return false;
  return a.edits.some(({ span, newText }) =>
    b.edits.some((other) => {
      if (span.start === other.span.start && span.end === other.span.end)
        return newText !== other.newText && span.start !== span.end;
      return span.start < other.span.end && other.span.start < span.end;
    }),
  );
}

/** All edits, one entry for each file, equal edits once. */
function mergedEdits(fixes: readonly Fix[]): readonly FileEdit[] {
  const byPath = new Map<string, FileEdit>();
  for (const { path, create, edits } of fixes.flatMap((fix) => fix.edits)) {
    const before = byPath.get(path);
    const known = before?.edits ?? [];
    const fresh = edits.filter(
      ({ span, newText }) =>
        !known.some((one) => one.span.start === span.start && one.span.end === span.end && one.newText === newText),
    );
    byPath.set(path, { path, create: create || before?.create === true, edits: [...known, ...fresh] });
  }
  return [...byPath.values()];
}
