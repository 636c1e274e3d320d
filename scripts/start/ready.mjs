// Makes a fresh clone ready: packages installed, bundles built. Uses nothing but Node, since nothing else may be there yet.

import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ended, npm } from "./run-command.mjs";

export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** Folders and files whose change makes the bundles old. */
const SOURCES = [
  "engine",
  "protocol",
  "disk",
  "server",
  "client",
  "webview",
  "cli",
  "syntaxes",
  "scripts",
  "package.json",
];

const BUILT = ["cli.js", "server-node.js", "server-body.js", "client-node.js", "webview.js"];

/**
 * Installs the packages where they are missing or older than the lock file. Throws with npm's own words when that fails.
 * @param {(text: string) => void} tell
 */
export async function installed(tell) {
  const mark = path.join(root, "node_modules", ".package-lock.json");
  if (existsSync(mark) && changedAt(mark) >= changedAt(path.join(root, "package-lock.json"))) return;
  tell("installing packages: npm ci");
  const { code, output } = await npm(["ci", "--no-audit", "--no-fund"], { cwd: root });
  if (code !== 0) throw new Error(`npm ci failed:\n${output}`);
}

/**
 * Builds the bundles where they are missing or older than a source. Throws with the build's own words when that fails.
 * @param {(text: string) => void} tell
 */
export async function built(tell) {
  const oldest = Math.min(...BUILT.map((name) => changedAt(path.join(root, "dist", name))));
  if (oldest >= Math.max(...SOURCES.map((name) => newestBelow(path.join(root, name))))) return;
  tell("building");
  const { code, output } = await ended(process.execPath, [path.join(root, "scripts", "build.mjs")], { cwd: root });
  if (code !== 0) throw new Error(`the build failed:\n${output}`);
}

/** When a file was changed, in milliseconds; 0 where there is none. */
function changedAt(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function newestBelow(at) {
  if (!existsSync(at)) return 0;
  if (!statSync(at).isDirectory()) return changedAt(at);
  return Math.max(
    0,
    ...readdirSync(at).map((name) => (name === "node_modules" ? 0 : newestBelow(path.join(at, name)))),
  );
}
