import { ChangeAnnotation, type TextDocumentEdit, type WorkspaceEdit } from "vscode-languageserver";
import type { FileEdit } from "#syntax";
import { sourceFile } from "#syntax";
import type { Moment } from "./moment.ts";

/** Under this name go edits that the user should look at one by one before they are made. */
const UNCERTAIN = "uncertain";

/**
 * Edits of the engine as LSP says them. Files outside the workspace are refused: an edit that names one is left out. Edits that
 * are uncertain need the user's confirmation, and are left out for a client that can't ask for it.
 */
export function workspaceEdit(
  moment: Moment,
  edits: readonly FileEdit[],
  uncertain: readonly FileEdit[] = [],
): WorkspaceEdit {
  const can = moment.client.capabilities.workspace?.workspaceEdit;
  const documents = edits.flatMap((edit) => documentEdits(moment, edit, null));
  const asks = can?.documentChanges === true && can.changeAnnotationSupport !== undefined;
  if (asks) documents.push(...uncertain.flatMap((edit) => documentEdits(moment, edit, UNCERTAIN)));
  if (can?.documentChanges !== true) {
    const changes: NonNullable<WorkspaceEdit["changes"]> = {};
    for (const { textDocument, edits: made } of documents) {
      changes[textDocument.uri] = [
        ...(changes[textDocument.uri] ?? []),
        ...(made as { range: never; newText: string }[]),
      ];
    }
    return { changes };
  }
  const creations = edits
    .filter((edit) => edit.create && can.resourceOperations?.includes("create"))
    .flatMap((edit) => {
      const uri = moment.names.uriOf(edit.path);
      return uri === null ? [] : [{ kind: "create" as const, uri, options: { ignoreIfExists: true } }];
    });
  return {
    documentChanges: [...creations, ...documents],
    ...(asks && uncertain.length > 0
      ? {
          changeAnnotations: {
            [UNCERTAIN]: ChangeAnnotation.create(
              "The same word, perhaps not the relation",
              true,
              "These strings are spelt like the relation, but nothing says that they name it.",
            ),
          },
        }
      : {}),
  };
}

function documentEdits(moment: Moment, edit: FileEdit, annotation: string | null): TextDocumentEdit[] {
  const uri = moment.names.uriOf(edit.path);
  const file = moment.file(edit.path) ?? (edit.create ? sourceFile(edit.path, "") : null);
  if (uri === null || file === null || edit.path.split("/").includes("..")) return [];
  return [
    {
      textDocument: { uri, version: null },
      edits: edit.edits.map(({ span, newText }) => {
        const range = moment.client.positions.range(file, span);
        return annotation === null ? { range, newText } : { range, newText, annotationId: annotation };
      }),
    },
  ];
}
