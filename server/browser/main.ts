import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { serveClient, startServer } from "../src/index.ts";
import { clientFiles } from "./files.ts";

/** package.json's version; scripts/bundles.mts writes it into the bundle. */
declare const CHARM_MESH_VERSION: string;

// The entry point for a web worker: the client reads files for it, through the same connection.
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, {
  version: CHARM_MESH_VERSION,
  load: (...given) =>
    serveClient(...given, {
      files: clientFiles(connection),
      states: null,
      writePage: null,
      pageParts: null,
      pause: () => new Promise((resolve) => void setTimeout(resolve, 0)),
      schedule: (milliseconds, act) => {
        const timer = setTimeout(act, milliseconds);
        return () => clearTimeout(timer);
      },
    }),
  afterAnswer: (act) => void setTimeout(act, 0),
});
