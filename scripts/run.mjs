// Runs a TypeScript program: node scripts/run.mjs [--install] ENTRY [ARGS…]
// `--install` first installs the packages if they are missing or older than the lock file. This file and typescript-hooks.mjs are plain
// JavaScript because Node 20 can't run TypeScript, and this one uses nothing but Node because there may be no packages yet.

import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { register } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const given = process.argv.slice(2);
const installs = given[0] === "--install";
const [entry, ...args] = installs ? given.slice(1) : given;
if (entry === undefined) {
  console.error("usage: node scripts/run.mjs [--install] ENTRY [ARGS…]");
  process.exit(2);
}
if (installs) installPackages();
process.setSourceMapsEnabled(true);
register("./typescript-hooks.mjs", import.meta.url);
const file = path.resolve(root, entry);
process.argv = [process.execPath, file, ...args];
await import(pathToFileURL(file).href);

/** Runs `npm ci` where the packages are missing or older than the lock file; npm's output goes to standard error. Exits with 2 when npm fails. */
function installPackages() {
  if (changedAt("node_modules/.package-lock.json") >= changedAt("package-lock.json")) return;
  console.error("installing packages: npm ci");
  const npm = process.env["npm_execpath"];
  const options = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const [command, parameters] = npm?.endsWith(".js") ? [process.execPath, [npm, ...options]] : ["npm", options];
  const { status } = spawnSync(command, parameters, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    // npm is a batch file on Windows, which only a shell can run.
    shell: process.platform === "win32" && command === "npm",
  });
  if (status === 0) return;
  console.error("npm ci failed, so the packages are not installed.");
  process.exit(2);
}

/**
 * When a file changed, in milliseconds; 0 if it does not exist.
 * @param {string} name
 */
function changedAt(name) {
  return statSync(path.join(root, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
