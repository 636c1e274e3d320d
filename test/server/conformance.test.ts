import { afterEach, describe, expect, test } from "vitest";
import type {
  ClientCapabilities,
  CodeAction,
  Command,
  Hover,
  ProtocolConnection,
  SignatureHelp,
} from "vscode-languageserver/node";
import { FOLDER, type LspClient, type LspClientOptions, lspClient, startedServer } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

// LSP 3.17 and 3.18, https://microsoft.github.io/language-server-protocol: what a server owes to any client.

const YAML = "coordinator/charmcraft.yaml";
const PYTHON = "coordinator/src/charm.py";
const FILES = miniWorkspace();
const HOVER = { textDocument: { uri: `${FOLDER}/${YAML}` }, position: { line: 8, character: 4 } };

/** A workspace in which one rule finds something in charmcraft.yaml. */
const UNLIMITED = {
  ...FILES,
  [YAML]: (FILES[YAML] ?? "").replace("interface: service_mesh\n    limit: 1", "interface: service_mesh"),
};
const FOUND = "unlimited-service-mesh";

let closed: (() => void)[] = [];
afterEach(() => {
  for (const close of closed) close();
  closed = [];
});

/** A connection on which nothing was sent yet. */
function raw(answers: Readonly<Record<string, () => unknown>> = {}, files: LspClientOptions["files"] = UNLIMITED) {
  const { connection } = startedServer({ files });
  const log: string[] = [];
  const found = new Map<string, readonly unknown[]>();
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => void log.push(message));
  connection.onNotification(
    "textDocument/publishDiagnostics",
    ({ uri, diagnostics }: { uri: string; diagnostics: { code: unknown }[] }) =>
      void found.set(
        uri,
        diagnostics.map(({ code }) => code),
      ),
  );
  for (const [method, answer] of Object.entries(answers)) connection.onRequest(method, answer);
  connection.listen();
  closed.push(() => connection.dispose());
  const codes = (path: string) => found.get(`${FOLDER}/${path}`) ?? [];
  return { connection, log, codes };
}

const initialize = (
  connection: ProtocolConnection,
  more: Readonly<Record<string, unknown>> = {},
  capabilities: ClientCapabilities = {},
) =>
  connection.sendRequest("initialize", {
    processId: null,
    rootUri: FOLDER,
    capabilities,
    workspaceFolders: [{ uri: FOLDER, name: "" }],
    ...more,
  });

const code = (request: Promise<unknown>): Promise<number | string> =>
  request.then(
    () => "answered",
    (problem: { code: number }) => problem.code,
  );

async function client(options: Partial<LspClientOptions> = {}): Promise<LspClient> {
  const made = await lspClient({ files: UNLIMITED, ...options });
  closed.push(made.dispose);
  return made;
}

describe("the order of messages", () => {
  test("a request before initialize, and before initialized, is refused as ServerNotInitialized", async () => {
    const { connection } = raw();
    expect(await code(connection.sendRequest("textDocument/hover", HOVER))).toBe(-32002);
    expect(await code(connection.sendRequest("shutdown"))).toBe(-32002);
    await initialize(connection);
    expect(await code(connection.sendRequest("textDocument/hover", HOVER))).toBe(-32002);
    await connection.sendNotification("initialized", {});
    expect(await code(connection.sendRequest("textDocument/hover", HOVER))).toBe("answered");
  });

  test("a second initialize is refused, and the server goes on", async () => {
    const { connection } = raw();
    await initialize(connection);
    expect(await code(initialize(connection))).toBe(-32600);
    await connection.sendNotification("initialized", {});
    await connection.sendNotification("initialized", {});
    expect(await code(connection.sendRequest("textDocument/hover", HOVER))).toBe("answered");
  });

  test("a request after shutdown is refused as InvalidRequest", async () => {
    const { connection, log } = raw();
    await initialize(connection);
    await connection.sendNotification("initialized", {});
    await connection.sendRequest("shutdown");
    expect(await code(connection.sendRequest("textDocument/hover", HOVER))).toBe(-32600);
    expect(await code(connection.sendRequest("charmMesh/charms", {}))).toBe(-32600);
    expect(await code(connection.sendRequest("some/thing", {}))).toBe(-32600);
    expect(await code(connection.sendRequest("shutdown"))).toBe(-32600);
    await connection.sendNotification("textDocument/didSave", { textDocument: { uri: "file:///x" } });
    expect(log).toEqual([]);
  });

  test("an unknown request is MethodNotFound, an unknown notification is ignored", async () => {
    const { connection, log } = await client();
    expect(await code(connection.sendRequest("some/thing", {}))).toBe(-32601);
    await connection.sendNotification("some/thing", {});
    expect(log).toEqual([]);
  });
});

