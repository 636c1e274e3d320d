import { afterEach, describe, expect, test } from "vitest";
import type { FoldingRange, SemanticTokens } from "vscode-languageserver";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const YAML = "coordinator/charmcraft.yaml";
const PYTHON = "coordinator/src/charm.py";

let client: LspClient;
afterEach(() => client.dispose());

async function answer<R>(method: string, path: string): Promise<R> {
  return client.connection.sendRequest<R>(`textDocument/${method}`, { textDocument: { uri: client.uri(path) } });
}

function text(path: string): string {
  const content = client.disk.get(client.uri(path));
  return typeof content === "string" ? content : "";
}

/** Tokens as `line text type.modifier…`, read with the server's legend, in the negotiated encoding. */
function decoded(path: string, { data }: SemanticTokens): string[] {
  const { positionEncoding, semanticTokensProvider } = client.initialized.capabilities;
  const { tokenTypes = [], tokenModifiers = [] } = semanticTokensProvider?.legend ?? {};
  const lines = text(path).split(/\r?\n/);
  const words: string[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, along = 0, length = 0, type = 0, bits = 0] = data.slice(at, at + 5);
    character = down === 0 ? character + along : along;
    line += down;
    const bytes = Buffer.from(lines[line] ?? "", positionEncoding === "utf-8" ? "utf8" : "utf16le");
    const unit = positionEncoding === "utf-8" ? 1 : 2;
    const word = bytes.subarray(character * unit, (character + length) * unit);
    const kinds = [tokenTypes[type], ...tokenModifiers.filter((_, bit) => bits & (1 << bit))];
    words.push(`${word.toString(unit === 1 ? "utf8" : "utf16le")} ${kinds.join(".")}`);
  }
  return words;
}

const FILES = {
  ...miniWorkspace(),
  "plain/charmcraft.yaml": `name: plain
type: charm
# Zoë 🚢
requires: { "größe🚢": { interface: http }, service-mesh: { interface: service_mesh, limit: 1 } }
charm-libs:
  - lib: istio-beacon-k8s.service_mesh
    version: "0"
`,
};

describe("semantic tokens", () => {
  test.each(["utf-16", "utf-8"])(
    "distinguish mesh relations, guarded relations and libraries (%s)",
    async (encoding) => {
      client = await lspClient({
        files: FILES,
        capabilities: { general: { positionEncodings: [encoding] }, textDocument: { publishDiagnostics: {} } },
      });
      expect(decoded("plain/charmcraft.yaml", await answer("semanticTokens/full", "plain/charmcraft.yaml"))).toEqual([
        '"größe🚢" property.declaration',
        "http interface",
        "service-mesh property.declaration.mesh",
        "service_mesh interface.mesh",
        "istio-beacon-k8s.service_mesh namespace",
      ]);
      const coordinator = decoded(YAML, await answer("semanticTokens/full", YAML));
      expect(coordinator).toContain("service-mesh property.declaration.mesh");
      expect(coordinator).toContain("logging property.declaration");
      expect(coordinator.filter((word) => word.endsWith(".guarded")).length).toBeGreaterThan(0);
    },
  );

  test("follow an edit in Python: a policy more is a guarded relation more", async () => {
    client = await lspClient({ files: FILES });
    await client.open(PYTHON);
    expect(decoded(YAML, await answer("semanticTokens/full", YAML))).toContain("logging property.declaration");
    await client.change(
      PYTHON,
      text(PYTHON).replace('AppPolicy(relation="', 'AppPolicy(relation="logging"), AppPolicy(relation="'),
    );
    expect(decoded(YAML, await answer("semanticTokens/full", YAML))).toContain("logging property.declaration.guarded");
  });

  test("are no matter of Python files, whose own server has all of theirs", async () => {
    client = await lspClient({ files: FILES });
    expect(await answer("semanticTokens/full", PYTHON)).toBeNull();
    expect(client.initialized.capabilities.semanticTokensProvider).toMatchObject({
      documentSelector: [{ pattern: "**/{charmcraft,metadata}.yaml" }],
    });
  });
});

describe("folding", () => {
  /** First and last line of each range, as text. */
  async function folded(path: string): Promise<string[] | null> {
    const lines = text(path).split(/\r?\n/);
    const ranges = await answer<FoldingRange[] | null>("foldingRange", path);
    return (
      ranges?.map(
        ({ startLine, endLine, kind }) => `${kind ?? "block"}: ${lines[startLine]?.trim()} … ${lines[endLine]?.trim()}`,
      ) ?? null
    );
  }
  const YAML_TEXT = `# first
# second
name: a
description: |
  one
  two

requires:
  logging:
    interface: loki_push_api

parts:
  - charm:
      plugin: charm
  - [1,
     2]
`;

  test.each(["\n", "\r\n"])("blocks, texts, items and comments of YAML, without the empty lines below", async (end) => {
    client = await lspClient({ files: { "charmcraft.yaml": YAML_TEXT.replaceAll("\n", end) } });
    expect(await folded("charmcraft.yaml")).toEqual([
      "comment: # first … # second",
      "block: description: | … two",
      "block: requires: … interface: loki_push_api",
      "block: logging: … interface: loki_push_api",
      "block: parts: … 2]",
      "block: - charm: … plugin: charm",
      "block: - [1, … 2]",
    ]);
  });

  test("none for Python, and none for YAML that is half-typed: the editor's own is better", async () => {
    client = await lspClient({
      files: { ...FILES, "charmcraft.yaml": "name: [a\nrequires:\n  x:\n    interface: y\n" },
    });
    expect(await folded(PYTHON)).toBeNull();
    expect(await folded("charmcraft.yaml")).toBeNull();
  });
});
