// Builds the bundles where they are out of date.

import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "../bundles.mts";
import { ended, scriptCommand } from "./run-command.mts";

/** The folders and files that the bundles are built from. */
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

const BUILT = ["cli.js", "server-node.js", "server-engine.js", "client-node.js", "webview.js"];

/** Builds the bundles if one is missing or older than a source. If the build fails, throws an Error with its output. */
export async function built(progress: (text: string) => void): Promise<void> {
  const oldest = Math.min(...BUILT.map((name) => changedAt(path.join(root, "dist", name))));
  if (oldest >= Math.max(...SOURCES.map((name) => newestBelow(path.join(root, name))))) return;
  progress("building");
  const { code, output } = await ended(process.execPath, scriptCommand("build"), { cwd: root });
  if (code !== 0) throw new Error(`the build failed:\n${output}`);
}

/** When a file changed, in milliseconds; 0 if it does not exist. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The newest time of change of a file, or of all files below a folder. */
function newestBelow(at: string): number {
  if (!existsSync(at)) return 0;
  if (!statSync(at).isDirectory()) return changedAt(at);
  return Math.max(
    0,
    ...readdirSync(at).map((name) => (name === "node_modules" ? 0 : newestBelow(path.join(at, name)))),
  );
}
