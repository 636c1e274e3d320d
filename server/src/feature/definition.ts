import { DefinitionRequest, type Location, type LocationLink } from "vscode-languageserver";
import { definition as definitionAt } from "#ide";
import { atCursor } from "../cursor.ts";
import { lspLocation } from "../lsp-diagnostic.ts";
import type { Feature } from "./feature.ts";

/** From a use to what it names, with the exact origin for a client that takes links. */
export const definition: Feature = {
  capabilities: () => ({ definitionProvider: true }),
  serve: (serving) =>
    serving.standard(DefinitionRequest.type, (moment, params): Location[] | LocationLink[] | null =>
      atCursor(moment, params, ({ file, offset }) => {
        const found = definitionAt(moment.analysis, file.path, offset);
        if (!found) return null;
        const places = found.places.flatMap((place) => lspLocation(moment, place) ?? []);
        if (moment.client.capabilities.textDocument?.definition?.linkSupport !== true) return places;
        const originSelectionRange = moment.client.positions.range(found.origin.file, found.origin.span);
        return places.map(({ uri, range }) => ({
          originSelectionRange,
          targetUri: uri,
          targetRange: range,
          targetSelectionRange: range,
        }));
      }),
    ),
};
