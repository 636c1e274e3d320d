import { DefinitionRequest } from "vscode-languageserver";
import { definition as definitionAt } from "#ide";
import type { Feature } from "./feature.ts";
import { lspLinks, lspLocations, placeOf } from "./place.ts";

/** From a use to what it names. */
export const definition: Feature = (serving) =>
  serving.standard(DefinitionRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    const found = place && definitionAt(snapshot.analysis, place.path, place.offset);
    if (!found) return null;
    return snapshot.client.capabilities.textDocument?.definition?.linkSupport
      ? lspLinks(snapshot, found.origin, found.places)
      : lspLocations(snapshot, found.places);
  });
