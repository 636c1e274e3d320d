import { afterEach, describe, expect, test } from "vitest";
import { type LspClient, type LspClientOptions, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const YAML = "coordinator/charmcraft.yaml";
const PYTHON = "coordinator/src/charm.py";
const PULLING = {
  textDocument: { publishDiagnostics: {}, diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true } },
};

let client: LspClient;
afterEach(() => client.dispose());

async function started(options: Partial<LspClientOptions> = {}): Promise<LspClient> {
  client = await lspClient({ files: miniWorkspace(), ...options });
  return client;
}

function replaced(path: string, from: string, to: string): string {
  const text = client.disk.get(client.uri(path));
  if (typeof text !== "string" || !text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  return text.replace(from, to);
}

/** The codes that are published now for every file that has any. */
function allCodes(): Record<string, (string | number | undefined)[]> {
  const paths = [...new Set(client.publications.map(({ uri }) => uri))].sort();
  return Object.fromEntries(
    paths.flatMap((uri) => {
      const codes = client.codes(uri);
      return codes.length > 0 ? [[uri.slice(uri.indexOf("workspace/") + 10), codes]] : [];
    }),
  );
}

describe("on start", () => {
  test("correct charms get no diagnostics", async () => {
    await started();
    expect(allCodes()).toEqual({});
    expect(client.log).toEqual([]);
  });

  test("files that are not open are checked, with source, page and related places", async () => {
    await started();
    const faulty = miniWorkspace();
    faulty[PYTHON] = replaced(PYTHON, '"logging": "logging"', '"logging": "loging"');
    client.dispose();
    await started({ files: faulty });
    const [diagnostic] = client.published(PYTHON)?.diagnostics ?? [];
    expect(diagnostic).toMatchObject({
      code: "undeclared-endpoint",
      source: "charm-mesh",
      severity: 1,
      codeDescription: { href: expect.stringMatching(/^https:.*\/docs\/rules\/undeclared-endpoint\.md$/) },
    });
    const line = faulty[PYTHON]?.split("\n")[diagnostic?.range.start.line ?? -1] ?? "";
    expect(line.slice(diagnostic?.range.start.character, diagnostic?.range.end.character)).toContain("loging");
  });

  test("a deployment that can't be read is reported at its place", async () => {
    await started({ files: { ...miniWorkspace(), "bundle.yaml": { unreadable: "is not UTF-8" } } });
    expect(allCodes()).toEqual({ "bundle.yaml": ["unreadable-file"] });
  });

  test("a workspace without a charm is quiet, and wakes up when one appears", async () => {
    await started({ files: { "README.md": "# nothing" } });
    expect(client.publications).toEqual([]);
    for (const [path, text] of Object.entries(miniWorkspace())) client.disk.set(client.uri(path), text);
    client.disk.set(
      client.uri(YAML),
      replaced(YAML, "interface: service_mesh\n    limit: 1", "interface: service_mesh"),
    );
    await client.settled(() =>
      client.connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: [...client.disk.keys()].map((uri) => ({ uri, type: 1 })),
      }),
    );
    expect(client.codes(YAML)).toEqual(["unlimited-service-mesh"]);
  });
});

