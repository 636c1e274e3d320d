// Opens the VS Code on PATH as an extension development host.

import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../bundles.mts";
import { ended } from "./run-command.mts";

/** Opens the folder, and the file if there is one, in the `code` on PATH, with this extension under development. Returns null on success, otherwise the reason. */
export async function openedInCode(folder: string, file?: string): Promise<string | null> {
  const answer = await ended("code", ["--version"], { timeout: 30_000 });
  if (answer.code === 127) return "there is no `code` on PATH";
  const version = /^\d+\.\d+\.\d+/m.exec(answer.output)?.[0];
  if (answer.code !== 0 || !version) return "the `code` on PATH does not print its version";
  const needed = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).engines.vscode.replace(/^\D+/, "");
  if (isOlder(version, needed)) return `the \`code\` on PATH is ${version}, and ${needed} is needed`;
  const opened = await ended(
    "code",
    ["--new-window", `--extensionDevelopmentPath=${root}`, folder, ...(file ? [file] : [])],
    {
      timeout: 60_000,
    },
  );
  return opened.code === 0 ? null : `the \`code\` on PATH failed: ${opened.output.trim().split("\n").at(-1)}`;
}

/** Whether one version, three numbers with dots between, comes before another. */
function isOlder(version: string, needed: string): boolean {
  const [a, b] = [numbers(version), numbers(needed)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

function numbers(version: string): readonly number[] {
  return version.split(".").map(Number);
}
