import { readFile } from "node:fs/promises";
import path from "node:path";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { createPythonParser } from "#syntax";
import { startServer } from "../src/index.ts";
import { diskFiles } from "./files.ts";
import { diskStates } from "./states.ts";

/** package.json's version; scripts/bundles.mjs writes it into the bundle. */
declare const CHARM_MESH_VERSION: string;

// The door for Node: `--stdio`, `--node-ipc`, `--pipe=…` or `--socket=…` on the command line say how the client talks.
startServer(
  createConnection(ProposedFeatures.all),
  {
    files: diskFiles(),
    states: diskStates(),
    parser: async () => {
      const [runtime, grammar] = await Promise.all([
        readFile(path.join(__dirname, "web-tree-sitter.wasm")),
        readFile(path.join(__dirname, "tree-sitter-python.wasm")),
      ]);
      return createPythonParser({ runtime, grammar });
    },
    later: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  },
  CHARM_MESH_VERSION,
);
