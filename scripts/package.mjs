// Builds everything and packs dist/charm-mesh.vsix: npm run package. Same sources, same bytes: times in the archive are the last commit's.

import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import vsce from "@vscode/vsce";
import { root } from "./bundles.mjs";

process.env.SOURCE_DATE_EPOCH ??= commitTime();
await import("./build.mjs");
const packagePath = path.join(root, "dist/charm-mesh.vsix");
await vsce.createVSIX({ cwd: root, packagePath, dependencies: false, skipLicense: false });
console.log(`${Math.ceil(statSync(packagePath).size / 1000)} kB  ${path.relative(root, packagePath)}`);

/** Seconds of the last commit; a fixed day where there is no git. */
function commitTime() {
  try {
    return execFileSync("git", ["log", "-1", "--format=%ct"], { cwd: root, encoding: "utf8" }).trim();
  } catch {
    return "1767225600";
  }
}
