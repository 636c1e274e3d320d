import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Connection } from "vscode-languageserver";
import { createPythonParser } from "#syntax";
import type { Guard } from "../src/guard.ts";
import type { Hello } from "../src/hello.ts";
import { serveClient } from "../src/serve-client.ts";
import type { Body } from "../src/start.ts";
import { diskFiles } from "./files.ts";
import { diskStates } from "./states.ts";

/** The server proper on this machine: a bundle of its own, which main.ts loads once the client has its first answer. @public */
export function nodeBody(connection: Connection, guard: Guard, hello: Hello): Body {
  return serveClient(connection, guard, hello, {
    files: diskFiles(),
    states: diskStates(),
    parser: async () => {
      const [runtime, grammar] = await Promise.all([
        readFile(path.join(__dirname, "web-tree-sitter.wasm")),
        readFile(path.join(__dirname, "tree-sitter-python.wasm")),
      ]);
      return createPythonParser({ runtime, grammar });
    },
    later: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
