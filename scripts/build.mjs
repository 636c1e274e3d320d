// Builds every bundle of the table whose entry exists, side by side, and copies the wasm files.

import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { bundles, copies, esbuildOptions, root } from "./bundles.mjs";

mkdirSync(path.join(root, "dist"), { recursive: true });
await Promise.all(bundles.map((bundle) => build(esbuildOptions(bundle))));
for (const [from, to] of copies) cpSync(path.join(root, from), path.join(root, to));
