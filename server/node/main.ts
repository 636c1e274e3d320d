import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { readableStack } from "#disk";
import { startServer } from "../src/start.ts";

/** package.json's version; scripts/bundles.mts writes it into the bundle. */
declare const CHARM_MESH_VERSION: string;

// The second bundle takes this library from here, so that it is loaded once and its classes are the same.
export * from "vscode-languageserver";

// The entry point for Node: `--stdio`, `--node-ipc`, `--pipe=…` or `--socket=…` on the command line say how the client talks.
startServer(createConnection(ProposedFeatures.all), {
  version: CHARM_MESH_VERSION,
  load: (...given) => {
    const { nodeServer }: typeof import("./body.ts") = require("./server-body.js");
    return nodeServer(...given);
  },
  readable: readableStack,
  // The answer is written by some turns of the event loop, none of which waits.
  afterAnswer: (act) => void setTimeout(act, 2),
});
