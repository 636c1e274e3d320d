import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Location,
  ShowDocumentParams,
  WorkspaceEdit,
} from "vscode-languageserver";
import { type LspClient, lspClient } from "../support/lsp-client.ts";

const SAMPLE = "samples/observability";
const COORDINATOR = "coordinator/charmcraft.yaml";
const STOREFRONT = "storefront/charmcraft.yaml";

const files = Object.fromEntries(
  readdirSync(SAMPLE, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:yaml|py|toml)$/.test(name))
    .map((name) => [name.replaceAll(path.sep, "/"), readFileSync(path.join(SAMPLE, name), "utf8")]),
);

let client: LspClient;
afterEach(() => client.dispose());

const started = async (options: Partial<Parameters<typeof lspClient>[0]> = {}): Promise<void> => {
  client = await lspClient({ files, ...options });
};

/** The place of the first occurrence of a text, one character into it. */
function at(file: string, text: string) {
  const before = (files[file] ?? "").split(text)[0] ?? "";
  const lines = before.split("\n");
  return {
    textDocument: { uri: client.uri(file) },
    position: { line: lines.length - 1, character: (lines.at(-1)?.length ?? 0) + 1 },
  };
}

async function itemAt(file: string, text: string): Promise<CallHierarchyItem> {
  const items = await client.connection.sendRequest<CallHierarchyItem[]>(
    "textDocument/prepareCallHierarchy",
    at(file, text),
  );
  expect(items).toHaveLength(1);
  return items[0] as CallHierarchyItem;
}

test("call hierarchy: who may reach a relation, and whom it reaches, by the deployment's policies", async () => {
  await started();
  const api = await itemAt(COORDINATOR, "quarry-api:");
  const incoming = await client.connection.sendRequest<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
    item: api,
  });
  expect(incoming.map(({ from }) => [from.name, from.uri])).toEqual([
    ["storefront:quarry-api", client.uri(STOREFRONT)],
  ]);
  // The line of each policy that lets the caller in is one of the ranges.
  expect(incoming[0]?.fromRanges.length).toBeGreaterThan(0);

  const user = await itemAt(STOREFRONT, "quarry-api:");
  const outgoing = await client.connection.sendRequest<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", {
    item: user,
  });
  expect(outgoing.map(({ to }) => [to.name, to.uri])).toEqual([["quarry:quarry-api", client.uri(COORDINATOR)]]);
  const none = await client.connection.sendRequest<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", {
    item: user,
  });
  expect(none).toEqual([]);
});

test("implementation: the relations of other charms that fit", async () => {
  await started();
  const found = await client.connection.sendRequest<Location[]>(
    "textDocument/implementation",
    at(COORDINATOR, "quarry-cluster:"),
  );
  expect(found.map(({ uri }) => uri).sort()).toEqual([
    client.uri("ingest-worker/charmcraft.yaml"),
    client.uri("query-worker/charmcraft.yaml"),
  ]);
});

test("a moved charm folder is followed in the bundles that name it", async () => {
  await started({
    files: {
      ...files,
      "bundle.yaml": (files["bundle.yaml"] ?? "").replace("charm: storefront-k8s", "charm: ./storefront"),
    },
  });
  const edit = await client.connection.sendRequest<WorkspaceEdit>("workspace/willRenameFiles", {
    files: [{ oldUri: client.uri("storefront"), newUri: client.uri("shops/front") }],
  });
  expect(Object.entries(edit.changes ?? {}).map(([uri, edits]) => [uri, edits.map(({ newText }) => newText)])).toEqual([
    [client.uri("bundle.yaml"), ["./shops/front"]],
  ]);
});

test("the policies are a document of the server", async () => {
  await started();
  const ask = async (uri: string): Promise<string> =>
    (await client.connection.sendRequest<{ text: string }>("workspace/textDocumentContent", { uri })).text;
  expect(await ask("charm-mesh:/policies.yaml")).toContain("kind: AuthorizationPolicy");
  expect(await ask("charm-mesh:/policies")).toMatch(/storefront.*quarry.*9195/);
  expect(await ask("file:///etc/hostname")).toBe("");
});

test("the graph's command writes a page and has the client open it in the browser", async () => {
  const pages = new Map<string, string>();
  await started({
    capabilities: { window: { showDocument: { support: true } } },
    writePage: async (name, text) => {
      pages.set(name, text);
      return `file:///tmp/${name}`;
    },
  });
  const shown: ShowDocumentParams[] = [];
  client.connection.onRequest("window/showDocument", (params: ShowDocumentParams) => {
    shown.push(params);
    return { success: true };
  });
  await client.connection.sendRequest("workspace/executeCommand", { command: "charmMesh.showGraph" });
  expect(shown).toEqual([{ uri: "file:///tmp/traffic-graph.html", external: true, takeFocus: true }]);
  expect(pages.get("traffic-graph.html")).toMatch(/^<!doctype html>[\s\S]*storefront/i);
});
