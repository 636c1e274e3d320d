// VS Code for the browser, from the npm package code-server, kept in a cache folder outside node_modules.

import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { npm } from "./run-command.mjs";

/**
 * The releases that are used: the one that this project's Node can run, which is the oldest VS Code that package.json's
 * `engines.vscode` names, and the newest, which brings a Node of its own.
 */
export const RELEASES = {
  oldest: { version: "4.99.4", node: null },
  newest: { version: "4.139.1", node: "24.21.0" },
};

/** The one native part that users would miss; the server works without the others, and file watching comes built. */
const NATIVE = { name: "node-pty", lost: "terminals" };

/** The folder that keeps downloads between runs. */
export function cacheFolder() {
  if (process.env.XDG_CACHE_HOME) return path.join(process.env.XDG_CACHE_HOME, "charm-mesh");
  if (process.platform === "win32" && process.env.LOCALAPPDATA)
    return path.join(process.env.LOCALAPPDATA, "charm-mesh");
  return path.join(homedir(), ".cache", "charm-mesh");
}

/**
 * @typedef {{ version: string, node: string, server: string, missing: readonly string[] }} CodeServer
 * `server` is the script to run with `node`; `missing` names what could not be built and is done without.
 */

/**
 * The installed release; installs it first where it is not there yet. Each step is kept, so that an interrupted installation goes on
 * where it was. Throws an Error that says which step failed and where its log is.
 * @param {keyof typeof RELEASES} which @param {(text: string) => void} tell @returns {Promise<CodeServer>}
 */
export async function installedCodeServer(which, tell, cache = cacheFolder()) {
  const { version, node: ownNode } = RELEASES[which];
  const folder = path.join(cache, "code-server", version);
  const workbench = path.join(folder, "node_modules", "code-server", "lib", "vscode");
  const log = path.join(folder, "install.log");
  const state = path.join(folder, "installed.json");
  mkdirSync(folder, { recursive: true });
  const done = existsSync(state) ? JSON.parse(readFileSync(state, "utf8")) : { steps: [], missing: [] };

  const step = async (name, text, work) => {
    if (done.steps.includes(name)) return;
    tell(text);
    await work();
    done.steps.push(name);
    writeFileSync(state, JSON.stringify(done));
  };
  const need = async (what, args, options) => {
    const { code, output } = await npm([...args, "--no-audit", "--no-fund"], { log, ...options });
    if (code !== 0) throw new Error(`code-server ${version}: ${what} failed (log: ${log})\n${complaint(output)}`);
  };
  const flags = ["--ignore-scripts", "--no-save"];

  await step("server", `fetching VS Code for the browser (code-server ${version})`, () =>
    need("fetching the package", ["install", `code-server@${version}`, ...flags], { cwd: ownFolder(folder, ".") }),
  );
  await step("workbench", "fetching the parts of the workbench", () =>
    need("fetching the workbench's parts", ["install", "--omit=dev", "--ignore-scripts"], { cwd: workbench }),
  );
  let node = process.execPath;
  if (ownNode) {
    const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    await step("node", `fetching Node ${ownNode} for it`, () =>
      need("fetching its Node", ["install", `${name}@${ownNode}`, ...flags], { cwd: ownFolder(folder, "node") }),
    );
    node = path.join(folder, "node", "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  }
  await step("search", "fetching its search", () => searchInstalled(folder, workbench, need));
  await step("native", "building its native parts", async () => {
    const headers = path.join(path.dirname(node), "..");
    const env = existsSync(path.join(headers, "include", "node", "node.h")) ? { npm_config_nodedir: headers } : {};
    const built = await npm(["rebuild", NATIVE.name], { cwd: workbench, log, node, env: { ...process.env, ...env } });
    done.missing = built.code === 0 ? [] : [NATIVE.lost];
  });
  return { version, node, server: path.join(workbench, "out", "server-main.js"), missing: done.missing };
}

/**
 * ripgrep, which finds files: its package fetches it from elsewhere in an install script, while the newer packages for one
 * system each simply hold it. Also the second name of the modules' folder, under which extensions look for it.
 */
async function searchInstalled(folder, workbench, need) {
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  await need("fetching ripgrep", ["install", `${name}@1.18.0`, "--ignore-scripts", "--no-save", "--force"], {
    cwd: ownFolder(folder, "search"),
  });
  const file = process.platform === "win32" ? "rg.exe" : "rg";
  const target = path.join(workbench, "node_modules", "@vscode", "ripgrep", "bin");
  mkdirSync(target, { recursive: true });
  cpSync(path.join(folder, "search", "node_modules", name, "bin", file), path.join(target, file));
  chmodSync(path.join(target, file), 0o755);
  const alias = path.join(workbench, "node_modules.asar");
  if (!existsSync(alias)) symlinkSync("node_modules", alias, "junction");
}

/** A folder for packages of its own, so that npm does not look further up. */
function ownFolder(folder, name) {
  const own = path.join(folder, name);
  mkdirSync(own, { recursive: true });
  writeFileSync(path.join(own, "package.json"), '{ "private": true }\n');
  return own;
}

/** The error that npm reports, without its consequences. */
function complaint(output) {
  const lines = output.split("\n").filter((line) => line.startsWith("npm error "));
  return (lines.length > 0 ? lines.slice(0, 4) : output.trimEnd().split("\n").slice(-4)).join("\n");
}
