import type { AnnotatedTextEdit, CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { type FileEdit, sourceFile } from "#syntax";
import type { ServerSnapshot } from "./snapshot.ts";

/** Edits that a person should look at one by one before they are made, and why. */
export interface Questioned {
  readonly edits: readonly FileEdit[];
  readonly label: string;
  readonly description: string;
}

const QUESTIONED = "questioned";

/**
 * Edits as LSP says them, with the versions they were worked out for, so that a client can refuse what was overtaken. Questioned edits
 * go only to clients that ask the person about each. Null where the client can't do all of it, such as creating a file.
 */
export function workspaceEdit(
  snapshot: ServerSnapshot,
  edits: readonly FileEdit[],
  questioned: Questioned | null = null,
): WorkspaceEdit | null {
  const can = snapshot.client.capabilities.workspace?.workspaceEdit;
  const isCreating = [...edits, ...(questioned?.edits ?? [])].some(({ create }) => create);
  if (isCreating && !can?.resourceOperations?.includes("create")) return null;
  if (!can?.documentChanges)
    return { changes: Object.fromEntries(edits.flatMap((edit) => plainEdits(snapshot, edit))) };
  const asked = questioned && can.changeAnnotationSupport && questioned.edits.length > 0 ? questioned : null;
  return {
    documentChanges: [
      ...edits.flatMap((edit) => documentEdits(snapshot, edit, null)),
      ...(asked?.edits ?? []).flatMap((edit) => documentEdits(snapshot, edit, QUESTIONED)),
    ],
    ...(asked
      ? {
          changeAnnotations: {
            [QUESTIONED]: { label: asked.label, description: asked.description, needsConfirmation: true },
          },
        }
      : {}),
  };
}

function plainEdits(snapshot: ServerSnapshot, edit: FileEdit): [string, TextEdit[]][] {
  const uri = snapshot.names.uriOf(edit.path);
  return uri === null ? [] : [[uri, textEdits(snapshot, edit)]];
}

function documentEdits(
  snapshot: ServerSnapshot,
  edit: FileEdit,
  annotationId: string | null,
): (TextDocumentEdit | CreateFile)[] {
  const uri = snapshot.names.uriOf(edit.path);
  if (uri === null) return [];
  const edits: (TextEdit | AnnotatedTextEdit)[] = textEdits(snapshot, edit).map((each) =>
    annotationId === null ? each : { ...each, annotationId },
  );
  const change: TextDocumentEdit = { textDocument: { uri, version: snapshot.openVersion(edit.path) }, edits };
  const creation: CreateFile = {
    kind: "create",
    uri,
    options: { ignoreIfExists: true },
    ...(annotationId === null ? {} : { annotationId }),
  };
  return edit.create ? [creation, change] : [change];
}

function textEdits(snapshot: ServerSnapshot, { path, edits }: FileEdit): TextEdit[] {
  const file = snapshot.file(path) ?? sourceFile(path, "");
  return edits.map(({ span, newText }) => ({ range: snapshot.client.positions.range(file, span), newText }));
}
