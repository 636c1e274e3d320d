import { DocumentLinkRequest } from "vscode-languageserver";
import { documentLinks as linksOf } from "#ide";
import type { Feature } from "./feature.ts";
import { rangeAt } from "./place.ts";

/** From interfaces and libraries to their pages. */
export const documentLinks: Feature = (serving) =>
  serving.standard(DocumentLinkRequest.type, (moment, { textDocument }) => {
    const path = moment.names.pathOf(textDocument.uri);
    if (path === null) return null;
    return linksOf(moment.analysis, path).map(({ location, url, tooltip }) => ({
      range: rangeAt(moment, location),
      target: url,
      tooltip,
    }));
  });
