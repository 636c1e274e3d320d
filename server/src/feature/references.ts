import { DocumentHighlightKind, DocumentHighlightRequest, ReferencesRequest } from "vscode-languageserver";
import { highlights, references as referencesOf } from "#ide";
import type { Feature } from "./feature.ts";
import { lspLocations, placeOf, rangeAt } from "./place.ts";

/** Every place that names the same thing, in YAML and in Python. */
export const references: Feature = (serving) =>
  serving.standard(ReferencesRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    if (!place) return null;
    const { includeDeclaration } = params.context;
    return lspLocations(snapshot, referencesOf(snapshot.analysis, place.path, place.offset, includeDeclaration));
  });

/** The same thing's other places in the file. */
export const documentHighlights: Feature = (serving) =>
  serving.standard(DocumentHighlightRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    if (!place) return null;
    const places = highlights(snapshot.analysis, place.path, place.offset);
    return places.length === 0
      ? null
      : places.map((each) => ({ range: rangeAt(snapshot, each), kind: DocumentHighlightKind.Text }));
  });
