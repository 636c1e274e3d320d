import { type DocumentSymbol, DocumentSymbolRequest, SymbolKind, WorkspaceSymbolRequest } from "vscode-languageserver";
import { type OutlineSymbol, workspaceSymbols as symbolsNamed, documentSymbols as symbolsOf } from "#ide";
import { lspLocation } from "../lsp-diagnostic.ts";
import { fileAt, type Moment } from "../moment.ts";
import type { Feature } from "./feature.ts";

const KINDS: Readonly<Record<OutlineSymbol["kind"], SymbolKind>> = {
  relation: SymbolKind.Interface,
  coordinator: SymbolKind.Object,
  worker: SymbolKind.Object,
  consumer: SymbolKind.Object,
  "endpoint-key": SymbolKind.Key,
  policy: SymbolKind.Constructor,
};

/** The outline of a file. */
export const documentSymbols: Feature = {
  capabilities: () => ({ documentSymbolProvider: { label: "Charm Mesh" } }),
  serve: (serving) =>
    serving.standard(DocumentSymbolRequest.type, (moment, { textDocument }) => {
      const file = fileAt(moment, textDocument.uri);
      return file === null ? null : symbolsOf(moment.analysis, file.path).map((symbol) => lspSymbol(moment, symbol));
    }),
};

/** Relations, policies and calls of all charms by name. */
export const workspaceSymbols: Feature = {
  capabilities: () => ({ workspaceSymbolProvider: true }),
  serve: (serving) =>
    serving.standard(WorkspaceSymbolRequest.type, (moment, { query }) =>
      symbolsNamed(moment.analysis, query).flatMap((symbol) => {
        const location = lspLocation(moment, symbol.selection);
        return location
          ? [{ name: symbol.name, kind: KINDS[symbol.kind], location, containerName: symbol.container }]
          : [];
      }),
    ),
};

function lspSymbol(moment: Moment, symbol: OutlineSymbol): DocumentSymbol {
  const { range } = moment.client.positions;
  return {
    name: symbol.name || "(no name)",
    detail: symbol.detail,
    kind: KINDS[symbol.kind],
    range: range(symbol.whole.file, symbol.whole.span),
    selectionRange: range(symbol.selection.file, symbol.selection.span),
    children: symbol.children.map((child) => lspSymbol(moment, child)),
  };
}
