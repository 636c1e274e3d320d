import { ImplementationRequest } from "vscode-languageserver";
import { otherSides } from "#ide";
import type { Feature } from "./feature.ts";
import { lspLinks, lspLocations, placeOf } from "./place.ts";

/** From a relation to the relations of other charms that it can be integrated with. */
export const implementation: Feature = (serving) =>
  serving.standard(ImplementationRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    const found = place && otherSides(snapshot.analysis, place.path, place.offset);
    if (!found) return null;
    return snapshot.client.capabilities.textDocument?.implementation?.linkSupport
      ? lspLinks(snapshot, found.origin, found.places)
      : lspLocations(snapshot, found.places);
  });