describe("parameters", () => {
  test.each([
    ["textDocument/references", HOVER],
    [
      "textDocument/codeAction",
      { textDocument: HOVER.textDocument, range: { start: HOVER.position, end: HOVER.position } },
    ],
    ["workspace/symbol", {}],
    ["textDocument/hover", {}],
    ["textDocument/hover", undefined],
    ["textDocument/rename", HOVER],
    ["workspace/executeCommand", {}],
    ["workspace/executeCommand", { command: "some.thing" }],
    ["codeLens/resolve", {}],
    ["callHierarchy/incomingCalls", {}],
    ["workspace/willRenameFiles", { files: [{}] }],
  ])("%s without them is InvalidParams, and nothing is logged", async (method, params) => {
    const { connection, log } = await client();
    expect(
      await code(params === undefined ? connection.sendRequest(method) : connection.sendRequest(method, params)),
    ).toBe(-32602);
    expect(log).toEqual([]);
  });

  test("notifications of wrong shapes leave one line in the log, and no stack trace", async () => {
    const { connection, log } = await client();
    for (const method of ["didOpen", "didChange", "didClose", "didSave"])
      await connection.sendNotification(`textDocument/${method}`, { textDocument: 3 });
    await connection.sendNotification("workspace/didChangeWatchedFiles", { changes: 1 });
    await connection.sendRequest("charmMesh/charms", {});
    expect(log.length).toBeGreaterThan(3);
    expect(log.filter((line) => /\n\s+at /.test(line))).toEqual([]);
  });

  test("a change with version null counts", async () => {
    const { connection, codes, open, settled, uri } = await client();
    await open(YAML);
    expect(codes(YAML)).toEqual([FOUND]);
    await settled(() =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri: uri(YAML), version: null },
        contentChanges: [{ text: FILES[YAML] }],
      }),
    );
    expect(codes(YAML)).toEqual([]);
  });
});

describe("a client that answers badly", () => {
  const capabilities: ClientCapabilities = {
    workspace: {
      configuration: true,
      didChangeWatchedFiles: { dynamicRegistration: true },
      didChangeConfiguration: { dynamicRegistration: true },
    },
  };
  const refuse = () => {
    throw new Error("no");
  };
  const silence = () => new Promise<never>(() => undefined);

  test.each([
    [
      "an error on workspace/configuration",
      { "workspace/configuration": refuse, "client/registerCapability": () => null },
    ],
    [
      "an error on client/registerCapability",
      { "workspace/configuration": () => [null], "client/registerCapability": refuse },
    ],
    ["no handler at all", {}],
    ["silence", { "workspace/configuration": silence, "client/registerCapability": silence }],
  ])("%s: the server starts all the same", async (_, answers) => {
    const { connection, codes, log } = raw(answers);
    await initialize(connection, {}, capabilities);
    await connection.sendNotification("initialized", {});
    expect(await connection.sendRequest<Hover | null>("textDocument/hover", HOVER)).not.toBeNull();
    await expect.poll(() => codes(YAML), { timeout: 10_000 }).toEqual([FOUND]);
    expect(log.filter((line) => /\n\s+at /.test(line))).toEqual([]);
  });

  test("settings that it pushed count where it refuses to be asked", async () => {
    const { connection, codes } = raw({ "workspace/configuration": refuse, "client/registerCapability": () => null });
    await initialize(connection, {}, capabilities);
    await connection.sendNotification("initialized", {});
    await expect.poll(() => codes(YAML)).toEqual([FOUND]);
    await connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { charmMesh: { rules: { [FOUND]: "off" } } },
    });
    await expect.poll(() => codes(YAML)).toEqual([]);
  });
});

