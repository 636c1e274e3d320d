// Bundles one TypeScript entry into a temporary file and runs it: node scripts/run.mjs test/vectors/run.ts ARGS…

import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./bundles.mjs";

const [entry, ...args] = process.argv.slice(2);
if (!entry) {
  console.error("usage: node scripts/run.mjs ENTRY.ts [ARGS…]");
  process.exit(2);
}
// Inside node_modules, so that the packages that stay outside the bundle are found from there.
const folder = mkdtempSync(path.join(root, "node_modules", ".charm-mesh-run-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const outfile = path.join(folder, "run.mjs");
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
  external: ["esbuild", "playwright-core"],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
process.argv = [process.argv[0], path.join(root, entry), ...args];
await import(pathToFileURL(outfile).href);
