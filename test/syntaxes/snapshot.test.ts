import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { filesBelow, root } from "../tidy/source-tree.ts";
import { ours, type Token, tokenizer } from "./tokens.ts";

const LISTING = `# 2 effective mesh policies. Topology: bundle.yaml. The mesh is not hardened.

ORIGIN            FROM              TO                  WHAT                              BECAUSE
cluster-internal  quarry@model      Service quarry@cos  everything                        coordinator/src/charm.py:29:28
resource manager  grafana@model     pods of loki@model  GET|POST /api/v1/*; port 80, 443  bundle.yaml:75:5
`;

/** What is marked on each line of ours, the line's number before it. */
function marked(
  lines: readonly (readonly Token[])[],
  words: (line: readonly (readonly Token[])[]) => string[],
): string {
  return lines.flatMap((line, at) => words([line]).map((word) => `${at + 1}  ${word}\n`)).join("");
}

// What our grammars mark in the samples, word by word. After an intended change: npx vitest run --project rooms test/syntaxes -u
test("every word of the samples that our injections mark", async () => {
  const parts: string[] = [];
  for (const file of filesBelow("samples/observability", /\.(?:py|yaml)$/)) {
    const tokenize = await tokenizer(file.endsWith(".py") ? "source.python" : "source.yaml", true);
    parts.push(`== ${file}\n${marked(tokenize(readFileSync(path.join(root, file), "utf8")), ours)}`);
  }
  await expect(parts.join("\n")).toMatchFileSnapshot("snapshots/samples.txt");
});

test("every word of a listing of policies", async () => {
  const tokenize = await tokenizer("source.charm-mesh-policies", false);
  const scopes = ([line = []]: readonly (readonly Token[])[]): string[] =>
    line.filter(({ scopes: all }) => all.length > 1).map((token) => `${token.text.trim()}: ${token.scopes.at(-1)}`);
  await expect(marked(tokenize(LISTING), scopes)).toMatchFileSnapshot("snapshots/policies.txt");
});
