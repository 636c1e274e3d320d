import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnnotatedTextEdit, CodeAction, CodeLens, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { addMeshSupportRequest } from "#protocol";
import { parsePython, sourceFile } from "#syntax";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const PYTHON = "coordinator/src/charm.py";
const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  textDocument: {
    publishDiagnostics: {},
    hover: { contentFormat: ["markdown" as const] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    rename: { prepareSupport: true },
    completion: { completionItem: { snippetSupport: true } },
    definition: { linkSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: {
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {}, resourceOperations: ["create" as const] },
  },
};

let client: LspClient;
const files = miniWorkspace();
beforeAll(async () => {
  client = await lspClient({ files, capabilities: CAPABILITIES, initializationOptions: { commands: true } });
  await client.open(PYTHON);
});
afterAll(() => client.dispose());

describe("adding mesh support", () => {
  const bare = {
    "shop/charmcraft.yaml":
      "name: shop-k8s\ntype: charm\ncontainers:\n  shop:\n    resource: image\nprovides:\n  website:\n    interface: http\n",
    "shop/src/charm.py":
      "import ops\n\n\nclass ShopCharm(ops.CharmBase):\n    def __init__(self, *args):\n        super().__init__(*args)\n        self.unit.set_ports(8080)\n",
    "shop/requirements.txt": "ops\n",
  };
  const at = { start: { line: 0, character: 7 }, end: { line: 0, character: 7 } };
  const offered = (shop: LspClient) =>
    shop.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: shop.uri("shop/charmcraft.yaml") },
      range: at,
      context: { diagnostics: [] },
    });

  test("is one edit over all files, with a preview in clients that support it", async () => {
    const shop = await lspClient({ files: bare, capabilities: CAPABILITIES });
    const answer = await shop.connection.sendRequest<{ edit: WorkspaceEdit; charms: string[] }>(
      "charmMesh/addMeshSupport",
      {
        uri: shop.uri("shop/src/charm.py"),
      },
    );
    expect(answer.charms).toEqual(["shop-k8s"]);
    const uris = (answer.edit.documentChanges ?? []).flatMap((change) =>
      "textDocument" in change ? change.textDocument.uri : [],
    );
    expect(uris).toEqual(expect.arrayContaining([shop.uri("shop/charmcraft.yaml"), shop.uri("shop/src/charm.py")]));
    const steps = Object.entries(answer.edit.changeAnnotations ?? {});
    expect(steps.map(([step]) => step)).toEqual(expect.arrayContaining(["relations", "code"]));
    for (const [step, { needsConfirmation }] of steps) expect(needsConfirmation).toBe(step === "gaps");
    const [action] = await offered(shop);
    expect(action?.edit?.documentChanges?.length).toBe(answer.edit.documentChanges?.length);
    shop.dispose();
  });

  test("asks about policies with a gap only, and is valid Python without them", async () => {
    const gapped = {
      ...bare,
      "shop/src/charm.py": bare["shop/src/charm.py"].replace("        self.unit.set_ports(8080)\n", ""),
    };
    const edits = async (support: object) => {
      const workspaceEdit = { documentChanges: true, resourceOperations: ["create" as const], ...support };
      const shop = await lspClient({ files: gapped, capabilities: { ...CAPABILITIES, workspace: { workspaceEdit } } });
      const uri = shop.uri("shop/src/charm.py");
      const answer = await shop.connection.sendRequest<{ edit: WorkspaceEdit; gaps: number }>(
        "charmMesh/addMeshSupport",
        { uri },
      );
      shop.dispose();
      const change = answer.edit.documentChanges?.find((one) => "textDocument" in one && one.textDocument.uri === uri);
      if (!change || !("textDocument" in change)) throw new Error("the code is not changed");
      return { gaps: answer.gaps, edits: change.edits as AnnotatedTextEdit[] };
    };
    const before = TextDocument.create("file:///charm.py", "python", 1, gapped["shop/src/charm.py"]);
    const [asked, plain] = [await edits({ changeAnnotationSupport: {} }), await edits({})];
    const after = TextDocument.applyEdits(before, asked.edits);
    expect(after).toBe(TextDocument.applyEdits(before, plain.edits as TextEdit[]));
    expect(after).toContain("# GAP: ");
    expect(asked.gaps).toBe(asked.edits.filter(({ annotationId }) => annotationId === "gaps").length);
    expect(asked.gaps).toBeGreaterThan(0);
    const unasked = TextDocument.applyEdits(
      before,
      asked.edits.filter(({ annotationId }) => annotationId !== "gaps"),
    );
    expect(unasked).not.toContain("# GAP: ");
    expect(parsePython(sourceFile("charm.py", unasked)).problems).toEqual([]);
  });

  test("names the lock that has to follow, and the command for it; none where no lock is, or nothing is added", async () => {
    const { "shop/requirements.txt": _, ...rest } = bare;
    const project = { ...rest, "shop/pyproject.toml": '[project]\nname = "shop"\ndependencies = ["ops"]\n' };
    const notices = async (all: Readonly<Record<string, string>>, path: string) => {
      const shop = await lspClient({ files: all, capabilities: CAPABILITIES });
      const uri = shop.uri(path);
      const answer = await shop.connection.sendRequest(addMeshSupportRequest.method, { uri });
      shop.dispose();
      return addMeshSupportRequest.result.parse(answer).notices;
    };
    const uv = { ...project, "shop/uv.lock": "version = 1\n" };
    expect(await notices(uv, "shop/src/charm.py")).toEqual([
      "shop/uv.lock holds the old requirements: run `uv lock` in its folder.",
    ]);
    const poetry = { ...project, "shop/poetry.lock": "" };
    expect(await notices(poetry, "shop/src/charm.py")).toEqual([
      "shop/poetry.lock holds the old requirements: run `poetry lock` in its folder.",
    ]);
    expect(await notices(project, "shop/src/charm.py")).toEqual([]);
    expect(await notices(bare, "shop/src/charm.py")).toEqual([]);
    expect(await notices(uv, "elsewhere.py")).toEqual([]);
  });

  test("is offered by a lens over the charm's name, until the charm has it", async () => {
    const shop = await lspClient({ files: bare, capabilities: CAPABILITIES });
    const textDocument = { uri: shop.uri("shop/charmcraft.yaml") };
    const lenses = await shop.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
    expect(lenses.map(({ range }) => range.start.line)).toEqual([0]);
    expect((await shop.connection.sendRequest<CodeLens>("codeLens/resolve", lenses[0])).command).toEqual({
      title: "Add service mesh support",
      command: "charmMesh.addMeshSupport",
      arguments: [textDocument.uri],
    });
    shop.dispose();
    const meshed = { textDocument: { uri: client.uri("coordinator/charmcraft.yaml") } };
    const others = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", meshed);
    expect(others.map(({ data }) => (data as { action: string }).action)).not.toContain("add-mesh-support");
  });

  test("is the extension's command where the client runs it; a charm that has all of it gets nothing", async () => {
    const shop = await lspClient({
      files: bare,
      capabilities: CAPABILITIES,
      initializationOptions: { commands: true },
    });
    expect((await offered(shop)).map(({ command }) => command?.command)).toEqual(["charmMesh.addMeshSupport"]);
    shop.dispose();
    const none = await client.connection.sendRequest<{ edit: null }>("charmMesh/addMeshSupport", {
      uri: client.uri(PYTHON),
    });
    expect(none.edit).toBeNull();
  });
});
