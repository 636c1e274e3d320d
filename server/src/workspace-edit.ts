import type { AnnotatedTextEdit, CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { type FileEdit, sourceFile } from "#syntax";
import type { Moment } from "./moment.ts";

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
  moment: Moment,
  edits: readonly FileEdit[],
  questioned: Questioned | null = null,
): WorkspaceEdit | null {
  const can = moment.client.capabilities.workspace?.workspaceEdit;
  const isCreating = [...edits, ...(questioned?.edits ?? [])].some(({ create }) => create);
  if (isCreating && !can?.resourceOperations?.includes("create")) return null;
  if (!can?.documentChanges) return { changes: Object.fromEntries(edits.flatMap((edit) => plainEdits(moment, edit))) };
  const asked = questioned && can.changeAnnotationSupport && questioned.edits.length > 0 ? questioned : null;
  return {
    documentChanges: [
      ...edits.flatMap((edit) => documentEdits(moment, edit, null)),
      ...(asked?.edits ?? []).flatMap((edit) => documentEdits(moment, edit, QUESTIONED)),
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

function plainEdits(moment: Moment, edit: FileEdit): [string, TextEdit[]][] {
  const uri = moment.names.uriOf(edit.path);
  return uri === null ? [] : [[uri, textEdits(moment, edit)]];
}

function documentEdits(moment: Moment, edit: FileEdit, annotationId: string | null): (TextDocumentEdit | CreateFile)[] {
  const uri = moment.names.uriOf(edit.path);
  if (uri === null) return [];
  const edits: (TextEdit | AnnotatedTextEdit)[] = textEdits(moment, edit).map((each) =>
    annotationId === null ? each : { ...each, annotationId },
  );
  const change: TextDocumentEdit = { textDocument: { uri, version: moment.openVersion(edit.path) }, edits };
  const creation: CreateFile = {
    kind: "create",
    uri,
    options: { ignoreIfExists: true },
    ...(annotationId === null ? {} : { annotationId }),
  };
  return edit.create ? [creation, change] : [change];
}

function textEdits(moment: Moment, { path, edits }: FileEdit): TextEdit[] {
  const file = moment.file(path) ?? sourceFile(path, "");
  return edits.map(({ span, newText }) => ({ range: moment.client.positions.range(file, span), newText }));
}
