import { afterEach, describe, expect, test } from "vitest";
import type { CompletionItem, Diagnostic, Range, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver";
import { type LspClient, type LspClientOptions, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const YAML = "coordinator/charmcraft.yaml";
const PYTHON = "coordinator/src/charm.py";

let client: LspClient;
afterEach(() => client.dispose());

async function started(options: Partial<LspClientOptions> = {}): Promise<LspClient> {
  client = await lspClient({ files: miniWorkspace(), ...options });
  return client;
}

/** A file's lines as the client has them, cut as it counts: LSP's three line ends, and its own units. */
function textIn(text: string, { start, end }: Range, encoding: string): string {
  const line = text.split(/\r\n|\n|\r/)[start.line] ?? "";
  if (encoding === "utf-8") return Buffer.from(line).subarray(start.character, end.character).toString();
  if (encoding === "utf-32") return [...line].slice(start.character, end.character).join("");
  return line.slice(start.character, end.character);
}

/** The position of a text, counted in an encoding. */
function positionOf(text: string, sought: string, within: number, encoding: string) {
  const before = text.slice(0, text.indexOf(sought) + within).split(/\r\n|\n|\r/);
  const last = before.at(-1) ?? "";
  const character =
    encoding === "utf-8" ? Buffer.byteLength(last) : encoding === "utf-32" ? [...last].length : last.length;
  return { line: before.length - 1, character };
}

// Names that are no ASCII stand on the same line before what is looked at: each encoding counts them in another way.
describe.each(["utf-16", "utf-8", "utf-32"])("in %s", (encoding) => {
  describe.each([
    ["lines end as on Unix", "\n"],
    ["lines end as on Windows", "\r\n"],
  ])("where %s", (_, end) => {
    const files = miniWorkspace();
    files[PYTHON] = (files[PYTHON] ?? "").replace('"logging": "logging"', '"größe 🚢": None, "logging": "logging"');
    for (const path of [YAML, PYTHON]) files[path] = (files[path] ?? "").replaceAll("\n", end);
    const python = files[PYTHON] ?? "";
    const capabilities = {
      general: { positionEncodings: [encoding] },
      textDocument: { publishDiagnostics: {} },
      workspace: { workspaceEdit: { documentChanges: true } },
    };

    test("an edit by range, the diagnostic that follows and its undo mean the right places", async () => {
      await started({ files, capabilities });
      expect(client.initialized.capabilities.positionEncoding).toBe(encoding);
      await client.open(PYTHON);
      const before = client.codes(PYTHON);
      const at = positionOf(python, '"logging": "logging', '"logging": "logging'.length, encoding);
      await client.change(PYTHON, "🚢", { start: at, end: at });
      const found = client.published(PYTHON)?.diagnostics.find(({ code }) => code === "undeclared-endpoint");
      const edited = python.replace('"logging": "logging', '"logging": "logging🚢');
      expect(found && textIn(edited, found.range, encoding)).toMatch(/^"?logging🚢"?$/);
      const width = { "utf-16": 2, "utf-8": 4, "utf-32": 1 }[encoding] ?? 0;
      await client.change(PYTHON, "", { start: at, end: { ...at, character: at.character + width } });
      expect(client.codes(PYTHON)).toEqual(before);
    });

    test("a rename replaces the name and nothing beside it, in both files", async () => {
      await started({ files, capabilities });
      const { documentChanges = [] } = await client.connection.sendRequest<WorkspaceEdit>("textDocument/rename", {
        textDocument: { uri: client.uri(PYTHON) },
        position: positionOf(python, '"logging": "logging', 14, encoding),
        newName: "log-sink",
      });
      const replaced = (documentChanges as TextDocumentEdit[]).flatMap(({ textDocument, edits }) =>
        edits.map((edit) => {
          const text = client.disk.get(textDocument.uri);
          return "range" in edit && typeof text === "string" ? textIn(text, edit.range, encoding) : "";
        }),
      );
      expect(replaced.length).toBeGreaterThan(1);
      expect(new Set(replaced)).toEqual(new Set(["logging"]));
    });

    test("completion replaces what is written, and keeps what stands behind", async () => {
      await started({ files, capabilities });
      const items = await client.connection.sendRequest<CompletionItem[]>("textDocument/completion", {
        textDocument: { uri: client.uri(PYTHON) },
        position: positionOf(python, '"logging": "logging', '"logging": "log'.length, encoding),
      });
      const edit = items.find(({ label }) => label === "logging")?.textEdit;
      expect(edit && "range" in edit ? textIn(python, edit.range, encoding) : "").toMatch(/^log/);
    });
  });
});

describe("diagnostics carry", () => {
  const faulty = (): Record<string, string> => {
    const files = miniWorkspace();
    files[PYTHON] = (files[PYTHON] ?? "").replace(
      '"logging": "logging"',
      '"logging": "logging", "logging": "logging", "no-such-key": "logging"',
    );
    return files;
  };
  const all = (): readonly Diagnostic[] => client.publications.flatMap(({ diagnostics }) => diagnostics);

  test("tags for what does nothing, the page of the rule, and other places for clients that show them", async () => {
    await started({ files: faulty() });
    const doubled = all().find(({ code }) => code === "duplicate-endpoint-key");
    expect(doubled?.tags).toEqual([1]);
    expect(doubled?.codeDescription?.href).toMatch(/docs\/rules\/duplicate-endpoint-key\.md$/);
    const [other] = doubled?.relatedInformation ?? [];
    expect(other?.location.uri).toBe(client.uri(PYTHON));
    expect(other?.message.length).toBeGreaterThan(5);
    const text = faulty()[PYTHON] ?? "";
    expect(other && textIn(text, other.location.range, "utf-16")).toContain("logging");
  });

  test("no other places for clients that don't show them", async () => {
    await started({ files: faulty(), capabilities: { textDocument: { publishDiagnostics: {} } } });
    expect(all().length).toBeGreaterThan(0);
    expect(all().filter(({ relatedInformation }) => relatedInformation)).toEqual([]);
  });
});

describe("a charm's folder", () => {
  const broken = (text: string): string =>
    text.replace("interface: service_mesh\n    limit: 1", "interface: service_mesh");

  test("appears, moves and disappears, reported as file watchers do: by files, or by the folder's own name", async () => {
    const files = miniWorkspace();
    await started({ files: { "README.md": "# nothing" } });
    const received = (changes: { uri: string; type: number }[]) =>
      client.settled(() => client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes }));

    for (const [path, text] of Object.entries(files)) client.disk.set(client.uri(path), broken(text));
    await received([...client.disk.keys()].map((uri) => ({ uri, type: 1 })));
    expect(client.codes(YAML)).toEqual(["unlimited-service-mesh"]);

    const moved: { uri: string; type: number }[] = [{ uri: client.uri("coordinator"), type: 3 }];
    for (const [uri, text] of [...client.disk]) {
      if (!uri.includes("/coordinator/")) continue;
      client.disk.delete(uri);
      const to = uri.replace("/coordinator/", "/coordinator-k8s/");
      client.disk.set(to, text);
      moved.push({ uri: to, type: 1 });
    }
    await received(moved);
    expect(client.codes(YAML)).toEqual([]);
    expect(client.codes("coordinator-k8s/charmcraft.yaml")).toEqual(["unlimited-service-mesh"]);

    for (const uri of [...client.disk.keys()]) if (uri.includes("/coordinator-k8s/")) client.disk.delete(uri);
    await received([{ uri: client.uri("coordinator-k8s"), type: 3 }]);
    expect(client.codes("coordinator-k8s/charmcraft.yaml")).toEqual([]);
  });
});

