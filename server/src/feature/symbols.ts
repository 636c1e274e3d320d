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
import type { ServerSnapshot } from "../snapshot.ts";
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
  serving.standard(DocumentSymbolRequest.type, (snapshot, { textDocument }) => {
    const path = snapshot.names.pathOf(textDocument.uri);
    if (path === null) return null;
    const symbols = symbolsIn(snapshot.analysis, path);
    const isTree = snapshot.client.capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport;
    return isTree
      ? symbols.map((symbol) => nested(snapshot, symbol))
      : symbols.flatMap((symbol) => [symbol, ...symbol.children]).flatMap((symbol) => flat(snapshot, symbol, null));
  });

/** Relations, calls and policies of all charms, by letters of their name. */
export const workspaceSymbols: Feature = (serving) =>
  serving.standard(WorkspaceSymbolRequest.type, (snapshot, { query }) =>
    symbolsNamed(snapshot.analysis, query).flatMap((symbol) => flat(snapshot, symbol, symbol.container)),
  );

function nested(snapshot: ServerSnapshot, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: KINDS[symbol.kind],
    range: rangeAt(snapshot, symbol.whole),
    selectionRange: rangeAt(snapshot, symbol.selection),
    children: symbol.children.map((child) => nested(snapshot, child)),
  };
}

function flat(snapshot: ServerSnapshot, symbol: OutlineSymbol, container: string | null): SymbolInformation[] {
  const { name, kind } = symbol;
  return lspLocations(snapshot, [symbol.selection]).map((location) => ({
    name,
    kind: KINDS[kind],
    location,
    ...(container === null ? {} : { containerName: container }),
  }));
}
