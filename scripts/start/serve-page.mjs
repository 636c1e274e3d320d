// One page on loopback.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/**
 * Serves a file at `/`, read anew for each request, until the process ends. @param {string} file
 * @returns {Promise<string>} the address
 */
export function servedPage(file) {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/") return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(readFileSync(file));
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}/`));
  });
}
