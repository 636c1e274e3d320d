import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { readableStack } from "#disk";
import { root } from "../tidy/source-tree.ts";

// npm test builds first; by hand: npm run build.

test("packing again, later and with files of another age, gives the same bytes", async () => {
  const { packedExtension } = await import("../../scripts/vsix.mts");
  const folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-vsix-"));
  try {
    const [one, other] = ["one.vsix", "other.vsix"].map((name) => path.join(folder, name)) as [string, string];
    await packedExtension(one);
    utimesSync(path.join(root, "LICENSE"), new Date(), new Date());
    await packedExtension(other);
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("building again gives the same bytes, source maps included, and none of them names this machine's folders", async () => {
  const { bundles, esbuildOptions } = await import("../../scripts/bundles.mts");
  for (const bundle of bundles) {
    const [one = [], other = []] = await Promise.all(
      [0, 1].map(async () => (await build({ ...esbuildOptions(bundle), write: false })).outputFiles ?? []),
    );
    expect(one.length).toBeGreaterThan(1);
    for (const [at, { path: file, hash, text }] of one.entries()) {
      expect(other[at]?.hash, file).toBe(hash);
      expect(text.includes(root), file).toBe(false);
    }
  }
});

test("a stack trace of every bundle leads to our own files and lines", () => {
  const bundles = readdirSync(path.join(root, "dist")).filter((name) =>
    /^(?:server|cli|client|webview).*\.js$/.test(name),
  );
  expect(bundles.length).toBe(7);
  for (const name of bundles) {
    const file = path.join(root, "dist", name);
    const frames = readFileSync(file, "utf8")
      .split("\n")
      .flatMap((text, line) =>
        Array.from({ length: Math.ceil(text.length / 97) }, (_, at) => `    at f (${file}:${line + 1}:${at * 97 + 1})`),
      );
    const places = [...readableStack(frames.join("\n")).matchAll(/at f \((.+):\d+:\d+\)$/gm)].map(([, place]) => place);
    const own = [...new Set(places)].filter((place) => place !== file && !place?.startsWith("node_modules/"));
    expect(own.length, name).toBeGreaterThan(3);
    // The panel carries the drawing script as a text, which is named by the file that it is built from.
    for (const source of own.map((each) => each?.replace(/^script:/, "") ?? ""))
      expect(existsSync(path.join(root, source)), `${name}: ${source}`).toBe(true);
  }
});

test("a trace without maps stays as it is", () => {
  const trace = "Error: a (b:1:2)\n    at f (/nowhere/x.js:3:4)\n    at node:internal/modules/run_main:170:5";
  expect(readableStack(trace)).toBe(trace);
});
