import { WillRenameFilesRequest } from "vscode-languageserver";
import { movedFileEdits } from "#ide";
import { workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";

/** What follows from moving charm folders and libraries: paths in bundles, and imports. */
export const willRenameFiles: Feature = (serving) =>
  serving.standard(WillRenameFilesRequest.type, (snapshot, { files }) => {
    const moves = files.flatMap(({ oldUri, newUri }) => {
      const [from, to] = [snapshot.names.pathOf(oldUri), snapshot.names.pathOf(newUri)];
      return from === null || to === null ? [] : [{ from, to }];
    });
    const edits = movedFileEdits(snapshot.analysis, moves);
    return edits.length > 0 ? workspaceEdit(snapshot, edits) : null;
  });
