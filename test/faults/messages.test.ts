import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { below, pick, randomOf } from "../fuzz/random.ts";
import { stdioServer } from "../support/stdio-server.ts";
import { root } from "../tidy/source-tree.ts";
import { withFolder } from "./folder.ts";

/** CHARM_MESH_MESSAGES and CHARM_MESH_FAULT_SEED make the run longer and another one. */
const MESSAGES = Number(process.env["CHARM_MESH_MESSAGES"] ?? 3_000);
const SEED = Number(process.env["CHARM_MESH_FAULT_SEED"] ?? 20_261_121);
const CHARM = "coordinator/src/charm.py";

const REQUESTS = [
  ...[
    "hover",
    "completion",
    "definition",
    "references",
    "documentHighlight",
    "documentSymbol",
    "codeAction",
    "codeLens",
  ],
  ...["documentLink", "foldingRange", "inlayHint", "prepareRename", "rename", "signatureHelp", "semanticTokens/full"],
  ...["semanticTokens/range", "diagnostic", "linkedEditingRange", "selectionRange", "formatting"],
]
  .map((name) => `textDocument/${name}`)
  .concat(
    ["graph", "policies", "canReach", "addMeshSupport", "charms", "tree", "none"].map((name) => `charmMesh/${name}`),
  )
  .concat([
    "workspace/symbol",
    "workspace/executeCommand",
    "workspace/diagnostic",
    "codeLens/resolve",
    "completionItem/resolve",
  ]);
const NOTIFICATIONS = [
  ...["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave"],
  ...["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration", "workspace/didChangeWorkspaceFolders"],
  ...["workspace/didRenameFiles", "workspace/didDeleteFiles", "$/cancelRequest", "$/setTrace", "charmMesh/changed"],
];
const KEYS = [
  ...[
    "textDocument",
    "uri",
    "position",
    "range",
    "line",
    "character",
    "start",
    "end",
    "context",
    "diagnostics",
    "text",
  ],
  ...["version", "contentChanges", "languageId", "newName", "query", "changes", "type", "settings", "event", "added"],
  ...["removed", "files", "oldUri", "newUri", "from", "to", "port", "charm", "topology", "mode", "id", "value", "data"],
  ...["__proto__", "constructor", "command", "arguments", "previousResultId", "positions", "options", "only"],
];

test(`${MESSAGES} messages of wrong shapes are answered or refused, and leave the server as it was`, async () => {
  await withFolder({}, async (folder) => {
    cpSync(path.join(root, "samples/faulty"), folder, { recursive: true });
    const file = path.join(folder, CHARM);
    const [uri, text] = [pathToFileURL(file).href, readFileSync(file, "utf8")];
    const random = randomOf(SEED);
    const values = valuesFor(uri, random);
    const server = await stdioServer([path.join(root, "dist/server-node.js"), "--stdio"], [folder]);
    const other = await stdioServer([path.join(root, "dist/server-node.js"), "--stdio"], [folder]);
    let [answered, refused] = [0, 0];
    for (let sent = 0; sent < MESSAGES; ) {
      const waiting: Promise<void>[] = [];
      // Many at once, as an editor sends them; then all answers have to come, or the test's time is over.
      for (let each = 0; each < 100; each++, sent++) {
        const params = random() < 0.8 ? record(values, random, 0) : values();
        if (random() < 0.3) {
          await server.connection.sendNotification(pick(random, NOTIFICATIONS), params);
          continue;
        }
        const answer = server.connection.sendRequest(pick(random, REQUESTS), params);
        waiting.push(
          answer.then(
            () => void answered++,
            () => void refused++,
          ),
        );
      }
      await Promise.all(waiting);
    }
    // There must be messages of both kinds, or the test proves nothing.
    expect(answered).toBeGreaterThan(MESSAGES / 50);
    expect(refused).toBeGreaterThan(MESSAGES / 50);
    for (const each of [server, other]) {
      await each.connection.sendNotification("workspace/didChangeConfiguration", { settings: {} });
      const textDocument = { uri, languageId: "python", version: 9_999, text: `${text}\n# the last word\n` };
      await each.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
      await each.connection.sendNotification("textDocument/didOpen", { textDocument });
      await each.diagnostics(uri, ({ version }) => version === 9_999);
    }
    expect(server.latest(uri).length).toBeGreaterThan(3);
    expect(server.latest(uri)).toEqual(other.latest(uri));
    const hover = { textDocument: { uri }, position: placeOf(text, "Coordinator(") };
    const said = await server.connection.sendRequest("textDocument/hover", hover);
    expect(said).not.toBeNull();
    expect(said).toEqual(await other.connection.sendRequest("textDocument/hover", hover));
    expect([await server.leave(), await other.leave()]).toEqual([0, 0]);
  });
});

function placeOf(text: string, words: string): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(words)).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** Gives one value after the other: right ones, odd ones, and such as no editor sends. */
function valuesFor(uri: string, random: () => number): () => unknown {
  const odd: readonly unknown[] = [
    ...[null, true, false, 0, -1, 1, 7, 40, 1e9, -1e300, 0.5, 2 ** 53],
    ...[
      "",
      "x",
      "file:///",
      "file://%zz/",
      "not a uri",
      "file:///a/../../b",
      "untitled:Untitled-1",
      "x".repeat(5_000),
      "\u0000",
    ],
    ...[uri, uri, uri, uri.replace(/[^/]+$/, "gone.py"), uri.replace("src/charm.py", "charmcraft.yaml")],
    ...[[], {}, [null], [[[[]]]]],
  ];
  return () => pick(random, odd);
}

/** An object with keys of the protocol, some in the right place, and values that may be anything. */
function record(values: () => unknown, random: () => number, depth: number): unknown {
  const inside = (): unknown => (depth < 3 && random() < 0.4 ? record(values, random, depth + 1) : values());
  const number = (): unknown => (random() < 0.7 ? below(random, 60) : values());
  const position = (): unknown => (random() < 0.8 ? { line: number(), character: number() } : inside());
  const range = (): unknown => (random() < 0.8 ? { start: position(), end: position() } : inside());
  const likely: Readonly<Record<string, () => unknown>> = {
    textDocument: () =>
      random() < 0.8 ? { uri: values(), version: number(), text: values(), languageId: "python" } : inside(),
    position,
    range,
    context: () => (random() < 0.5 ? { diagnostics: [], includeDeclaration: true } : inside()),
    contentChanges: () => (random() < 0.7 ? [{ range: range(), text: "x" }, inside()] : inside()),
    changes: () => [{ uri: values(), type: number() }, inside()],
  };
  const made: [string, unknown][] = [];
  for (const [key, value] of Object.entries(likely)) if (random() < 0.6) made.push([key, value()]);
  for (let extra = below(random, 5); extra > 0; extra--) made.push([pick(random, KEYS), inside()]);
  return Object.fromEntries(made);
}
