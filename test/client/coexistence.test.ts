import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { CompletionItem } from "vscode-languageserver";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
const YAML = "coordinator/charmcraft.yaml";

let client: LspClient | undefined;
afterEach(() => client?.dispose());

async function started(files = miniWorkspace()): Promise<LspClient> {
  client = await lspClient({ files });
  return client;
}

// Red Hat's YAML and the Python extensions are there in most editors. Ours adds what they can't know, and nothing that they do.
describe("beside other extensions", () => {
  test("a schema is contributed for our own file only, and no language, no default settings and no key of theirs", () => {
    expect(contributes.yamlValidation.map(({ fileMatch }: { fileMatch: string }) => fileMatch)).toEqual([
      "mesh-topology.yaml",
    ]);
    expect(contributes.languages.map(({ id }: { id: string }) => id)).toEqual(["charm-mesh-policies"]);
    for (const point of ["jsonValidation", "configurationDefaults", "keybindings", "snippets"])
      expect(contributes[point], point).toBeUndefined();
    const grammars: { language?: string; injectTo?: string[] }[] = contributes.grammars;
    expect(grammars.filter(({ language }) => language !== undefined && language !== "charm-mesh-policies")).toEqual([]);
    expect(grammars.flatMap(({ injectTo }) => injectTo ?? []).sort()).toEqual(["source.python", "source.yaml"]);
  });

  test("the server formats nothing, colours no Python, and folds YAML only", async () => {
    const { capabilities } = (await started()).initialized;
    expect(Object.keys(capabilities).filter((name) => /format|color|linkedEditing/i.test(name))).toEqual([]);
    expect(capabilities.foldingRangeProvider).toEqual({ documentSelector: [{ language: "yaml" }] });
    // This client announces no support for literals, so it gets the plain form.
    expect(capabilities.codeActionProvider).toBe(true);
  });

  test("what a schema says about charmcraft.yaml is left to the schema", async () => {
    const files = miniWorkspace();
    files[YAML] = `${files[YAML]}
title: [not, a, text]
unknown-key: 1
links: 7
base: none-such@99
assumes: {}
`;
    expect((await started(files)).codes(YAML)).toEqual([]);
  });

  test("charmcraft.yaml is completed where mesh knowledge helps, and nowhere else", async () => {
    const text = "name: x\ntype: \nrequires:\n  db:\n    interface: \n    li\n  ser\n\n";
    await started({ "charmcraft.yaml": text });
    await client?.open("charmcraft.yaml");
    const labels = async (line: number): Promise<string[]> => {
      const position = { line, character: (text.split("\n")[line] ?? "").length };
      const params = { textDocument: { uri: client?.uri("charmcraft.yaml") }, position };
      const items = await client?.connection.sendRequest<CompletionItem[] | null>("textDocument/completion", params);
      return (items ?? []).map(({ label }) => label);
    };
    expect(await labels(1)).toEqual([]);
    expect(await labels(4)).toContain("service_mesh");
    expect(await labels(5)).toEqual(["limit", "optional", "scope", "description"]);
    expect(await labels(6)).toContain("service-mesh");
    expect(await labels(7)).toEqual([]);
  });

  test("a rename of what is no relation is left to the Python server", async () => {
    await started();
    const params = {
      textDocument: { uri: client?.uri("coordinator/src/charm.py") },
      position: { line: 0, character: 0 },
    };
    expect(await client?.connection.sendRequest("textDocument/prepareRename", params)).toBeNull();
  });
});
