import type { Connection } from "vscode-languageserver";
import { pageParts } from "#disk";
import type { ClientInfo } from "../src/client-info.ts";
import type { Guard } from "../src/guard.ts";
import { serveClient } from "../src/serve-client.ts";
import type { LoadedServer } from "../src/start.ts";
import { diskFiles } from "./files.ts";
import { diskStates } from "./states.ts";
import { temporaryPage } from "./temporary-page.ts";

/** The server with the engine for Node: a separate bundle, which main.ts loads after the client has the answer to `initialize`. @public */
export function nodeServer(connection: Connection, guard: Guard, info: ClientInfo): LoadedServer {
  return serveClient(connection, guard, info, {
    files: diskFiles(),
    states: diskStates(),
    writePage: temporaryPage,
    pageParts,
    pause: () => new Promise((resolve) => void setImmediate(resolve)),
    schedule: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
