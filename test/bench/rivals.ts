import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { root } from "../tidy/source-tree.ts";

/** A language server that can be started, and its initialization options. */
export interface Contestant {
  readonly name: string;
  /** Ours and the empty server are measured everywhere, rivals where a run of them is short. */
  readonly cost: "own" | "rival";
  readonly command: readonly string[];
  /** The answer to `workspace/configuration`, by section. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Which of a charm's two files it says anything about. */
  readonly files: readonly ("charmcraft.yaml" | "src/charm.py")[];
}

/** The rivals' versions: measured against nothing else, so that two runs can be compared. */
const RIVALS = { "yaml-language-server": "2.0.0", pyright: "1.1.414" } as const;

/** A folder outside of the repository: the rivals are no dependency of ours. */
const CACHE = path.join(homedir(), ".cache", "charm-mesh", "rivals");

/** The rivals, installed in the cache by npm where they are not yet; null without a network. */
export function installedRivals(): string | null {
  const missing = Object.entries(RIVALS).filter(
    ([name]) => !existsSync(path.join(CACHE, "node_modules", name, "package.json")),
  );
  if (missing.length === 0) return CACHE;
  mkdirSync(CACHE, { recursive: true });
  const wanted = missing.map(([name, version]) => `${name}@${version}`);
  try {
    execFileSync("npm", ["install", "--prefix", CACHE, "--no-audit", "--no-fund", "--ignore-scripts", ...wanted]);
    return CACHE;
  } catch {
    return null;
  }
}

/** All language servers that are measured side by side; the empty one is the floor. Needs `npm run build`. */
export async function contestants(cache: string | null): Promise<readonly Contestant[]> {
  const both = ["charmcraft.yaml", "src/charm.py"] as const;
  const own: Contestant = {
    name: "charm-mesh",
    cost: "own",
    // As the extension starts it (client/node/main.ts).
    command: ["--max-semi-space-size=4", path.join(root, "dist/server-node.js"), "--stdio"],
    settings: {},
    files: both,
  };
  const empty: Contestant = {
    name: "empty",
    cost: "own",
    command: [await emptyServer(), "--stdio"],
    settings: {},
    files: both,
  };
  if (cache === null) return [own, empty];
  const schema = path.join(CACHE, "charmcraft.schema.json");
  writeFileSync(schema, JSON.stringify(CHARMCRAFT_SCHEMA));
  return [
    own,
    empty,
    {
      name: "yaml-language-server",
      cost: "rival",
      command: [path.join(cache, "node_modules/yaml-language-server/bin/yaml-language-server"), "--stdio"],
      settings: { yaml: { schemas: { [schema]: "charmcraft.yaml" }, schemaStore: { enable: false }, validate: true } },
      files: ["charmcraft.yaml"],
    },
    {
      name: "pyright",
      cost: "rival",
      command: [path.join(cache, "node_modules/pyright/langserver.index.js"), "--stdio"],
      settings: { python: { analysis: { diagnosticMode: "openFilesOnly" } } },
      files: ["src/charm.py"],
    },
  ];
}

/** pyright's command line, or null. */
export function pyrightCommand(cache: string | null): readonly string[] | null {
  return cache === null ? null : [path.join(cache, "node_modules/pyright/index.js")];
}

/** A schema with a charm's keys, as yaml-language-server has nothing to check without one. */
const CHARMCRAFT_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
  required: ["name"],
  properties: {
    name: { type: "string" },
    type: { enum: ["charm"] },
    ...Object.fromEntries(
      ["requires", "provides", "peers"].map((side) => [
        side,
        {
          type: "object",
          additionalProperties: {
            type: "object",
            required: ["interface"],
            properties: { interface: { type: "string" }, limit: { type: "integer" }, optional: { type: "boolean" } },
          },
        },
      ]),
    ),
  },
};

/** vscode-languageserver that answers every document with no diagnostics: what the library costs by itself. */
async function emptyServer(): Promise<string> {
  const outfile = path.join(CACHE, "empty-server.js");
  await build({
    absWorkingDir: root,
    stdin: { contents: EMPTY, resolveDir: root, loader: "ts" },
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
  });
  return outfile;
}

const EMPTY = `
import { createConnection, ProposedFeatures, TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: 2, hoverProvider: true, completionProvider: {} } }));
documents.onDidChangeContent(({ document }) => connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: [] }));
connection.onHover(() => null);
connection.onCompletion(() => []);
documents.listen(connection);
connection.listen();
`;
