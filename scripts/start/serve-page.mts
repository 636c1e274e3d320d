// Serves one page on the loopback address.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/** Serves a file at `/` until the process ends, and reads it again for each request. Resolves to the address. */
export function servedPage(file: string): Promise<string> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/") return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(readFileSync(file));
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`);
    });
  });
}
