import { type CompletionItem, CompletionItemKind, CompletionRequest, InsertTextFormat } from "vscode-languageserver";
import { type Completion, type CompletionKind, completions } from "#ide";
import type { ServerSnapshot } from "../snapshot.ts";
import type { Feature } from "./feature.ts";
import { markup, type Place, placeOf, rangeIn } from "./place.ts";

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  relation: CompletionItemKind.Reference,
  "endpoint-key": CompletionItemKind.Field,
  interface: CompletionItemKind.Interface,
  method: CompletionItemKind.EnumMember,
  keyword: CompletionItemKind.Property,
  port: CompletionItemKind.Constant,
  snippet: CompletionItemKind.Snippet,
  event: CompletionItemKind.Event,
  rule: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
};

/** Proposals at the cursor. The characters are those that open a string, an attribute or a value. */
export const completion: Feature = (serving) =>
  serving.standard(CompletionRequest.type, (snapshot, params) => {
    const place = placeOf(snapshot, params);
    if (!place) return null;
    return completions(snapshot.analysis, place.path, place.offset).map((each) => itemOf(snapshot, place, each));
  });

function itemOf(snapshot: ServerSnapshot, { file }: Place, proposal: Completion): CompletionItem {
  const can = snapshot.client.capabilities.textDocument?.completion?.completionItem;
  const isSnippet = proposal.snippet && can?.snippetSupport === true;
  const { label, kind, detail, documentation, insert, span, rank, additional } = proposal;
  return {
    label,
    kind: KINDS[kind],
    sortText: String(rank).padStart(4, "0") + label,
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: {
      range: rangeIn(snapshot, file, span),
      newText: proposal.snippet && !isSnippet ? withoutStops(insert) : insert,
    },
    ...(detail === null ? {} : { detail }),
    ...(documentation === null ? {} : { documentation: markup(can?.documentationFormat, documentation) }),
    ...(additional.length === 0
      ? {}
      : {
          additionalTextEdits: additional.map((edit) => ({
            range: rangeIn(snapshot, file, edit.span),
            newText: edit.newText,
          })),
        }),
  };
}

/** A snippet's text alone: `$1` and `${1:text}` give nothing and `text`. */
function withoutStops(snippet: string): string {
  return snippet.replace(/\$\{\d+:([^}]{0,400})\}/g, "$1").replace(/\$\d+/g, "");
}
