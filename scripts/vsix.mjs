// The extension's package from what is built: same sources, same bytes.

import { execFileSync } from "node:child_process";
import vsce from "@vscode/vsce";
import { root } from "./bundles.mjs";

/** Packs what is built into a .vsix. Times in the archive are those of the last commit. @param {string} packagePath */
export async function packedExtension(packagePath) {
  process.env.SOURCE_DATE_EPOCH ??= commitTime();
  await vsce.createVSIX({ cwd: root, packagePath, dependencies: false, skipLicense: false });
}

/** Seconds of the last commit; a fixed day where there is no git. */
function commitTime() {
  try {
    return execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" }).trim();
  } catch {
    return "1767225600";
  }
}
