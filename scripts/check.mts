// npm run check: what each commit passes. Types, lint, and the tests of the rooms without fuzzing, benchmarks, packages and browsers.

import path from "node:path";
import { root } from "./bundles.mts";
import { ended } from "./start/run-command.mts";

const bin = (name: string): string =>
  path.join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);

/** Folders of test that need a build, a browser or minutes. */
const SLOW = ["fuzz", "growth", "faults", "package", "cli", "webview", "e2e", "editor", "bench"];

const steps: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ["types", bin("tsc"), ["-b"]],
  ["lint", bin("biome"), ["check", "."]],
  [
    "tests",
    bin("vitest"),
    ["run", "--project", "rooms", "--reporter=dot", ...SLOW.map((name) => `--exclude=test/${name}/**`)],
  ],
];

for (const [name, command, args] of steps) {
  const began = Date.now();
  const { code, output } = await ended(command, args, { cwd: root });
  console.log(`${code === 0 ? "✓" : "✗"} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) {
    console.log(output);
    process.exitCode = 1;
    break;
  }
}
