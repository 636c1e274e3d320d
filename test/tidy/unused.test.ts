import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "./source-tree.ts";

/** What knip (knip.json) reports; "" where it reports nothing. `@public` marks what a program outside the repository calls. */
function reported(...options: readonly string[]): string {
  const knip = path.join(root, "node_modules", "knip", "bin", "knip.js");
  const { stdout, stderr } = spawnSync(process.execPath, [knip, ...options], { cwd: root, encoding: "utf8" });
  return `${stdout}${stderr}`.trim();
}

test("no file, export or type of the product is without a user in the product", () => {
  expect(reported("--production", "--include", "files,exports,types")).toBe("");
});

test("every package is used, and every package that is used is listed", () => {
  expect(reported("--include", "dependencies,unlisted,binaries")).toBe("");
});
