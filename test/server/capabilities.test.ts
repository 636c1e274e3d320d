import { expect, test } from "vitest";
import type { Serving } from "../../server/src/feature/feature.ts";
import { FEATURES } from "../../server/src/feature/list.ts";
import { methodsInGuide } from "../e2e/driver/wire.ts";
import { lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

/** The requests behind each promise of `initialize`. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  hoverProvider: ["textDocument/hover"],
  completionProvider: ["textDocument/completion"],
  signatureHelpProvider: ["textDocument/signatureHelp"],
  definitionProvider: ["textDocument/definition"],
  implementationProvider: ["textDocument/implementation"],
  callHierarchyProvider: [
    "textDocument/prepareCallHierarchy",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
  ],
  executeCommandProvider: ["workspace/executeCommand"],
  referencesProvider: ["textDocument/references"],
  documentHighlightProvider: ["textDocument/documentHighlight"],
  renameProvider: ["textDocument/prepareRename", "textDocument/rename"],
  documentSymbolProvider: ["textDocument/documentSymbol"],
  workspaceSymbolProvider: ["workspace/symbol"],
  codeActionProvider: ["textDocument/codeAction"],
  codeLensProvider: ["textDocument/codeLens", "codeLens/resolve"],
  inlayHintProvider: ["textDocument/inlayHint"],
  documentLinkProvider: ["textDocument/documentLink"],
  foldingRangeProvider: ["textDocument/foldingRange"],
  semanticTokensProvider: ["textDocument/semanticTokens/full"],
  diagnosticProvider: ["textDocument/diagnostic"],
};

test("every promise is kept, and nothing is promised that this list does not know", async () => {
  const client = await lspClient({
    files: miniWorkspace(),
    writePage: async (name) => `file:///tmp/${name}`,
    capabilities: {
      textDocument: { diagnostic: {}, rename: { prepareSupport: true } },
      workspace: { diagnostics: { refreshSupport: true } },
    },
  });
  const { positionEncoding, textDocumentSync, workspace, ...promised } = client.initialized.capabilities;
  expect([positionEncoding, typeof textDocumentSync, typeof workspace]).toEqual(["utf-16", "object", "object"]);
  expect(Object.keys(promised).sort()).toEqual(Object.keys(REQUESTS).sort());
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const params = {
    textDocument: { uri: client.uri("coordinator/charmcraft.yaml") },
    position: range.start,
    range,
    context: { diagnostics: [], includeDeclaration: true },
    newName: "x",
    query: "",
    item: { uri: client.uri("coordinator/charmcraft.yaml"), range, selectionRange: range },
    command: "charmMesh.showPolicies",
  };
  for (const method of Object.values(REQUESTS).flat())
    await expect(client.connection.sendRequest(method, params), method).resolves.toBeDefined();
  expect(client.log).toEqual([]);
  client.dispose();
});

/** What serve-client.ts and start.ts handle beside the features. */
const LIFECYCLE = [
  "initialize",
  "initialized",
  "shutdown",
  "textDocument/didOpen",
  "textDocument/didChange",
  "textDocument/didSave",
  "textDocument/didClose",
  "workspace/didChangeConfiguration",
  "workspace/didChangeWatchedFiles",
  "workspace/didChangeWorkspaceFolders",
];

test("the guide's table lists the methods that the server handles, and no others", () => {
  const methods: string[] = [];
  const note = ({ method }: { readonly method: string }) => void methods.push(method);
  const serving = { standard: note, aboutFile: note, own: () => undefined, platform: {}, connection: {} };
  for (const feature of FEATURES) feature(serving as unknown as Serving);
  expect(methodsInGuide(null)).toEqual([...methods, ...LIFECYCLE].sort());
});
