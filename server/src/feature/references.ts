import { DocumentHighlightKind, DocumentHighlightRequest, ReferencesRequest } from "vscode-languageserver";
import { highlights, references as referencesAt } from "#ide";
import { atCursor } from "../cursor.ts";
import { lspLocation } from "../lsp-diagnostic.ts";
import type { Feature } from "./feature.ts";

/** Every place that names the same thing, in both languages. */
export const references: Feature = {
  capabilities: () => ({ referencesProvider: true }),
  serve: (serving) =>
    serving.standard(ReferencesRequest.type, (moment, params) =>
      atCursor(moment, params, ({ file, offset }) =>
        referencesAt(moment.analysis, file.path, offset, params.context.includeDeclaration).flatMap(
          (place) => lspLocation(moment, place) ?? [],
        ),
      ),
    ),
};

/** The same within the file that is looked at. */
export const documentHighlights: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  serve: (serving) =>
    serving.standard(DocumentHighlightRequest.type, (moment, params) =>
      atCursor(moment, params, ({ file, offset }) => {
        const found = highlights(moment.analysis, file.path, offset);
        // Nothing of ours: the editor's own word highlighting, or another server, has its say.
        if (found.length === 0) return null;
        return found.map((place) => ({
          range: moment.client.positions.range(place.file, place.span),
          kind: DocumentHighlightKind.Text,
        }));
      }),
    ),
};
