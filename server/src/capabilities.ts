import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import { FIX_WORKSPACE } from "./action-kinds.ts";
import type { Hello } from "./hello.ts";
import { TOKEN_FILES, TOKEN_LEGEND } from "./token-legend.ts";

/**
 * What the server promises a client: one line for each feature of the list, which a test asks for its answer. Part of what is
 * loaded before the client has its answer to `initialize`.
 */
export function capabilitiesFor(hello: Hello): ServerCapabilities {
  const canPrepare = hello.capabilities.textDocument?.rename?.prepareSupport === true;
  return {
    positionEncoding: hello.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    hoverProvider: true,
    // The characters that open a string, an attribute or a value.
    completionProvider: { triggerCharacters: ['"', "'", ".", ":", " "] },
    signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: ["="] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: canPrepare ? { prepareProvider: true } : true,
    documentSymbolProvider: { label: "Charm Mesh" },
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll, FIX_WORKSPACE] },
    codeLensProvider: { resolveProvider: true },
    inlayHintProvider: true,
    documentLinkProvider: {},
    // In YAML only: elsewhere a server that folds or colours all of a language would be shut out by one that knows parts of it.
    foldingRangeProvider: { documentSelector: [{ language: "yaml" }] },
    semanticTokensProvider: { legend: TOKEN_LEGEND, full: true, documentSelector: [{ pattern: TOKEN_FILES }] },
    // Closed files are pushed, so there is no pull of the whole workspace that would bring them twice.
    ...(hello.diagnostics === "pull"
      ? {
          diagnosticProvider: { identifier: "charm-mesh", interFileDependencies: true, workspaceDiagnostics: false },
        }
      : {}),
  };
}
