import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  Hover,
  InlayHint,
  InlayHintLabelPart,
  Location,
  LocationLink,
  MarkupContent,
  SignatureHelp,
  SymbolInformation,
  WorkspaceEdit,
} from "vscode-languageserver";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const YAML = "coordinator/charmcraft.yaml";
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

/** The position behind the `nth` occurrence of a text. */
function behind(path: string, text: string, nth = 1): { line: number; character: number } {
  const source = files[path] ?? "";
  let at = -1;
  for (let count = 0; count < nth; count++) at = source.indexOf(text, at + 1);
  if (at < 0) throw new Error(`${path} does not hold ${text}`);
  const before = source.slice(0, at + text.length).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function ask<R>(method: string, path: string, more: object = {}): Promise<R> {
  return client.connection.sendRequest<R>(`textDocument/${method}`, {
    textDocument: { uri: client.uri(path) },
    ...more,
  });
}

function textIn(
  uri: string,
  { start, end }: { start: { line: number; character: number }; end: { line: number; character: number } },
): string {
  const lines = (files[uri.slice(client.uri("").length)] ?? "").split("\n");
  return start.line === end.line ? (lines[start.line] ?? "").slice(start.character, end.character) : "(several lines)";
}

describe("asking", () => {
  test("hover on an endpoint key names the relation it maps to; elsewhere there is none", async () => {
    const position = behind(PYTHON, '"service-mesh');
    const hover = await ask<Hover>("hover", PYTHON, { position });
    const contents = hover.contents as MarkupContent;
    expect(contents.kind).toBe("markdown");
    expect(contents.value).toContain("service\\-mesh");
    expect(hover.range?.start.line).toBe(position.line);
    expect(await ask("hover", PYTHON, { position: { line: 0, character: 0 } })).toBeNull();
    expect(await ask("hover", "README.md", { position: { line: 0, character: 0 } })).toBeNull();
  });

  test("hover on a relation in YAML, in a file that is not open", async () => {
    const hover = await ask<Hover>("hover", YAML, { position: behind(YAML, "  mini-api") });
    expect((hover.contents as MarkupContent).value).toContain("mini_api");
  });

  test("definition leads from the map's value to the relation in YAML", async () => {
    const links = await ask<LocationLink[]>("definition", PYTHON, { position: behind(PYTHON, '"logging": "log') });
    expect(links.map(({ targetUri, targetRange }) => [targetUri, textIn(targetUri, targetRange)])).toEqual([
      [client.uri(YAML), "logging"],
    ]);
  });

  test("references and highlights name all places, in both languages", async () => {
    const position = behind(YAML, "  mini-ap");
    const places = await ask<Location[]>("references", YAML, { position, context: { includeDeclaration: true } });
    const found = places.map(({ uri, range }) => `${uri.slice(client.uri("").length)} ${textIn(uri, range)}`);
    expect(found).toContain(`${YAML} mini-api`);
    expect(found.some((place) => place.startsWith(PYTHON))).toBe(true);
    const highlights = await ask<DocumentHighlight[]>("documentHighlight", YAML, { position });
    expect(highlights).toHaveLength(1);
  });

  test("symbols of a file and of the workspace", async () => {
    const symbols = await ask<DocumentSymbol[]>("documentSymbol", YAML);
    expect(symbols.map(({ name }) => name)).toContain("mini-api");
    const found = await client.connection.sendRequest<SymbolInformation[]>("workspace/symbol", { query: "mini-api" });
    expect(found.map(({ name, containerName }) => [name, containerName])).toContainEqual([
      "mini-api",
      "mini-coordinator-k8s",
    ]);
  });

  test("inlay hints show the ports behind names", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
    const hints = await ask<InlayHint[]>("inlayHint", PYTHON, { range });
    expect(hints.map(({ label }) => (label as InlayHintLabelPart[]).map(({ value }) => value).join(""))).toEqual(
      expect.arrayContaining(["3200", "3300"]),
    );
    // Each number leads to the line that it stands in.
    for (const { label } of hints)
      for (const part of label as InlayHintLabelPart[]) expect(part.location?.uri).toMatch(/\.py$/);
  });

  test("lenses name the extension's commands when they are resolved", async () => {
    const lenses = await ask<CodeLens[]>("codeLens", PYTHON);
    expect(lenses.length).toBeGreaterThan(1);
    const resolved = await client.connection.sendRequest<CodeLens>("codeLens/resolve", lenses[0]);
    expect(resolved.command?.command).toMatch(/^charmMesh\.show/);
    expect(resolved.command?.title).toMatch(/polic/);
    // The policies open at the row of the lens's own line.
    expect(resolved.command?.arguments).toEqual([
      { path: expect.stringMatching(/charm\.py$/), line: lenses[0]?.range.start.line },
    ]);
    const graph = await client.connection.sendRequest<CodeLens>("codeLens/resolve", lenses[1]);
    expect(graph.command).toMatchObject({ command: "charmMesh.showGraph", title: "Show traffic graph" });
  });

  test("links lead to pages on https", async () => {
    const links = await ask<DocumentLink[]>("documentLink", YAML);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter(({ target }) => !target?.startsWith("https://"))).toEqual([]);
  });
});

