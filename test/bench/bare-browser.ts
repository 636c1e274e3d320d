import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import nodePath from "node:path";
import { CHROMIUM, CHROMIUM_ARGUMENTS } from "../webview/support/chromium.ts";

/** A file of a page: its media type, its text, and the policy that it is served with. */
export interface ServedFile {
  readonly type: string;
  readonly body: string;
  readonly policy?: string;
}

/** Milliseconds in which a browser that was just started comes to rest before the page is loaded. */
const REST = 1_500;
const LIMIT = 60_000;

/**
 * Opens `path` of the given files in a frame of a plain browser that was just started, as VS Code shows a webview in a frame, and
 * gives what the page posts to its parent. A browser that Playwright drives has an inspector attached, which takes the stack of each
 * error that is made, and a process beside it that takes its part of the processors.
 */
export async function toldByPage(files: ReadonlyMap<string, ServedFile>, path: string): Promise<unknown> {
  const profile = mkdtempSync(nodePath.join(os.tmpdir(), "charm-mesh-bench-"));
  const outer = `<!DOCTYPE html><html lang=en><title>bench</title><link rel=icon href=data:,><style>iframe { border: 0; width: 1400px; height: 900px }</style><body><script>
    addEventListener("message", ({ data }) => fetch("/answered", { method: "POST", body: JSON.stringify(data) }));
    setTimeout(() => document.body.append(Object.assign(document.createElement("iframe"), { src: ${JSON.stringify(path)} })), ${REST});
  </script></body></html>`;
  let answered: (text: string) => void = () => undefined;
  const telling = new Promise<string>((resolve) => {
    answered = resolve;
  });
  const server = createServer((request, response) => {
    const asked = request.url ?? "/";
    if (request.method === "POST") {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        response.end();
        answered(Buffer.concat(parts).toString("utf8"));
      });
      return;
    }
    const file = asked === "/" ? { type: "text/html", body: outer } : files.get(asked);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", `${file.type}; charset=utf-8`);
    if (file.policy) response.setHeader("content-security-policy", file.policy);
    response.end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const size = ["--headless=new", "--window-size=1420,1000", `--user-data-dir=${profile}`];
  const browser = spawn(CHROMIUM, [...CHROMIUM_ARGUMENTS, ...size, origin], { stdio: "ignore", detached: true });
  const gone = new Promise<void>((resolve) => browser.once("exit", () => resolve()));
  let limit: ReturnType<typeof setTimeout> | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      limit = setTimeout(() => reject(new Error(`${path} sent nothing within ${LIMIT} ms`)), LIMIT);
    });
    return JSON.parse(await Promise.race([telling, late]));
  } finally {
    clearTimeout(limit);
    if (browser.pid !== undefined) process.kill(-browser.pid, "SIGKILL");
    await gone;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