describe("what a client says of itself", () => {
  test("settings pushed by a client that can't be asked", async () => {
    const { connection, codes, settled } = await client();
    await settled(() =>
      connection.sendNotification("workspace/didChangeConfiguration", {
        settings: { charmMesh: { rules: { [FOUND]: "off" } } },
      }),
    );
    expect(codes(YAML)).toEqual([]);
  });

  test("folders as rootPath, and an empty list beside rootUri", async () => {
    for (const more of [
      { rootUri: null, workspaceFolders: null, rootPath: "/workspace" },
      { rootUri: null, workspaceFolders: undefined, rootPath: "/workspace/" },
      { workspaceFolders: [] },
    ]) {
      const { connection, codes } = raw();
      await initialize(connection, more);
      await connection.sendNotification("initialized", {});
      await expect.poll(() => codes(YAML)).toEqual([FOUND]);
    }
  });

  test("a folder is removed in any spelling", async () => {
    const { connection, codes, settled } = await client({
      folders: [`${FOLDER}/coordinator`, `${FOLDER}/worker`],
      capabilities: { workspace: { workspaceFolders: true } },
    });
    expect(codes(YAML)).toEqual([FOUND]);
    await settled(() =>
      connection.sendNotification("workspace/didChangeWorkspaceFolders", {
        event: { added: [], removed: [{ uri: `${FOLDER}/c%6Fordinator/`, name: "" }] },
      }),
    );
    expect(codes(YAML)).toEqual([]);
  });

  test("plain text where it names no format", async () => {
    const hover = async (format: ClientCapabilities["textDocument"]) =>
      (
        await (
          await client({ capabilities: { textDocument: format ?? {} } })
        ).connection.sendRequest<Hover>("textDocument/hover", HOVER)
      ).contents as { kind: string; value: string };
    expect(await hover({})).toMatchObject({ kind: "plaintext", value: expect.not.stringContaining("**") });
    expect(await hover({ hover: { contentFormat: ["plaintext", "markdown"] } })).toMatchObject({ kind: "markdown" });
  });

  test("no parameter is active where none is being written", async () => {
    const text = (FILES[PYTHON] ?? "").replace("AppPolicy(relation", "AppPolicy( relation");
    const position = positionOf(text, "AppPolicy( relation", "AppPolicy(".length);
    for (const [noActiveParameterSupport, active] of [
      [undefined, undefined],
      [true, null],
    ] as const) {
      const { connection, open, uri } = await client({
        capabilities: {
          textDocument: {
            signatureHelp: { signatureInformation: noActiveParameterSupport ? { noActiveParameterSupport } : {} },
          },
        },
      });
      await open(PYTHON, text);
      const help = await connection.sendRequest<SignatureHelp>("textDocument/signatureHelp", {
        textDocument: { uri: uri(PYTHON) },
        position,
      });
      expect(help.activeParameter).toBe(active);
    }
  });
});

