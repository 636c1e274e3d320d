import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { stdioServer } from "../support/stdio-server.ts";

// What was built, as other editors start it. npm test builds it first; by hand: npm run build.
const WAYS = {
  "the server's own program": ["dist/server-node.js", "--stdio"],
  "charm-mesh lsp --stdio": ["dist/cli.js", "lsp", "--stdio"],
};

describe.each(Object.entries(WAYS))("over stdio: %s", (_, args) => {
  test("diagnostics of a real folder, an edit, a hover, and a polite end", async () => {
    const folder = path.resolve("samples/faulty");
    const server = await stdioServer(args, [folder]);
    expect(server.initialized.serverInfo?.name).toBe("charm-mesh");
    expect(server.initialized.serverInfo?.version).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);

    const uri = pathToFileURL(path.join(folder, "coordinator/src/charm.py")).href;
    const first = await server.diagnostics(uri, ({ diagnostics }) => diagnostics.length > 0);
    const undeclared = first.diagnostics.find(({ code }) => code === "undeclared-endpoint");
    expect(undeclared?.source).toBe("charm-mesh");

    const text = readFileSync(new URL(uri), "utf8");
    await server.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "python", version: 1, text },
    });
    await server.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: "import ops\n" }],
    });
    const after = await server.diagnostics(uri, ({ version }) => version === 2);
    expect(after.diagnostics.map(({ code }) => code)).not.toContain("undeclared-endpoint");

    const yaml = pathToFileURL(path.join(folder, "storefront/charmcraft.yaml")).href;
    const lines = readFileSync(new URL(yaml), "utf8").split("\n");
    const line = lines.findIndex((each) => /^ {2}service-mesh:/.test(each));
    const hover = await server.connection.sendRequest<{ contents: { value: string } }>("textDocument/hover", {
      textDocument: { uri: yaml },
      position: { line, character: 4 },
    });
    expect(hover.contents.value).toContain("service_mesh");
    expect(await server.leave()).toBe(0);
  });
});