describe("while typing", () => {
  test("an edit in YAML changes what is reported in the Python file at once, and its undo takes it back", async () => {
    await started();
    await client.open(YAML);
    await client.open(PYTHON);
    await client.change(YAML, replaced(YAML, "  logging:\n", "  logs:\n"));
    expect(client.codes(PYTHON)).toEqual(["undeclared-endpoint"]);
    expect(client.published(YAML)?.version).toBe(2);
    await client.change(YAML, replaced(YAML, "", ""));
    expect(client.codes(PYTHON)).toEqual([]);
  });

  test("an edit of the coordinator is seen in the worker beside it", async () => {
    await started();
    await client.open(YAML);
    await client.change(YAML, replaced(YAML, "interface: mini_cluster", "interface: other_cluster"));
    const everywhere = Object.values(allCodes()).flat();
    expect(everywhere.length).toBeGreaterThan(0);
    await client.change(YAML, replaced(YAML, "", ""));
    expect(allCodes()).toEqual({});
  });

  test("the edited file is published with its version even where nothing is found", async () => {
    await started();
    await client.open(PYTHON);
    await client.change(PYTHON, "# a comment\n", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    expect(client.published(PYTHON)).toEqual({ uri: client.uri(PYTHON), version: 2, diagnostics: [] });
  });

  test("files without change are not published again", async () => {
    await started({
      files: miniWorkspace({ worker: "//- src/charm.py\nimport ops\n" }),
    });
    const before = client.publications.length;
    await client.open(YAML);
    await client.change(YAML, "# c\n", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    const after = client.publications.slice(before).map(({ uri }) => uri);
    expect(new Set(after)).toEqual(new Set([client.uri(YAML)]));
  });

  test("unsaved text counts until it is closed, then the disk counts again", async () => {
    await started();
    await client.open(YAML, replaced(YAML, "  logging:\n", "  logs:\n"));
    expect(client.codes(PYTHON)).toEqual(["undeclared-endpoint"]);
    await client.close(YAML);
    expect(client.codes(PYTHON)).toEqual([]);
  });

  test("a broken file does not take the server down, and the rest goes on being checked", async () => {
    await started();
    await client.open(YAML);
    await client.change(YAML, "provides: [\n  {{{");
    await client.change(YAML, "\u0000\ud800 &a *a");
    await client.change(YAML, replaced(YAML, "  logging:\n", "  logs:\n"));
    expect(client.codes(PYTHON)).toEqual(["undeclared-endpoint"]);
    expect(client.log).toEqual([]);
  });
});

describe("files on disk", () => {
  test("a change, a deletion and a deleted folder are followed", async () => {
    await started();
    await client.write(YAML, replaced(YAML, "  logging:\n", "  logs:\n"));
    expect(client.codes(PYTHON)).toEqual(["undeclared-endpoint"]);
    for (const uri of [...client.disk.keys()]) if (uri.includes("/coordinator/")) client.disk.delete(uri);
    await client.write("coordinator", null);
    expect(client.codes(PYTHON)).toEqual([]);
  });

  test("settings of the project and of the client choose severities", async () => {
    const files = miniWorkspace();
    files[YAML] = files[YAML]?.replace("interface: service_mesh\n    limit: 1", "interface: service_mesh") ?? "";
    const capabilities = { workspace: { configuration: true } };
    await started({ files, capabilities, configuration: { rules: { "unlimited-service-mesh": "information" } } });
    expect(client.published(YAML)?.diagnostics[0]?.severity).toBe(3);
    client.dispose();
    await started({ files: { ...files, ".charm-mesh.yaml": "rules:\n  unlimited-service-mesh: off\n" } });
    expect(client.codes(YAML)).toEqual([]);
  });

  test("several folders are one workspace; a removed one takes its diagnostics along", async () => {
    const two = Object.fromEntries(
      Object.entries(miniWorkspace()).map(([path, text]) => [`file:///${path.replace("/", "-repo/")}`, text]),
    );
    const yaml = "file:///coordinator-repo/charmcraft.yaml";
    two[yaml] = two[yaml]?.replace("interface: service_mesh\n    limit: 1", "interface: service_mesh") ?? "";
    await started({
      files: two,
      folders: ["file:///coordinator-repo", "file:///worker-repo"],
      capabilities: { workspace: { workspaceFolders: true } },
    });
    expect(client.codes(yaml)).toEqual(["unlimited-service-mesh"]);
    const { charms } = await client.connection.sendRequest<{ charms: { path: string }[] }>("charmMesh/charms", {});
    expect(charms.map(({ path }) => path)).toEqual(["coordinator-repo", "worker-repo"]);
    await client.settled(() =>
      client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
        event: { added: [], removed: [{ uri: "file:///coordinator-repo", name: "coordinator-repo" }] },
      }),
    );
    expect(client.codes(yaml)).toEqual([]);
  });

  test("what is open of a removed folder goes with it, and what is open of another has its new name only", async () => {
    const two = Object.fromEntries(
      Object.entries(miniWorkspace()).map(([path, text]) => [`file:///${path.replace("/", "-repo/")}`, text]),
    );
    await started({
      files: two,
      folders: ["file:///coordinator-repo", "file:///worker-repo"],
      capabilities: { workspace: { workspaceFolders: true } },
    });
    await client.open("file:///coordinator-repo/charmcraft.yaml");
    await client.open("file:///worker-repo/charmcraft.yaml");
    await client.settled(() =>
      client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
        event: { added: [], removed: [{ uri: "file:///coordinator-repo", name: "coordinator-repo" }] },
      }),
    );
    const { charms } = await client.connection.sendRequest<{ charms: { path: string }[] }>("charmMesh/charms", {});
    expect(charms.map(({ path }) => path)).toEqual([""]);
  });

  test("a file opened outside every folder brings the charm around it", async () => {
    await started({ files: miniWorkspace(), folders: [] });
    await client.open(YAML, replaced(YAML, "  logging:\n", "  logs:\n"));
    await expect.poll(() => client.codes(PYTHON)).toEqual(["undeclared-endpoint"]);
  });
});

describe("a client that pulls", () => {
  const pull = (path: string) =>
    client.connection.sendRequest<{ kind: string; items: { code: string }[] }>("textDocument/diagnostic", {
      textDocument: { uri: client.uri(path) },
    });

  test("asks for open files itself; closed ones are sent, and never both", async () => {
    await started({ capabilities: PULLING });
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true });
    client.connection.onRequest("workspace/diagnostic/refresh", () => null);
    await client.write(YAML, replaced(YAML, "  logging:\n", "  logs:\n"));
    expect(client.codes(PYTHON)).toEqual(["undeclared-endpoint"]);
    await client.open(PYTHON);
    expect(client.codes(PYTHON)).toEqual([]);
    expect((await pull(PYTHON)).items.map(({ code }) => code)).toEqual(["undeclared-endpoint"]);
    await client.close(PYTHON);
    expect(client.codes(PYTHON)).toEqual(["undeclared-endpoint"]);
  });

  test("is asked to pull again when an edit elsewhere changes an open file's diagnostics", async () => {
    await started({ capabilities: PULLING });
    let refreshes = 0;
    client.connection.onRequest("workspace/diagnostic/refresh", () => {
      refreshes++;
      return null;
    });
    await client.open(YAML);
    await client.open(PYTHON);
    await client.change(YAML, "# c\n", { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    expect(refreshes).toBe(0);
    await client.change(YAML, replaced(YAML, "  logging:\n", "  logs:\n"));
    await expect.poll(() => refreshes).toBe(1);
    expect((await pull(PYTHON)).items.map(({ code }) => code)).toEqual(["undeclared-endpoint"]);
  });

  test("may ask for push all the same", async () => {
    await started({ capabilities: PULLING, initializationOptions: { diagnostics: "push" } });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(YAML, replaced(YAML, "interface: service_mesh\n    limit: 1", "interface: service_mesh"));
    expect(client.codes(YAML)).toEqual(["unlimited-service-mesh"]);
  });
});
