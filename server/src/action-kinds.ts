import { CodeActionKind } from "vscode-languageserver";

/** Fixes over the whole workspace. Not below `source.fixAll`: saving one file, which may run that, must not change others. */
export const FIX_WORKSPACE = "source.charmMesh.fixWorkspace";

/** Every kind of action that the server returns. Editors ask a server for those kinds only that it announces. */
export const ACTION_KINDS: readonly CodeActionKind[] = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorRewrite,
  CodeActionKind.SourceFixAll,
  FIX_WORKSPACE,
];
