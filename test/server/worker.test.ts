import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { miniWorkspace } from "../support/mini-workspace.ts";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: unknown;
}

/** Names that a web worker has and that a context of node:vm lacks. `process`, `require` and `Buffer` are not among them. */
const WORKER_NAMES = {
  TextDecoder,
  TextEncoder,
  URL,
  performance,
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  queueMicrotask,
  structuredClone,
  console,
};

/** The worker's bundle in a realm without Node, with a client that hands files over. */
function worker(files: Readonly<Record<string, string>>) {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`vscode-vfs://host/repo/${path}`, text]));
  const answers: Record<string, (params: never) => unknown> = {
    "charmMesh/listFiles": () => ({ uris: [...texts.keys()] }),
    "charmMesh/readFiles": ({ uris }: { uris: string[] }) => ({
      files: uris.map((uri) => ({ text: texts.get(uri) ?? null, problem: null })),
    }),
  };
  const waiting = new Map<number, (result: unknown) => void>();
  const diagnostics = new Map<string, string[]>();
  const self: { onmessage?: (event: { data: unknown }) => void } & Record<string, unknown> = {
    addEventListener: () => undefined,
    postMessage: (message: Message) => {
      if (message.method === "textDocument/publishDiagnostics") {
        const { uri, diagnostics: list } = message.params as { uri: string; diagnostics: { code: string }[] };
        diagnostics.set(
          uri,
          list.map(({ code }) => code),
        );
      } else if (message.method !== undefined && message.id !== undefined) {
        const result = answers[message.method]?.(message.params as never) ?? null;
        send({ id: message.id, result });
      } else if (message.id !== undefined) waiting.get(message.id)?.(message.result);
    },
  };
  const send = (message: Message): void => {
    setTimeout(() => self.onmessage?.({ data: { jsonrpc: "2.0", ...message } }), 0);
  };
  let last = 0;
  const realm = createContext({ ...WORKER_NAMES, self });
  runInContext(readFileSync("dist/server-browser.js", "utf8"), realm);
  return {
    realm,
    diagnostics,
    notify: (method: string, params: Record<string, unknown>) => send({ method, params }),
    ask: (method: string, params: Record<string, unknown>) =>
      new Promise<unknown>((resolve) => {
        last++;
        waiting.set(last, resolve);
        send({ id: last, method, params });
      }),
  };
}

test("the worker's bundle runs without Node: diagnostics, hover and graph of files that the client reads", async () => {
  const files = miniWorkspace();
  const python = "coordinator/src/charm.py";
  files[python] = (files[python] ?? "").replace('"logging": "logging"', '"logging": "loging"');
  const server = worker(files);
  expect(runInContext("typeof process + typeof require + typeof Buffer", server.realm)).toBe("undefined".repeat(3));

  const uri = `vscode-vfs://host/repo/${python}`;
  await server.ask("initialize", {
    processId: null,
    capabilities: {},
    workspaceFolders: [{ uri: "vscode-vfs://host/repo", name: "repo" }],
  });
  server.notify("initialized", {});
  await expect.poll(() => server.diagnostics.get(uri), { timeout: 10_000 }).toEqual(["undeclared-endpoint"]);

  const lines = files[python].split("\n");
  const line = lines.findIndex((each) => each.includes('"service-mesh":'));
  const hover = (await server.ask("textDocument/hover", {
    textDocument: { uri },
    position: { line, character: (lines[line] ?? "").indexOf("service-mesh") + 3 },
  })) as { contents: { value: string } };
  expect(hover.contents.value).toContain("mesh");

  const { graph } = (await server.ask("charmMesh/graph", {
    options: {
      mesh: null,
      tls: null,
      topology: null,
      inferred: false,
      workerUnits: null,
      backends: null,
      hiddenLayers: [],
      compare: null,
    },
  })) as { graph: { nodes: { kind: string }[] } };
  expect(graph.nodes.map(({ kind }) => kind)).toContain("coordinator");
});
