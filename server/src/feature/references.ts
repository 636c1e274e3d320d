import { DocumentHighlightKind, DocumentHighlightRequest, ReferencesRequest } from "vscode-languageserver";
import { highlights, references as referencesOf } from "#ide";
import type { Feature } from "./feature.ts";
import { lspLocations, placeOf, rangeAt } from "./place.ts";

/** Every place that names the same thing, in YAML and in Python. */
export const references: Feature = (serving) =>
  serving.standard(ReferencesRequest.type, (moment, params) => {
    const place = placeOf(moment, params);
    if (!place) return null;
    const { includeDeclaration } = params.context;
    return lspLocations(moment, referencesOf(moment.analysis, place.path, place.offset, includeDeclaration));
  });

/** The same thing's other places in the file. */
export const documentHighlights: Feature = (serving) =>
  serving.standard(DocumentHighlightRequest.type, (moment, params) => {
    const place = placeOf(moment, params);
    if (!place) return null;
    const places = highlights(moment.analysis, place.path, place.offset);
    return places.length === 0
      ? null
      : places.map((each) => ({ range: rangeAt(moment, each), kind: DocumentHighlightKind.Text }));
  });
