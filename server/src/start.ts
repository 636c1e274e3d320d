import type { Connection } from "vscode-languageserver";
import { capabilitiesFor } from "./capabilities.ts";
import { type Guard, guardWith } from "./guard.ts";
import { type Hello, helloOf } from "./hello.ts";

/** The server proper: all that knows the engine. */
export interface Body {
  /** Reads the workspace and answers from then on. */
  readonly begin: () => Promise<void>;
  readonly end: () => void;
}

/** Loads the body and lets it serve a client that has said hello. */
export type LoadBody = (connection: Connection, guard: Guard, hello: Hello) => Body;

export interface StartOptions {
  /** Told to the client. */
  readonly version: string;
  readonly body: LoadBody;
  /** Calls a function as soon as what is under way has been sent. */
  readonly soon: (act: () => void) => void;
  /** Turns a stack trace of the bundles into one of the sources; unless told, traces stay as they are. */
  readonly readable?: (stack: string) => string;
}

/**
 * Runs the language server on a connection, until the client leaves. `initialize` is answered before the engine is loaded, which
 * takes longer than everything else until then; it is loaded while the answer is on its way, and no message comes before it.
 */
export function startServer(connection: Connection, { version, body, soon, readable }: StartOptions): void {
  const guard = guardWith((message) => connection.console.error(message), readable);
  let load: () => Body | null = () => null;

  connection.onInitialize((params) => {
    const hello = helloOf(params);
    let loaded: Body | null = null;
    load = () => {
      loaded ??= body(connection, guard, hello);
      return loaded;
    };
    soon(guard.notice("loading", () => void load()) as () => void);
    return { capabilities: capabilitiesFor(hello), serverInfo: { name: "charm-mesh", version } };
  });
  connection.onInitialized(guard.notice("initialized", () => load()?.begin()));
  connection.onShutdown(() => load()?.end());
  connection.listen();
}
