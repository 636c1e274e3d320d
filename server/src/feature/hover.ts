import { HoverRequest, MarkupKind } from "vscode-languageserver";
import { hover as hoverAt } from "#ide";
import { atCursor } from "../cursor.ts";
import type { Feature } from "./feature.ts";

/** What lies under the cursor, in words. Plain text for a client that shows no Markdown. */
export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  serve: (serving) =>
    serving.standard(HoverRequest.type, (moment, params) =>
      atCursor(moment, params, ({ file, offset }) => {
        const found = hoverAt(moment.analysis, file.path, offset);
        if (!found) return null;
        const formats = moment.client.capabilities.textDocument?.hover?.contentFormat;
        const markdown = formats === undefined || formats.includes(MarkupKind.Markdown);
        return {
          contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value: found.markdown },
          range: moment.client.positions.range(found.location.file, found.location.span),
        };
      }),
    ),
};
