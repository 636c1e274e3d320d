// Builds everything and packs dist/charm-mesh.vsix: npm run package.

import { statSync } from "node:fs";
import path from "node:path";
import { root } from "./bundles.mts";
import { packedExtension } from "./vsix.mts";

await import("./build.mts");
const packagePath = path.join(root, "dist/charm-mesh.vsix");
await packedExtension(packagePath);
console.log(`${Math.ceil(statSync(packagePath).size / 1000)} kB  ${path.relative(root, packagePath)}`);
