import {
  type DocumentSymbol,
  DocumentSymbolRequest,
  SymbolKind as LspSymbolKind,
  type SymbolInformation,
  WorkspaceSymbolRequest,
} from "vscode-languageserver";
import {
  type OutlineSymbol,
  type SymbolKind,
  documentSymbols as symbolsIn,
  workspaceSymbols as symbolsNamed,
} from "#ide";
import type { Moment } from "../moment.ts";
import type { Feature } from "./feature.ts";
import { lspLocations, rangeAt } from "./place.ts";

const KINDS: Readonly<Record<SymbolKind, LspSymbolKind>> = {
  relation: LspSymbolKind.Interface,
  coordinator: LspSymbolKind.Module,
  worker: LspSymbolKind.Module,
  consumer: LspSymbolKind.Module,
  "endpoint-key": LspSymbolKind.Key,
  policy: LspSymbolKind.Object,
};

/** The outline of one file. */
export const documentSymbols: Feature = (serving) =>
  serving.standard(DocumentSymbolRequest.type, (moment, { textDocument }) => {
    const path = moment.names.pathOf(textDocument.uri);
    if (path === null) return null;
    const symbols = symbolsIn(moment.analysis, path);
    const isTree = moment.client.capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport;
    return isTree
      ? symbols.map((symbol) => nested(moment, symbol))
      : symbols.flatMap((symbol) => [symbol, ...symbol.children]).flatMap((symbol) => flat(moment, symbol, null));
  });

/** Relations, calls and policies of all charms, by letters of their name. */
export const workspaceSymbols: Feature = (serving) =>
  serving.standard(WorkspaceSymbolRequest.type, (moment, { query }) =>
    symbolsNamed(moment.analysis, query).flatMap((symbol) => flat(moment, symbol, symbol.container)),
  );

function nested(moment: Moment, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: KINDS[symbol.kind],
    range: rangeAt(moment, symbol.whole),
    selectionRange: rangeAt(moment, symbol.selection),
    children: symbol.children.map((child) => nested(moment, child)),
  };
}

function flat(moment: Moment, symbol: OutlineSymbol, container: string | null): SymbolInformation[] {
  const { name, kind } = symbol;
  return lspLocations(moment, [symbol.selection]).map((location) => ({
    name,
    kind: KINDS[kind],
    location,
    ...(container === null ? {} : { containerName: container }),
  }));
}
