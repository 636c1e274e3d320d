import type { Connection, ProtocolRequestType } from "vscode-languageserver";
import {
  didChangeConfigurationSchema,
  didChangeSchema,
  didChangeWatchedFilesSchema,
  didCloseSchema,
  didOpenSchema,
  didSaveSchema,
  STANDARD_PARAMS,
} from "#protocol";
import type { ClientInfo } from "./client-info.ts";
import { parsedParams, type Serving } from "./feature/feature.ts";
import { FEATURES } from "./feature/list.ts";
import type { Guard } from "./guard.ts";
import type { Platform } from "./platform.ts";
import { type Running, runningWith } from "./running.ts";
import type { ServerSnapshot } from "./snapshot.ts";
import type { LoadedServer } from "./start.ts";

/** Serves one client with all that the engine can do. Reads nothing before `begin` is called. */
export function serveClient(connection: Connection, guard: Guard, info: ClientInfo, platform: Platform): LoadedServer {
  const running = runningWith(connection, platform, guard, info);
  synchronize(connection, guard, running);
  for (const feature of FEATURES) feature(servingOn(connection, guard, platform, running));
  return {
    begin: () => {
      if (info.capabilities.workspace?.workspaceFolders === true) {
        connection.workspace.onDidChangeWorkspaceFolders(
          guard.notice("workspace folders", ({ added, removed }) => running.changeFolders(added, removed)),
        );
      }
      return running.begin();
    },
    end: running.end,
  };
}

/** Applies the client's documents and changes on disk to the session. */
function synchronize(connection: Connection, guard: Guard, running: Running): void {
  connection.onDidOpenTextDocument(
    guard.notice("didOpen", async (params: unknown) => {
      const { uri, version, text } = parsedParams("didOpen", didOpenSchema, params).textDocument;
      running.session.didOpen(uri, version ?? 0, text);
      running.changed(uri);
      await running.includeAround(uri);
      await running.refreshUnwatched(uri);
    }),
  );
  connection.onDidChangeTextDocument(
    guard.notice("didChange", (params: unknown) => {
      const { textDocument, contentChanges } = parsedParams("didChange", didChangeSchema, params);
      const { uri, version } = textDocument;
      running.session.didChange(uri, version ?? null, contentChanges);
      running.changed(uri);
    }),
  );
  connection.onDidCloseTextDocument(
    guard.notice("didClose", async (params: unknown) => {
      const { uri } = parsedParams("didClose", didCloseSchema, params).textDocument;
      await running.session.didClose(uri);
      running.changed();
      await running.releaseOutside();
    }),
  );
  connection.onDidSaveTextDocument(
    guard.notice("didSave", async (params: unknown) => {
      await running.refreshUnwatched(parsedParams("didSave", didSaveSchema, params).textDocument.uri);
    }),
  );
  connection.onDidChangeWatchedFiles(
    guard.notice("didChangeWatchedFiles", async (params: unknown) => {
      const { changes } = parsedParams("didChangeWatchedFiles", didChangeWatchedFilesSchema, params);
      await running.session.didChangeOnDisk(changes.map(({ uri }) => uri));
      running.changed();
    }),
  );
  connection.onDidChangeConfiguration(
    guard.notice("didChangeConfiguration", (params: unknown) => {
      const { settings } = parsedParams("didChangeConfiguration", didChangeConfigurationSchema, params);
      return running.configure(settings === undefined || settings === null ? undefined : sectionOf(settings));
    }),
  );
}

function servingOn(connection: Connection, guard: Guard, platform: Platform, running: Running): Serving {
  const answerTo = <P, R>(method: string, answer: (snapshot: ServerSnapshot, params: P) => R | Promise<R>): void =>
    void connection.onRequest<unknown, void>(
      method,
      guard.request<P, R>(method, (params) => {
        const snapshot = running.snapshot();
        return snapshot instanceof Promise ? snapshot.then((at) => answer(at, params)) : answer(snapshot, params);
      }),
    );
  return {
    platform,
    connection,
    standard: <P, R, PR, E, RO>(
      { method }: ProtocolRequestType<P, R, PR, E, RO>,
      answer: (snapshot: ServerSnapshot, params: P) => R | Promise<R>,
    ) =>
      answerTo(method, (snapshot, params: P) => {
        checkStandard(method, params);
        return answer(snapshot, params);
      }),
    aboutFile: <P extends { readonly textDocument: { readonly uri: string } }, R, PR, E, RO>(
      { method }: ProtocolRequestType<P, R, PR, E, RO>,
      answer: (snapshot: ServerSnapshot, params: P) => R | Promise<R>,
    ) =>
      void connection.onRequest<unknown, void>(
        method,
        guard.request<P, R>(method, async (params) => {
          checkStandard(method, params);
          return answer(await running.snapshotAround(params.textDocument.uri), params);
        }),
      ),
    own: ({ method, params: schema }, answer) =>
      answerTo(method, (snapshot, params: unknown) => answer(snapshot, parsedParams(method, schema, params))),
  };
}

function checkStandard(method: string, params: unknown): void {
  const schema = STANDARD_PARAMS[method];
  if (schema) parsedParams(method, schema, params);
}

/** The server's own section of pushed settings; some clients push the section alone. */
function sectionOf(settings: unknown): unknown {
  const isRecord = typeof settings === "object" && settings !== null;
  return isRecord && "charmMesh" in settings ? settings.charmMesh : settings;
}
