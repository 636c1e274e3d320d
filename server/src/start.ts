import { type Connection, ErrorCodes, ResponseError } from "vscode-languageserver";
import { capabilitiesFor } from "./capabilities.ts";
import { type ClientInfo, clientInfoOf } from "./client-info.ts";
import { type Guard, guardWith } from "./guard.ts";

/** The part of the server that knows the engine. It is loaded after `initialize` was answered. */
export interface LoadedServer {
  /** Reads the workspace and answers from then on. */
  readonly begin: () => Promise<void>;
  readonly end: () => void;
}

/** Loads the server and registers its handlers. */
export type LoadServer = (connection: Connection, guard: Guard, info: ClientInfo) => LoadedServer;

export interface StartOptions {
  /** The version that the client sees. */
  readonly version: string;
  readonly load: LoadServer;
  /** Calls a function once the answer under way has been sent. */
  readonly afterAnswer: (act: () => void) => void;
  /** Turns a stack trace of the bundles into one of the sources; absent: traces stay as they are. */
  readonly readable?: (stack: string) => string;
}

/**
 * Runs the language server on a connection until the client leaves. `initialize` is answered before the engine is loaded, which
 * takes longer than everything else until then; it is loaded while the answer is on its way, and no message is handled before it.
 */
export function startServer(connection: Connection, { version, load, afterAnswer, readable }: StartOptions): void {
  const guard = guardWith((message) => connection.console.error(message), readable);
  let server: (() => LoadedServer) | null = null;

  connection.onInitialize((params) => {
    if (server) return new ResponseError<never>(ErrorCodes.InvalidRequest, "initialize: it was sent before");
    const info = clientInfoOf(params);
    let loaded: LoadedServer | null = null;
    server = () => {
      loaded ??= load(connection, guard, info);
      return loaded;
    };
    afterAnswer(() => guard.notice("loading", () => void server?.())(undefined));
    return { capabilities: capabilitiesFor(info), serverInfo: { name: "charm-mesh", version } };
  });
  connection.onInitialized(
    guard.notice("initialized", () => {
      if (!server || guard.phase() !== "starting") return;
      const loaded = server();
      guard.enter("running");
      return loaded.begin();
    }),
  );
  connection.onShutdown(() => {
    if (guard.phase() === "shut down") throw guard.unknown("shutdown");
    if (!server) throw guard.unknown("shutdown");
    server().end();
    guard.enter("shut down");
  });
  connection.onRequest((method) => guard.unknown(method));
  connection.listen();
}