describe("writing", () => {
  test("completion proposes relations inside a string, and inserts one of them", async () => {
    const text = (files[PYTHON] ?? "").replace('"logging": "logging"', '"logging": ""');
    await client.change(PYTHON, text);
    const position = behind(PYTHON, '"logging": "');
    const items = await ask<CompletionItem[]>("completion", PYTHON, { position });
    expect(items.map(({ label }) => label)).toContain("logging");
    await client.change(PYTHON, files[PYTHON] ?? "");
  });

  test("signature help names the parameter that is written", async () => {
    const help = await ask<SignatureHelp>("signatureHelp", PYTHON, {
      position: behind(PYTHON, 'AppPolicy(relation="mini'),
    });
    expect(help.signatures[0]?.label).toMatch(/^AppPolicy\(relation: /);
    expect(help.activeParameter).toBe(0);
  });

  test("rename changes YAML and Python, with the versions of open documents", async () => {
    const position = behind(PYTHON, '"logging": "logg');
    const range = await ask<{ placeholder: string }>("prepareRename", PYTHON, { position });
    expect(range.placeholder).toBe("logging");
    const edit = await ask<WorkspaceEdit>("rename", PYTHON, { position, newName: "log-sink" });
    const changed = (edit.documentChanges ?? []).flatMap((change) =>
      "textDocument" in change ? [[change.textDocument.uri, change.textDocument.version !== null]] : [],
    );
    expect(changed).toContainEqual([client.uri(YAML), false]);
    expect(changed).toContainEqual([client.uri(PYTHON), true]);
  });

  test("a rename that can't be done is refused with its reason", async () => {
    const position = behind(PYTHON, '"logging": "logg');
    await expect(ask("rename", PYTHON, { position, newName: "Not A Name" })).rejects.toThrow(/name/i);
    await expect(ask("prepareRename", PYTHON, { position: behind(PYTHON, '"loggin') })).rejects.toThrow(/keys/i);
    expect(await ask("prepareRename", PYTHON, { position: { line: 0, character: 0 } })).toBeNull();
  });
});

describe("fixing", () => {
  const broken = (files[PYTHON] ?? "").replace('"logging": "logging"', '"logging": "loging"');
  const whole = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

  test("a quick fix belongs to its finding and makes it go away", async () => {
    await client.change(PYTHON, broken);
    expect(client.codes(PYTHON)).toEqual(["undeclared-endpoint"]);
    const range = client.published(PYTHON)?.diagnostics[0]?.range;
    const actions = await ask<CodeAction[]>("codeAction", PYTHON, {
      range,
      context: { diagnostics: [], only: ["quickfix"] },
    });
    const [preferred] = actions.filter(({ isPreferred }) => isPreferred);
    expect(preferred?.diagnostics?.[0]?.code).toBe("undeclared-endpoint");
    const [change] = preferred?.edit?.documentChanges ?? [];
    const edits = change && "edits" in change ? change.edits : [];
    expect(edits).toHaveLength(1);
    await client.change(PYTHON, edits[0] && "newText" in edits[0] ? edits[0].newText : "", edits[0]?.range);
    expect(client.codes(PYTHON)).toEqual([]);
    await client.change(PYTHON, files[PYTHON] ?? "");
  });

  test("a policy that is right can be turned into the other kind, with its imports", async () => {
    const start = behind(PYTHON, "    AppPol");
    const actions = await ask<CodeAction[]>("codeAction", PYTHON, {
      range: { start, end: start },
      context: { diagnostics: [], only: ["refactor"] },
    });
    expect(actions.map(({ title, kind }) => [title, kind])).toEqual([
      ["Turn it into a UnitPolicy", "refactor.rewrite"],
    ]);
    const [change] = actions[0]?.edit?.documentChanges ?? [];
    const texts =
      change && "edits" in change ? change.edits.map((edit) => ("newText" in edit ? edit.newText : "")) : [];
    expect(texts).toEqual(expect.arrayContaining(["UnitPolicy", expect.stringMatching(/^ports=\[/)]));
  });

  test("fix all is offered when something can be fixed, and only when it is asked for or everything is", async () => {
    const asked = (only?: string[]) =>
      ask<CodeAction[]>("codeAction", PYTHON, {
        range: whole,
        context: { diagnostics: [], ...(only ? { only } : {}) },
      });
    expect(await asked(["source.fixAll"])).toEqual([]);
    await client.change(PYTHON, broken);
    expect((await asked(["source.fixAll"])).map(({ kind }) => kind)).toEqual(["source.fixAll"]);
    expect((await asked(["refactor"])).map(({ kind }) => kind)).not.toContain("quickfix");
    await client.change(PYTHON, files[PYTHON] ?? "");
  });

  test("fix all of the workspace mends what is in other files, and is no part of what saving runs", async () => {
    const context = { diagnostics: [], only: ["source"] };
    await client.change(PYTHON, broken);
    const actions = await ask<CodeAction[]>("codeAction", YAML, { range: whole, context });
    expect(actions.map(({ kind }) => kind)).toEqual(["source.charmMesh.fixWorkspace"]);
    const changed = actions[0]?.edit?.documentChanges?.map((each) => "textDocument" in each && each.textDocument.uri);
    expect(changed).toEqual([client.uri(PYTHON)]);
    await client.change(PYTHON, files[PYTHON] ?? "");
    expect(await ask<CodeAction[]>("codeAction", YAML, { range: whole, context })).toEqual([]);
  });
});

describe("clients that can do less", () => {
  test("plain text, flat symbols, plain locations, plain changes, no commands", async () => {
    const simple = await lspClient({
      files,
      capabilities: { textDocument: { hover: { contentFormat: ["plaintext"] } } },
    });
    const at = (path: string, position: object) => ({ textDocument: { uri: simple.uri(path) }, position });
    const hover = await simple.connection.sendRequest<Hover>(
      "textDocument/hover",
      at(PYTHON, behind(PYTHON, '"service-mesh')),
    );
    expect((hover.contents as MarkupContent).kind).toBe("plaintext");
    expect((hover.contents as MarkupContent).value).not.toContain("**");
    const place = await simple.connection.sendRequest<Location[]>(
      "textDocument/definition",
      at(PYTHON, behind(PYTHON, '"logging": "log')),
    );
    expect(place[0]?.uri).toBe(simple.uri(YAML));
    const edit = await simple.connection.sendRequest<WorkspaceEdit>("textDocument/rename", {
      ...at(PYTHON, behind(PYTHON, '"logging": "log')),
      newName: "log-sink",
    });
    expect(Object.keys(edit.changes ?? {})).toEqual(expect.arrayContaining([simple.uri(YAML), simple.uri(PYTHON)]));
    const symbols = await simple.connection.sendRequest<SymbolInformation[]>(
      "textDocument/documentSymbol",
      at(YAML, {}),
    );
    expect(symbols[0]?.location.uri).toBe(simple.uri(YAML));
    const [lens] = await simple.connection.sendRequest<CodeLens[]>("textDocument/codeLens", at(PYTHON, {}));
    expect((await simple.connection.sendRequest<CodeLens>("codeLens/resolve", lens)).command?.command).toBe(
      "charmMesh.showPolicies",
    );
    simple.dispose();
  });

  test("positions in UTF-8", async () => {
    const text = (files[PYTHON] ?? "").replace('"logging": "logging"', '"é🚢": 1, "logging": "loging"');
    const utf8 = await lspClient({
      files: { ...files, [PYTHON]: text },
      capabilities: { general: { positionEncodings: ["utf-8"] }, textDocument: { publishDiagnostics: {} } },
    });
    expect(utf8.initialized.capabilities.positionEncoding).toBe("utf-8");
    const range = utf8.published(PYTHON)?.diagnostics.find(({ code }) => code === "undeclared-endpoint")?.range;
    const bytes = Buffer.from(text.split("\n")[range?.start.line ?? 0] ?? "");
    expect(bytes.subarray(range?.start.character, range?.end.character).toString()).toMatch(/^"?loging"?$/);
    utf8.dispose();
  });
});
