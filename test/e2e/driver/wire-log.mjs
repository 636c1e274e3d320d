// Stands between an editor and a language server: node wire-log.mjs LOG COMMAND ARGS…
// Passes every byte on, and appends one line of JSON to LOG for each message of the client, and for each answer that is an error.

import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";

const [, , log = "", command = "", ...args] = process.argv;
const server = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
const asked = new Map();

process.stdin.on(
  "data",
  messages(({ id, method }) => {
    if (method === undefined) return;
    if (id !== undefined) asked.set(id, method);
    note({ method });
  }),
);
server.stdout.on(
  "data",
  messages(({ id, method, error }) => {
    if (method === undefined && error !== undefined) note({ failed: asked.get(id), error });
  }),
);
process.stdin.pipe(server.stdin);
server.stdout.pipe(process.stdout);
server.on("exit", (code) => process.exit(code ?? 1));

function note(line) {
  appendFileSync(log, `${JSON.stringify(line)}\n`);
}

/** Calls a function with each message of a stream (LSP's base protocol: headers, an empty line, as many bytes as they say). */
function messages(each) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(rest.subarray(0, end).toString())?.[1]);
      if (rest.length < end + 4 + length) return;
      each(JSON.parse(rest.subarray(end + 4, end + 4 + length).toString()));
      rest = rest.subarray(end + 4 + length);
    }
  };
}