describe("code actions", () => {
  const LITERALS = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };
  const actions = async (made: LspClient, only?: readonly string[]) => {
    const line = (UNLIMITED[YAML] ?? "").split("\n").findIndex((each) => each.startsWith("  service-mesh:"));
    return made.connection.sendRequest<(CodeAction | Command)[]>("textDocument/codeAction", {
      textDocument: { uri: made.uri(YAML) },
      range: { start: { line, character: 3 }, end: { line, character: 3 } },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
  };

  test("every kind that is returned is announced", async () => {
    const made = await client({ capabilities: { textDocument: { codeAction: LITERALS } } });
    const { codeActionProvider } = made.initialized.capabilities;
    const announced = typeof codeActionProvider === "object" ? codeActionProvider.codeActionKinds : [];
    expect(announced).toEqual(["quickfix", "refactor.rewrite", "source.fixAll", "source.charmMesh.fixWorkspace"]);
    const text = FILES[PYTHON] ?? "";
    const position = positionOf(text, "AppPolicy(relation", 2);
    const rewrites = await made.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: made.uri(PYTHON) },
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
    for (const { kind } of [...(await actions(made, [""])), ...rewrites] as CodeAction[])
      expect(announced).toContain(kind);
    expect(rewrites.map(({ kind }) => kind)).toContain("refactor.rewrite");
  });

  test("the empty kind stands for all", async () => {
    const made = await client({ capabilities: { textDocument: { codeAction: LITERALS } } });
    expect(await actions(made, [""])).not.toEqual([]);
    expect(await actions(made, ["refactor"])).toEqual([]);
  });

  test("a client without literals gets commands, and the edit when it runs one", async () => {
    const made = await client({ capabilities: { workspace: { applyEdit: true } } });
    expect(made.initialized.capabilities.codeActionProvider).toBe(true);
    const applied: unknown[] = [];
    made.connection.onRequest("workspace/applyEdit", (params) => {
      applied.push(params);
      return { applied: true };
    });
    const [fix] = (await actions(made)) as Command[];
    expect(fix).toMatchObject({ title: expect.any(String), command: "charmMesh.applyEdit" });
    await made.connection.sendRequest("workspace/executeCommand", { command: fix?.command, arguments: fix?.arguments });
    expect(applied).toEqual([{ label: fix?.title, edit: expect.objectContaining({ changes: expect.any(Object) }) }]);
  });
});

describe("notifications of the server's own", () => {
  test("$/charmMesh/changed goes to clients that ask for it only", async () => {
    for (const [changes, count] of [
      [undefined, 0],
      [true, 1],
    ] as const) {
      const { connection, codes } = raw();
      let seen = 0;
      connection.onNotification("$/charmMesh/changed", () => void seen++);
      await initialize(connection, changes ? { initializationOptions: { changes } } : {});
      await connection.sendNotification("initialized", {});
      await expect.poll(() => codes(YAML)).toEqual([FOUND]);
      expect(Math.min(seen, 1)).toBe(count);
    }
  });
});

describe("documents", () => {
  test("a request right after didClose sees the disk", async () => {
    const { connection, open, uri } = await client({
      files: FILES,
      pause: () => new Promise((resolve) => setTimeout(resolve, 20)),
    });
    await open(YAML, (FILES[YAML] ?? "").replace("  mini-api:", "  nothing:"));
    const close = connection.sendNotification("textDocument/didClose", { textDocument: { uri: uri(YAML) } });
    const hover = connection.sendRequest<Hover | null>("textDocument/hover", {
      textDocument: { uri: uri(YAML) },
      position: positionOf(FILES[YAML] ?? "", "  mini-api:", 3),
    });
    await close;
    expect(JSON.stringify(await hover)).toContain("mini-api");
  });

  test("a save is read by a server that no client watches files for", async () => {
    const { connection, open, disk, uri, codes } = await client();
    await open(PYTHON);
    disk.set(uri(YAML), FILES[YAML] ?? "");
    await connection.sendNotification("textDocument/didSave", { textDocument: { uri: uri(PYTHON) } });
    await expect.poll(() => codes(YAML)).toEqual([]);
  });

  test("a charm outside the workspace is let go with its last document", async () => {
    const away = "file:///away/coordinator";
    const files = Object.fromEntries(
      Object.entries(UNLIMITED).flatMap(([path, text]) =>
        path.startsWith("coordinator/") ? [[path.replace("coordinator", away), text]] : [],
      ),
    );
    const { connection, open, close, published } = await client({ files: { ...files, ...FILES } });
    await open(`${away}/src/charm.py`);
    await expect.poll(() => published(`${away}/charmcraft.yaml`)?.diagnostics.length).toBe(1);
    await close(`${away}/src/charm.py`);
    await expect.poll(() => published(`${away}/charmcraft.yaml`)?.diagnostics.length).toBe(0);
    expect(await connection.sendRequest("charmMesh/charms", {})).toMatchObject({ charms: [{}, {}] });
  });
});

function positionOf(text: string, needle: string, within: number): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(needle) + within).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
