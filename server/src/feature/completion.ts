import { CompletionItemKind, CompletionRequest, InsertTextFormat, MarkupKind } from "vscode-languageserver";
import { type CompletionKind, completions } from "#ide";
import { atCursor } from "../cursor.ts";
import type { Feature } from "./feature.ts";

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  relation: CompletionItemKind.Reference,
  "endpoint-key": CompletionItemKind.Property,
  interface: CompletionItemKind.Interface,
  method: CompletionItemKind.EnumMember,
  keyword: CompletionItemKind.Field,
  port: CompletionItemKind.Constant,
  snippet: CompletionItemKind.Snippet,
};

/** Proposals for the mesh's own words. Snippets become plain text for a client that takes none. */
export const completion: Feature = {
  capabilities: () => ({ completionProvider: { triggerCharacters: ['"', "'", ".", " "], resolveProvider: false } }),
  serve: (serving) =>
    serving.standard(CompletionRequest.type, (moment, params) =>
      atCursor(moment, params, ({ file, offset }) => {
        const snippets = moment.client.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
        const items = completions(moment.analysis, file.path, offset).map((each) => ({
          label: each.label,
          kind: KINDS[each.kind],
          sortText: `${each.rank}${each.label}`,
          ...(each.detail === null ? {} : { detail: each.detail }),
          ...(each.documentation === null
            ? {}
            : { documentation: { kind: MarkupKind.PlainText, value: each.documentation } }),
          insertTextFormat: each.snippet && snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
          textEdit: {
            range: moment.client.positions.range(file, each.span),
            newText: each.snippet && !snippets ? withoutStops(each.insert) : each.insert,
          },
        }));
        return items.length === 0 ? null : { isIncomplete: false, items };
      }),
    ),
};

/** A snippet's text alone: `$1` and `${1:text}` give nothing and `text`. */
function withoutStops(snippet: string): string {
  return snippet.replace(/\$\{\d+:([^}]*)\}/g, "$1").replace(/\$\d+/g, "");
}
