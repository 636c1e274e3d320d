// Starts the workbench of code-server with the extension, on the loopback address.

import { spawn } from "node:child_process";
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import type { CodeServer } from "./code-server-install.mts";
import { ended } from "./run-command.mts";

/** A workbench that is running. */
export interface Workbench {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/** What a workbench starts with. */
export interface WorkbenchOptions {
  readonly codeServer: CodeServer;
  /** The .vsix files to install. */
  readonly extensions: readonly string[];
  /** The folder to open. */
  readonly folder: string;
  /** The file to open, an absolute path; absent: none. */
  readonly file?: string;
  /** The folder for its data and its logs. */
  readonly home: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Installs the extensions and starts the workbench. On failure, throws an Error with the step and the path of its log. */
export async function startedWorkbench({
  codeServer,
  extensions,
  folder,
  file,
  home,
  settings = {},
}: WorkbenchOptions): Promise<Workbench> {
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
  const placement = Object.entries(places).flat();
  const log = path.join(home, "workbench.log");
  for (const extension of extensions) {
    const { code, output } = await ended(
      codeServer.node,
      [codeServer.server, ...placement, "--accept-server-license-terms", "--install-extension", extension, "--force"],
      { log },
    );
    if (code !== 0) throw new Error(`installing ${extension} failed (log: ${log})\n${output.slice(-2000)}`);
  }
  const port = await freePort();
  const logFile = openSync(log, "a");
  const server = spawn(
    codeServer.node,
    [
      codeServer.server,
      ...placement,
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "--without-connection-token",
      "--accept-server-license-terms",
      "--disable-workspace-trust",
      "--disable-telemetry",
    ],
    { stdio: ["ignore", logFile, logFile] },
  );
  const exit = new Promise((resolve) => server.on("exit", resolve));
  const base = `http://127.0.0.1:${port}`;
  if (!(await answers(base, () => server.exitCode !== null))) {
    server.kill();
    throw new Error(`the workbench did not start (log: ${log})`);
  }
  return {
    address: `${base}/?${new URLSearchParams({ folder, ...(file ? { payload: openingPayload(base, file) } : {}) })}`,
    stop: async () => {
      server.kill();
      await exit;
    },
  };
}

/** What the workbench's page opens at start, in the form of VS Code for the web (its query parameter `payload`). */
function openingPayload(base: string, file: string): string {
  return JSON.stringify([["openFile", `vscode-remote://${new URL(base).host}${file}`]]);
}

/** Whether the server answers within a minute. */
async function answers(base: string, isGone: () => boolean): Promise<boolean> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && !isGone(); ) {
    const answer = await fetch(base).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

/** A free port of the loopback address. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
