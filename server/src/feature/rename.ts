import { LSPErrorCodes, PrepareRenameRequest, RenameRequest, ResponseError } from "vscode-languageserver";
import { renameable, renamed } from "#ide";
import { atCursor } from "../cursor.ts";
import { workspaceEdit } from "../workspace-edit.ts";
import type { Feature } from "./feature.ts";

/**
 * Renames relations over charmcraft.yaml and Python. What can't be done safely is refused with the reason, which the client
 * shows. Elsewhere in a file the answer to "prepare" is null, so that another server may rename there.
 */
export const rename: Feature = {
  capabilities: (client) => ({
    renameProvider:
      client.capabilities.textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
  }),
  serve: (serving) => {
    serving.standard(PrepareRenameRequest.type, (moment, params) =>
      atCursor(moment, params, ({ file, offset }) => {
        const found = renameable(moment.analysis, file.path, offset);
        if (found === null) return null;
        if ("refusal" in found) throw new ResponseError(LSPErrorCodes.RequestFailed, found.refusal);
        return { range: moment.client.positions.range(found.place.file, found.place.span), placeholder: found.name };
      }),
    );
    serving.standard(RenameRequest.type, (moment, params) =>
      atCursor(moment, params, ({ file, offset }) => {
        const made = renamed(moment.analysis, file.path, offset, params.newName);
        if (made === null) return null;
        if ("refusal" in made) throw new ResponseError(LSPErrorCodes.RequestFailed, made.refusal);
        return workspaceEdit(moment, made.edits, made.uncertain);
      }),
    );
  },
};
