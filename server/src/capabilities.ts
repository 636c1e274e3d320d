import {
  type FileOperationRegistrationOptions,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { ACTION_KINDS } from "./action-kinds.ts";
import type { ClientInfo } from "./client-info.ts";
import { COMMANDS } from "./command-names.ts";
import { DOCUMENT_SCHEME } from "./document-scheme.ts";
import { TOKEN_FILES, TOKEN_LEGEND } from "./token-legend.ts";

/** Folders, which may be those of charms, and Python files, which may be libraries. */
const MOVED_FILES: FileOperationRegistrationOptions["filters"] = [
  { scheme: "file", pattern: { glob: "**", matches: "folder" } },
  { scheme: "file", pattern: { glob: "**/*.py", matches: "file" } },
];

/**
 * What the server promises a client: one line for each feature of the list, which a test asks for its answer. Part of what is
 * loaded before the client has its answer to `initialize`.
 */
export function capabilitiesFor(info: ClientInfo): ServerCapabilities {
  const can = info.capabilities;
  const canPrepare = can.textDocument?.rename?.prepareSupport === true;
  return {
    positionEncoding: info.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { willRename: { filters: MOVED_FILES } },
      // The extension serves these documents to VS Code itself.
      ...(info.runsCommands ? {} : { textDocumentContent: { schemes: [DOCUMENT_SCHEME] } }),
    },
    hoverProvider: true,
    // The characters that open a string, an attribute or a value.
    completionProvider: { triggerCharacters: ['"', "'", ".", ":", " "] },
    signatureHelpProvider: { triggerCharacters: ["(", ","], retriggerCharacters: ["="] },
    definitionProvider: true,
    implementationProvider: true,
    callHierarchyProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: canPrepare ? { prepareProvider: true } : true,
    documentSymbolProvider: { label: "Charm Mesh" },
    workspaceSymbolProvider: true,
    codeActionProvider: can.textDocument?.codeAction?.codeActionLiteralSupport
      ? { codeActionKinds: [...ACTION_KINDS] }
      : true,
    // Commands of these names are the extension's own in VS Code, and can't be registered twice there.
    ...(info.runsCommands ? {} : { executeCommandProvider: { commands: [...COMMANDS] } }),
    codeLensProvider: { resolveProvider: true },
    inlayHintProvider: true,
    documentLinkProvider: {},
    // In YAML only: elsewhere a server that folds or colours all of a language would be shut out by one that knows parts of it.
    foldingRangeProvider: { documentSelector: [{ language: "yaml" }] },
    semanticTokensProvider: { legend: TOKEN_LEGEND, full: true, documentSelector: [{ pattern: TOKEN_FILES }] },
    // Closed files are pushed, so there is no pull of the whole workspace that would bring them twice.
    ...(info.diagnostics === "pull"
      ? {
          diagnosticProvider: { identifier: "charm-mesh", interFileDependencies: true, workspaceDiagnostics: false },
        }
      : {}),
  };
}
