import { HoverRequest } from "vscode-languageserver";
import { hover as hoverAt } from "#ide";
import type { Feature } from "./feature.ts";
import { markup, placeOf, rangeAt } from "./place.ts";

/** The hover text at the cursor. */
export const hover: Feature = (serving) =>
  serving.standard(HoverRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    const found = place && hoverAt(snapshot.analysis, place.path, place.offset);
    const formats = snapshot.client.capabilities.textDocument?.hover?.contentFormat;
    return found && { contents: markup(formats, found.markdown), range: rangeAt(snapshot, found.location) };
  });
