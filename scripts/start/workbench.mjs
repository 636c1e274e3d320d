// The workbench of code-server with the extension in it, on loopback.

import { spawn } from "node:child_process";
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { ended } from "./run-command.mjs";

/**
 * @typedef {{ address: string, stop: () => Promise<void> }} Workbench
 * @typedef {{ codeServer: import("./code-server-install.mjs").CodeServer, extensions: readonly string[], folder: string, home: string,
 *   settings?: Record<string, unknown> }} Options
 */

/**
 * Starts the workbench on a folder with some .vsix files installed. `home` takes its data and its logs. Throws an Error that says
 * which of the two steps failed and where its log is.
 * @param {Options} options @returns {Promise<Workbench>}
 */
export async function startedWorkbench({ codeServer, extensions, folder, home, settings = {} }) {
  const places = {
    "--user-data-dir": path.join(home, "data"),
    "--extensions-dir": path.join(home, "extensions"),
    "--server-data-dir": path.join(home, "server"),
  };
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true });
  for (const profile of ["User", "Machine"]) {
    mkdirSync(path.join(places["--user-data-dir"], profile), { recursive: true });
    writeFileSync(path.join(places["--user-data-dir"], profile, "settings.json"), JSON.stringify(settings, null, 2));
  }
  const placed = Object.entries(places).flat();
  const log = path.join(home, "workbench.log");
  for (const extension of extensions) {
    const { code, output } = await ended(
      codeServer.node,
      [codeServer.server, ...placed, "--accept-server-license-terms", "--install-extension", extension, "--force"],
      { log },
    );
    if (code !== 0) throw new Error(`installing ${extension} failed (log: ${log})\n${output.slice(-2000)}`);
  }
  const port = await freePort();
  const written = openSync(log, "a");
  const server = spawn(
    codeServer.node,
    [
      codeServer.server,
      ...placed,
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--without-connection-token",
      "--accept-server-license-terms",
      "--disable-workspace-trust",
      "--disable-telemetry",
    ],
    { stdio: ["ignore", written, written] },
  );
  const over = new Promise((resolve) => server.on("exit", resolve));
  const base = `http://127.0.0.1:${port}`;
  if (!(await answers(base, () => server.exitCode !== null))) {
    server.kill();
    throw new Error(`the workbench did not start (log: ${log})`);
  }
  return {
    address: `${base}/?folder=${encodeURIComponent(folder)}`,
    stop: async () => {
      server.kill();
      await over;
    },
  };
}

/** Whether the server answers within a minute. */
async function answers(base, isGone) {
  for (const until = Date.now() + 60_000; Date.now() < until && !isGone(); ) {
    const answer = await fetch(base).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

/** A free port of loopback. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
