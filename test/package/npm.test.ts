import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stdioServer } from "../support/stdio-server.ts";
import { root } from "../tidy/source-tree.ts";

// The tarball that npm would publish, installed in an empty folder without the network. npm test builds first.

let folder = "";
const program = (): string => path.join(folder, "node_modules/charm-mesh/dist/cli.js");

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-npm-"));
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], root));
  writeFileSync(path.join(folder, "package.json"), '{ "name": "empty", "version": "0.0.0", "private": true }');
  npm(["install", "--offline", "--no-audit", "--no-fund", path.join(folder, packed.filename)], folder);
  cpSync(path.join(root, "samples"), path.join(folder, "samples"), { recursive: true });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it brings nothing but itself", () => {
  expect(readdirSync(path.join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "charm-mesh",
  ]);
  const { packages } = JSON.parse(readFileSync(path.join(folder, "package-lock.json"), "utf8"));
  expect(Object.keys(packages).sort()).toEqual(["", "node_modules/charm-mesh"]);
});

test("npx charm-mesh check", () => {
  const check = (sample: string) =>
    spawnSync("npx", ["--offline", "charm-mesh", "check", `samples/${sample}`], { cwd: folder, encoding: "utf8" });
  const faulty = check("faulty");
  expect(faulty.stdout).toContain("undeclared-endpoint");
  expect(faulty.status).toBe(1);
  expect(check("observability").status).toBe(0);
});

test("the page of the traffic graph, whose script and style come along", () => {
  const run = spawnSync(process.execPath, [program(), "graph", "samples/observability", "--format", "html"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  expect(run.stdout).toMatch(/^<!doctype html>/i);
  expect(run.status).toBe(0);
});

test("the language server", async () => {
  const server = await stdioServer([program(), "lsp", "--stdio"], [path.join(folder, "samples/observability")]);
  expect(server.initialized.serverInfo?.name).toBe("charm-mesh");
  expect(await server.leave()).toBe(0);
});

test("the licences of what is inside", () => {
  const inside = path.join(folder, "node_modules/charm-mesh");
  for (const name of ["LICENSE", "THIRD-PARTY.md", "README.md", "CHANGELOG.md"])
    expect(existsSync(path.join(inside, name)), name).toBe(true);
});
