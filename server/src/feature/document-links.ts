import { DocumentLinkRequest } from "vscode-languageserver";
import { documentLinks as linksOf } from "#ide";
import type { Feature } from "./feature.ts";
import { rangeAt } from "./place.ts";

/** From interfaces and libraries to their pages. */
export const documentLinks: Feature = (serving) =>
  serving.standard(DocumentLinkRequest.type, (snapshot, { textDocument }) => {
    const path = snapshot.names.pathOf(textDocument.uri);
    if (path === null) return null;
    return linksOf(snapshot.analysis, path).map(({ location, url, tooltip }) => ({
      range: rangeAt(snapshot, location),
      target: url,
      tooltip,
    }));
  });
