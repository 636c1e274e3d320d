import { LSPErrorCodes, PrepareRenameRequest, RenameRequest, ResponseError } from "vscode-languageserver";
import { renameable, renamed } from "#ide";
import { workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";
import { placeOf, rangeAt } from "./place.ts";

/** Renames a relation in YAML and in all Python of its charm; a refusal carries its reason. */
export const rename: Feature = (serving) => {
  serving.standard(PrepareRenameRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    const found = place && renameable(snapshot.analysis, place.path, place.offset);
    if (!found) return null;
    if ("refusal" in found) throw refused(found.refusal);
    return { range: rangeAt(snapshot, found.place), placeholder: found.name };
  });
  serving.standard(RenameRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    const result = place && renamed(snapshot.analysis, place.path, place.offset, params.newName);
    if (!result) return null;
    if ("refusal" in result) throw refused(result.refusal);
    if (result.shared !== null && !snapshot.client.capabilities.workspace?.workspaceEdit?.changeAnnotationSupport)
      throw refused(result.shared);
    return workspaceEdit(snapshot, result.edits, {
      edits: result.uncertain,
      label: "May name something else",
      description: "The same word, in a place that does not say whether it names this relation.",
    });
  });
};

function refused(reason: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}
