import { DocumentLinkRequest } from "vscode-languageserver";
import { documentLinks as linksOf } from "#ide";
import { fileAt } from "../moment.ts";
import type { Feature } from "./feature.ts";

/** Interfaces and libraries lead to their pages; the editor opens one when it is clicked. */
export const documentLinks: Feature = {
  capabilities: () => ({ documentLinkProvider: { resolveProvider: false } }),
  serve: (serving) =>
    serving.standard(DocumentLinkRequest.type, (moment, { textDocument }) => {
      const file = fileAt(moment, textDocument.uri);
      if (file === null) return null;
      return linksOf(moment.analysis, file.path).map((link) => ({
        range: moment.client.positions.range(link.location.file, link.location.span),
        target: link.url,
        tooltip: link.tooltip,
      }));
    }),
};
