import {
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { helloOf } from "./client.ts";
import { parsedParams, type Serving } from "./feature/feature.ts";
import { FEATURES } from "./feature/list.ts";
import { type Guard, guardWith } from "./guard.ts";
import type { Host } from "./host.ts";
import type { Client, Moment } from "./moment.ts";
import { type Running, runningWith } from "./running.ts";

/**
 * Runs the language server on a connection, until the client leaves. `version` is told to the client. Nothing is read before the
 * client has said `initialized`, so that the answer to `initialize` waits for nothing.
 */
export function startServer(connection: Connection, host: Host, version: string): void {
  const guard = guardWith((message) => connection.console.error(message));
  let running: Running | null = null;
  // LSP forbids all other messages before `initialize`; the library refuses them, so this is never null when it is used.
  const now = (): Running => running as Running;

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const hello = helloOf(params);
    running = runningWith(connection, host, guard, hello);
    return { capabilities: capabilitiesFor(hello.client), serverInfo: { name: "charm-mesh", version } };
  });
  connection.onInitialized(
    guard.notice("initialized", () => {
      if (now().client.capabilities.workspace?.workspaceFolders === true) {
        connection.workspace.onDidChangeWorkspaceFolders(
          guard.notice("workspace folders", ({ added, removed }) => now().changeFolders(added, removed)),
        );
      }
      return now().begin();
    }),
  );
  connection.onShutdown(() => now().end());
  synchronize(connection, guard, now);
  for (const { serve } of FEATURES) serve(servingOn(connection, guard, host, now));
  connection.listen();
}

function capabilitiesFor(client: Client): ServerCapabilities {
  const basic: ServerCapabilities = {
    positionEncoding: client.positions.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  return Object.assign(basic, ...FEATURES.map((feature) => feature.capabilities(client)));
}

/** Keeps the session at one with the client's documents and the disk. */
function synchronize(connection: Connection, guard: Guard, now: () => Running): void {
  connection.onDidOpenTextDocument(
    guard.notice("didOpen", async ({ textDocument: { uri, version, text } }) => {
      now().session.didOpen(uri, version, text);
      now().changed(uri);
      await now().includeAround(uri);
    }),
  );
  connection.onDidChangeTextDocument(
    guard.notice("didChange", ({ textDocument: { uri, version }, contentChanges }) => {
      now().session.didChange(uri, version, contentChanges);
      now().changed(uri);
    }),
  );
  connection.onDidCloseTextDocument(
    guard.notice("didClose", async ({ textDocument: { uri } }) => {
      await now().session.didClose(uri);
      now().changed();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guard.notice("didChangeWatchedFiles", async ({ changes }) => {
      await now().session.didChangeOnDisk(changes.map(({ uri }) => uri));
      now().changed();
    }),
  );
  connection.onDidChangeConfiguration(guard.notice("didChangeConfiguration", () => now().configure()));
}

function servingOn(connection: Connection, guard: Guard, host: Host, now: () => Running): Serving {
  const answerTo = <P, R>(method: string, answer: (moment: Moment, params: P) => R | Promise<R>): void =>
    void connection.onRequest<unknown, void>(
      method,
      guard.request<P, R>(method, (params) => {
        const moment = now().moment();
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
