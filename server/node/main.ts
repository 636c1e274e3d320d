import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { readableStack } from "#disk";
import { startServer } from "../src/start.ts";

/** package.json's version; scripts/bundles.mts writes it into the bundle. */
declare const CHARM_MESH_VERSION: string;

// The bundle server-engine.js imports this library from here, so that it is loaded once and its classes are the same.
export * from "vscode-languageserver";

// The entry point for Node: `--stdio`, `--node-ipc`, `--pipe=…` or `--socket=…` on the command line choose the transport.
startServer(createConnection(ProposedFeatures.all), {
  version: CHARM_MESH_VERSION,
  load: (...given) => {
    const { nodeServer }: typeof import("./node-server.ts") = require("./server-engine.js");
    return nodeServer(...given);
  },
  readable: readableStack,
  // Writing the answer takes some turns of the event loop, and none of them blocks.
  afterAnswer: (act) => void setTimeout(act, 2),
});
