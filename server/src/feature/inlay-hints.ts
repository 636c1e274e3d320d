import { InlayHintRequest } from "vscode-languageserver";
import { inlayHints as hintsIn } from "#ide";
import { fileAt } from "../moment.ts";
import type { Feature } from "./feature.ts";
import { rangeIn } from "./place.ts";

/** What port expressions come to, behind them. */
export const inlayHints: Feature = (serving) =>
  serving.standard(InlayHintRequest.type, (moment, { textDocument, range }) => {
    const file = fileAt(moment, textDocument.uri);
    if (!file) return null;
    const { positions } = moment.client;
    const within = { start: positions.offset(file, range.start), end: positions.offset(file, range.end) };
    return hintsIn(moment.analysis, file.path, within).map(({ offset, label, tooltip }) => ({
      position: rangeIn(moment, file, { start: offset, end: offset }).start,
      label,
      paddingLeft: true,
      tooltip: { kind: "markdown" as const, value: tooltip },
    }));
  });
