import { InlayHintRequest } from "vscode-languageserver";
import { inlayHints as hintsIn } from "#ide";
import { fileAt } from "../snapshot.ts";
import type { Feature } from "./feature.ts";
import { lspLocations, markup, rangeIn } from "./place.ts";

/** What port expressions come to, behind them. */
export const inlayHints: Feature = (serving) =>
  serving.standard(InlayHintRequest.type, (snapshot, { textDocument, range }) => {
    const file = fileAt(snapshot, textDocument.uri);
    if (!file) return null;
    const { positions } = snapshot.client;
    const within = { start: positions.offset(file, range.start), end: positions.offset(file, range.end) };
    return hintsIn(snapshot.analysis, file.path, within).map(({ offset, parts, tooltip }) => ({
      position: rangeIn(snapshot, file, { start: offset, end: offset }).start,
      label: parts.map(({ text, source }) => {
        const [location] = source === null ? [] : lspLocations(snapshot, [source]);
        return location ? { value: text, location } : { value: text };
      }),
      paddingLeft: true,
      // The client says nothing about formats of hints; it does so for hovers.
      tooltip: markup(snapshot.client.capabilities.textDocument?.hover?.contentFormat, tooltip),
    }));
  });
