import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { parserFilesRequest } from "#protocol";
import { createPythonParser } from "#syntax";
import { serveClient, startServer } from "../src/index.ts";
import { clientFiles } from "./files.ts";

/** package.json's version; scripts/bundles.mjs writes it into the bundle. */
declare const CHARM_MESH_VERSION: string;

// The door for a web worker: whatever a disk or a process would give comes from the client through the same connection.
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, {
  version: CHARM_MESH_VERSION,
  body: (...given) =>
    serveClient(...given, {
      files: clientFiles(connection),
      states: null,
      parser: async () =>
        createPythonParser(
          parserFilesRequest.result.parse(await connection.sendRequest(parserFilesRequest.method, {})),
        ),
      later: (milliseconds, act) => {
        const timer = setTimeout(act, milliseconds);
        return () => clearTimeout(timer);
      },
    }),
  soon: (act) => void setTimeout(act, 0),
});
