import { readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { zipFiles } from "../support/zip-files.ts";

// npm test packs it first; by hand: npm run package.
const VSIX = "dist/charm-mesh.vsix";

test("the extension's package holds exactly the files of the list", () => {
  const golden = readFileSync("test/client/vsix-files.txt", "utf8").trim().split("\n");
  expect([...zipFiles(VSIX).keys()].sort()).toEqual(golden);
});

test("the package stays small", () => {
  expect(statSync(VSIX).size).toBeLessThan(3_000_000);
});
