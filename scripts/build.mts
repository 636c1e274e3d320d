// Builds every bundle, in parallel, and the grammars: npm run build [-- NAME…]
// NAME selects the bundles whose name contains it, as in `npm run build -- server`.

import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { bundles, esbuildOptions, root } from "./bundles.mts";
import { buildGrammars } from "./grammars.mts";

const wanted = process.argv.slice(2);
const chosen = bundles.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
if (chosen.length === 0) {
  console.error(
    `No bundle is named ${wanted.join(" or ")}. The bundles are: ${bundles.map(({ name }) => name).join(", ")}.`,
  );
  process.exit(2);
}

const dist = path.join(root, "dist");
mkdirSync(dist, { recursive: true });
// Removes the output of bundles that no longer exist.
const stems = new Set(bundles.map(({ out }) => path.parse(out).name));
for (const name of readdirSync(dist))
  if (/\.(?:js|css)(?:\.map)?$/.test(name) && !stems.has(name.slice(0, name.indexOf("."))))
    rmSync(path.join(dist, name));
await Promise.all(chosen.map((bundle) => build(esbuildOptions(bundle))));
buildGrammars();
for (const { name, out } of chosen) {
  console.log(
    `${name.padEnd(18)} ${`${Math.ceil(statSync(path.join(root, out)).size / 1000)} kB`.padStart(8)}  ${out}`,
  );
}