describe("a long scan", () => {
  test("shows progress charm by charm, and ends it; a short one shows none", async () => {
    const capabilities = { window: { workDoneProgress: true }, textDocument: { publishDiagnostics: {} } };
    const CHARMS = Object.keys(miniWorkspace()).filter((name) => name.endsWith("charmcraft.yaml")).length;
    const pauses = [700, 0];
    for (const milliseconds of pauses) {
      const shown: string[] = [];
      client = await lspClient({
        files: miniWorkspace(),
        capabilities,
        pause: () => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        onProgress: (kind) => shown.push(kind),
      });
      await expect
        .poll(() => shown)
        .toEqual(milliseconds > 0 ? ["create", "begin", ...Array.from({ length: CHARMS }, () => "report"), "end"] : []);
      if (milliseconds > 0) client.dispose();
    }
  });
});

describe("what a client keeps of a document", () => {
  const METHODS = ["workspace/codeLens/refresh", "workspace/inlayHint/refresh", "workspace/semanticTokens/refresh"];
  const able = { refreshSupport: true };

  test("is refreshed once typing elsewhere has paused, if the client supports a refresh", async () => {
    for (const isAble of [true, false]) {
      await started({
        capabilities: {
          textDocument: { publishDiagnostics: {} },
          ...(isAble ? { workspace: { codeLens: able, inlayHint: able, semanticTokens: able } } : {}),
        },
      });
      const received: string[] = [];
      for (const method of METHODS) {
        client.connection.onRequest(method, () => {
          received.push(method);
          return null;
        });
      }
      await client.open(PYTHON);
      const start = { line: 0, character: 0 };
      for (const letter of "# ab") await client.change(PYTHON, letter, { start, end: start });
      // Once for the pause after typing, and perhaps once more for that after the start: not for each letter.
      if (isAble) await expect.poll(() => [...new Set(received)].sort(), { timeout: 5000 }).toEqual(METHODS);
      else {
        await new Promise((resolve) => setTimeout(resolve, 900));
        expect(received).toEqual([]);
      }
      expect(received.length).toBeLessThanOrEqual(2 * METHODS.length);
      expect(client.log).toEqual([]);
      if (isAble) client.dispose();
    }
  });
});
