import { DefinitionRequest } from "vscode-languageserver";
import { definition as definitionAt } from "#ide";
import type { Feature } from "./feature.ts";
import { lspLinks, lspLocations, placeOf } from "./place.ts";

/** From a use to what it names. */
export const definition: Feature = (serving) =>
  serving.standard(DefinitionRequest.type, (moment, params) => {
    const place = placeOf(moment, params);
    const found = place && definitionAt(moment.analysis, place.path, place.offset);
    if (!found) return null;
    return moment.client.capabilities.textDocument?.definition?.linkSupport
      ? lspLinks(moment, found.origin, found.places)
      : lspLocations(moment, found.places);
  });
