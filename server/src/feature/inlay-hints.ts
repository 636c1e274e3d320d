import { InlayHintRequest, MarkupKind } from "vscode-languageserver";
import { inlayHints as hintsOf } from "#ide";
import { fileAt } from "../moment.ts";
import type { Feature } from "./feature.ts";

/** Resolved ports behind their expressions, with the chain on hover. */
export const inlayHints: Feature = {
  capabilities: () => ({ inlayHintProvider: true }),
  serve: (serving) =>
    serving.standard(InlayHintRequest.type, (moment, { textDocument, range }) => {
      const file = fileAt(moment, textDocument.uri);
      if (file === null) return null;
      const { offset, range: rangeOf } = moment.client.positions;
      const within = { start: offset(file, range.start), end: offset(file, range.end) };
      return hintsOf(moment.analysis, file.path, within).map((hint) => ({
        position: rangeOf(file, { start: hint.offset, end: hint.offset }).end,
        label: hint.label,
        paddingLeft: true,
        tooltip: { kind: MarkupKind.Markdown, value: hint.tooltip },
      }));
    }),
};
