import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { root } from "../tidy/source-tree.ts";

const SAMPLE = path.join(root, "samples/observability");
const FILES = ["coordinator/charmcraft.yaml", "coordinator/src/charm.py", "query-worker/src/charm.py"];
const [EARLY, LATE] = [20, 60];
/** What a server may keep of forty more versions of three files: caches fill, compiled code comes. One text alone is 3 to 6 kB. */
const MOST = 3_000_000;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

test("old versions of files are collected, with everything derived from them", async () => {
  const names = readdirSync(SAMPLE, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(path.join(SAMPLE, name)).isFile());
  const client = await lspClient({
    files: Object.fromEntries(files.map((name) => [name, readFileSync(path.join(SAMPLE, name), "utf8")])),
  });
  for (const file of FILES) await client.open(file);
  let [before, after] = [0, 0];
  for (let round = 1; round <= LATE; round++) {
    for (const file of FILES) await edited(client, file, round);
    if (round === EARLY) before = used();
    if (round === LATE) after = used();
  }
  client.dispose();
  expect(after - before).toBeLessThan(MOST);
});

/** Another name in a comment at the top, as everything below it moves then, and a look at what features make of the file. */
async function edited(client: LspClient, file: string, round: number): Promise<void> {
  const text = `# ${"x".repeat(round % 7)}${round}\n${String(client.disk.get(client.uri(file)))}`;
  await client.change(file, text);
  const textDocument = { uri: client.uri(file) };
  await client.connection.sendRequest("textDocument/hover", { textDocument, position: { line: 12, character: 6 } });
  await client.connection.sendRequest("textDocument/documentSymbol", { textDocument });
  await client.connection.sendRequest("textDocument/codeLens", { textDocument });
}

function used(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
