// VS Code on PATH, as an extension development host.

import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./ready.mjs";
import { ended } from "./run-command.mjs";

/**
 * Opens the folder in the `code` on PATH with this extension under development. Null on success, else one sentence with the reason.
 * @param {string} folder
 */
export async function openedInCode(folder) {
  const told = await ended("code", ["--version"], { timeout: 30_000 });
  if (told.code === 127) return "there is no `code` on PATH";
  const version = /^\d+\.\d+\.\d+/m.exec(told.output)?.[0];
  if (told.code !== 0 || !version) return "the `code` on PATH does not tell its version";
  const needed = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).engines.vscode.replace(/^\D+/, "");
  if (isOlder(version, needed)) return `the \`code\` on PATH is ${version}, and ${needed} is needed`;
  const opened = await ended("code", ["--new-window", `--extensionDevelopmentPath=${root}`, folder], {
    timeout: 60_000,
  });
  return opened.code === 0 ? null : `the \`code\` on PATH failed: ${opened.output.trim().split("\n").at(-1)}`;
}

/** Whether one version of three numbers comes before another. */
export function isOlder(version, needed) {
  const [a, b] = [version, needed].map((text) => text.split(".").map(Number));
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && a[at] < b[at];
}
