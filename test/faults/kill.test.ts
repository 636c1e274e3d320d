import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { below, pick, randomOf } from "../fuzz/random.ts";
import { type StdioServer, stdioServer } from "../support/stdio-server.ts";
import { root } from "../tidy/source-tree.ts";
import { withFolder } from "./folder.ts";
import { edited, randomEdit, rangeOf } from "./text-edit.ts";

const SERVER = [path.join(root, "dist/server-node.js"), "--stdio"];
const FILES = ["coordinator/charmcraft.yaml", "coordinator/src/charm.py", "storefront/src/charm.py"];
/** CHARM_MESH_KILLS=200 for the long run. */
const KILLS = Number(process.env["CHARM_MESH_KILLS"] ?? 8);

/** What an editor holds, whatever becomes of its server. */
interface Document {
  readonly uri: string;
  text: string;
  version: number;
}

test(
  "a server that is killed at any moment is started again by the editor, and says what one says that never died",
  async () => {
    await withFolder({}, async (folder) => {
      cpSync(path.join(root, "samples/faulty"), folder, { recursive: true });
      const random = randomOf(20_261_121);
      const documents = FILES.map((name): Document => {
        const file = path.join(folder, name);
        return { uri: pathToFileURL(file).href, text: readFileSync(file, "utf8"), version: 1 };
      });
      const sound = documents.map(({ text }) => text);
      let server = await started(folder, documents);
      const lost: Promise<string>[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        // What is on its way to a killed server may be refused; the documents hold it, and the next server gets them.
        const typed = Promise.allSettled(
          Array.from({ length: below(random, 12) }, () => type(server, pick(random, documents), random)),
        );
        // A pending request is rejected, so that no caller waits for ever.
        const { uri } = pick(random, documents);
        const asked = { textDocument: { uri }, position: { line: below(random, 20), character: 4 } };
        lost.push(
          server.connection.sendRequest("textDocument/hover", asked).then(
            () => "answered",
            () => "refused",
          ),
        );
        if (below(random, 2) === 0) await new Promise((resolve) => setTimeout(resolve, below(random, 40)));
        await server.kill();
        await typed;
        server = await started(folder, documents);
      }
      expect(await Promise.all(lost)).toHaveLength(KILLS);
      // Sound texts in the end, as what was typed is broken and a server that lived has a memory of it.
      for (const [at, document] of documents.entries())
        await replace(server, document, (sound[at] ?? "").replace("\n", "\n# typed last\n"));
      const other = await started(folder, documents);
      for (const each of [server, other])
        for (const { uri, version } of documents) await each.diagnostics(uri, (params) => params.version === version);
      const said = documents.map(({ uri }) => server.latest(uri));
      expect(said).toEqual(documents.map(({ uri }) => other.latest(uri)));
      expect(said.flat().length).toBeGreaterThan(5);
      expect([await server.leave(), await other.leave()]).toEqual([0, 0]);
    });
  },
  120_000 + KILLS * 10_000,
);

/** A server with the editor's documents open in it, as vscode-languageclient opens them after a crash. */
async function started(folder: string, documents: readonly Document[]): Promise<StdioServer> {
  const server = await stdioServer(SERVER, [folder]);
  for (const { uri, version, text } of documents) {
    const languageId = uri.endsWith(".py") ? "python" : "yaml";
    await server.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version, text },
    });
  }
  return server;
}

function type({ connection }: StdioServer, document: Document, random: () => number): Promise<void> {
  const edit = randomEdit(document.text, [document.text], random);
  const contentChanges = [{ range: rangeOf(document.text, edit), text: edit.text }];
  document.text = edited(document.text, edit);
  document.version++;
  const textDocument = { uri: document.uri, version: document.version };
  return connection.sendNotification("textDocument/didChange", { textDocument, contentChanges });
}

function replace({ connection }: StdioServer, document: Document, text: string): Promise<void> {
  document.text = text;
  document.version++;
  const textDocument = { uri: document.uri, version: document.version };
  return connection.sendNotification("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
}
