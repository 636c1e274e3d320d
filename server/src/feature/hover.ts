import { HoverRequest } from "vscode-languageserver";
import { hover as hoverAt } from "#ide";
import type { Feature } from "./feature.ts";
import { markup, placeOf, rangeAt } from "./place.ts";

/** What lies under the cursor, in words. */
export const hover: Feature = (serving) =>
  serving.standard(HoverRequest.type, (moment, params) => {
    const place = placeOf(moment, params);
    const found = place && hoverAt(moment.analysis, place.path, place.offset);
    const formats = moment.client.capabilities.textDocument?.hover?.contentFormat;
    return found && { contents: markup(formats, found.markdown), range: rangeAt(moment, found.location) };
  });
