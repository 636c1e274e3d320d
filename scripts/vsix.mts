// Packs the built files as a .vsix; the same sources give the same bytes.

import { execFileSync } from "node:child_process";
import vsce from "@vscode/vsce";
import { root } from "./bundles.mts";

/** Packs the built files into a .vsix at the given path. Times in the archive are those of the last commit. */
export async function packedExtension(packagePath: string): Promise<void> {
  process.env["SOURCE_DATE_EPOCH"] ??= commitTime();
  await vsce.createVSIX({ cwd: root, packagePath, dependencies: false, skipLicense: false });
}

/** The time of the last commit in seconds; a fixed day without git. */
function commitTime(): string {
  try {
    return execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" }).trim();
  } catch {
    return "1767225600";
  }
}
