import type { Connection } from "vscode-languageserver";
import { didChangeSchema, didChangeWatchedFilesSchema, didCloseSchema, didOpenSchema } from "#protocol";
import { parsedParams, type Serving } from "./feature/feature.ts";
import { FEATURES } from "./feature/list.ts";
import type { Guard } from "./guard.ts";
import type { Hello } from "./hello.ts";
import type { Host } from "./host.ts";
import type { Moment } from "./moment.ts";
import { type Running, runningWith } from "./running.ts";
import type { Body } from "./start.ts";

/** Serves one client with all that the engine can do. Reads nothing before it is told to begin. */
export function serveClient(connection: Connection, guard: Guard, hello: Hello, host: Host): Body {
  const running = runningWith(connection, host, guard, hello);
  synchronize(connection, guard, running);
  for (const feature of FEATURES) feature(servingOn(connection, guard, host, running));
  return {
    begin: () => {
      if (hello.capabilities.workspace?.workspaceFolders === true) {
        connection.workspace.onDidChangeWorkspaceFolders(
          guard.notice("workspace folders", ({ added, removed }) => running.changeFolders(added, removed)),
        );
      }
      return running.begin();
    },
    end: running.end,
  };
}

/** Keeps the session at one with the client's documents and the disk. */
function synchronize(connection: Connection, guard: Guard, running: Running): void {
  connection.onDidOpenTextDocument(
    guard.notice("didOpen", async (params: unknown) => {
      const { uri, version, text } = parsedParams("didOpen", didOpenSchema, params).textDocument;
      running.session.didOpen(uri, version, text);
      running.changed(uri);
      await running.includeAround(uri);
    }),
  );
  connection.onDidChangeTextDocument(
    guard.notice("didChange", (params: unknown) => {
      const { textDocument, contentChanges } = parsedParams("didChange", didChangeSchema, params);
      const { uri, version } = textDocument;
      running.session.didChange(uri, version, contentChanges);
      running.changed(uri);
    }),
  );
  connection.onDidCloseTextDocument(
    guard.notice("didClose", async (params: unknown) => {
      const { uri } = parsedParams("didClose", didCloseSchema, params).textDocument;
      await running.session.didClose(uri);
      running.changed();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guard.notice("didChangeWatchedFiles", async (params: unknown) => {
      const { changes } = parsedParams("didChangeWatchedFiles", didChangeWatchedFilesSchema, params);
      await running.session.didChangeOnDisk(changes.map(({ uri }) => uri));
      running.changed();
    }),
  );
  connection.onDidChangeConfiguration(guard.notice("didChangeConfiguration", () => running.configure()));
}

function servingOn(connection: Connection, guard: Guard, host: Host, running: Running): Serving {
  const answerTo = <P, R>(method: string, answer: (moment: Moment, params: P) => R | Promise<R>): void =>
    void connection.onRequest<unknown, void>(
      method,
      guard.request<P, R>(method, (params) => {
        const moment = running.moment();
        return moment instanceof Promise ? moment.then((at) => answer(at, params)) : answer(moment, params);
      }),
    );
  return {
    host,
    standard: (type, answer) => answerTo(type.method, answer),
    own: ({ method, params: schema }, answer) =>
      answerTo(method, (moment, params: unknown) => answer(moment, parsedParams(method, schema, params))),
  };
}
