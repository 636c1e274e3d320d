import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { afterEach, describe, expect, test } from "vitest";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const guide = readFileSync("docs/guide/other-editors.md", "utf8");
const blocks = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", text = ""]) => ({
  language,
  text,
}));
const inLanguage = (language: string) => blocks.filter((block) => block.language === language).map(({ text }) => text);

let client: LspClient | undefined;
afterEach(() => client?.dispose());

describe("the guide for other editors", () => {
  test("has a chapter for each editor, and its configurations are valid", () => {
    expect([...guide.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      "Neovim",
      "Helix",
      "Emacs",
      "Vim",
      "Zed",
      "Settings",
      "What is tested",
    ]);
    const [helix, ...zed] = inLanguage("toml").map((text) => parse(text));
    expect(helix).toMatchObject({
      "language-server": { "charm-mesh": { command: "charm-mesh", args: ["lsp", "--stdio"] } },
    });
    expect(zed).toHaveLength(2);
    for (const lisp of inLanguage("elisp")) expect(depthOf(lisp)).toBe(0);
    for (const text of [...inLanguage("lua"), ...inLanguage("elisp"), ...inLanguage("rust")]) {
      expect(text).toMatch(/"lsp"(?:\.into\(\))?,? "--stdio"/);
    }
  });

  test("its settings are understood as it says", async () => {
    const files = miniWorkspace();
    const yaml = "coordinator/charmcraft.yaml";
    files[yaml] = (files[yaml] ?? "").replace("interface: service_mesh\n    limit: 1", "interface: service_mesh");
    const [options = ""] = inLanguage("json");
    client = await lspClient({
      files,
      initializationOptions: JSON.parse(options.replace("missing-policy", "unlimited-service-mesh")),
    });
    expect(client.codes(yaml)).toEqual([]);
    client.dispose();
    client = await lspClient({ files, initializationOptions: {} });
    expect(client.codes(yaml)).toEqual(["unlimited-service-mesh"]);
  });
});

/** How many parentheses are left open, strings aside. */
function depthOf(lisp: string): number {
  const bare = lisp.replace(/"[^"]*"/g, "");
  return bare.split("(").length - bare.split(")").length;
}
