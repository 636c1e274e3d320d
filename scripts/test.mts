// Runs every test: npm test. Builds first; prints `N passed, N failed[, N skipped]` last.
// With CI=true a skipped test counts as failed.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./bundles.mts";
import { chromiumPath } from "./start/chromium.mts";
import { installedCodeServer, type Release } from "./start/code-server-install.mts";
import { progressLine } from "./start/progress.mts";
import { ended, scriptCommand } from "./start/run-command.mts";

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

/** The parts of vitest's JSON report that are counted. */
interface Report {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const isStrict = process.env["CI"] === "true";
const bin = (name: string): string =>
  path.join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);

async function main(): Promise<void> {
  const line = progressLine();
  const missing = { OLDEST: await missingFor("oldest", line.show), NEWEST: await missingFor("newest", line.show) };
  line.done();
  const outcomes = [
    await checked("package", process.execPath, scriptCommand("package")),
    await checked("typecheck", bin("tsc"), ["-b"]),
    await checked("lint", bin("biome"), ["check", "."]),
    await tested("rooms", {}),
    await tested(
      "e2e",
      Object.fromEntries(
        Object.entries(missing).flatMap(([name, why]) => (why ? [[`CHARM_MESH_SKIPPED_${name}`, why]] : [])),
      ),
    ),
  ];
  const skipped = outcomes.flatMap((outcome) => outcome.skipped);
  const reasons = [...new Set(Object.values(missing).filter((why) => why !== null))];
  if (skipped.length > 0) console.log(`\nSkipped${reasons.map((why) => `, ${why}`).join("")}:`);
  for (const name of skipped) console.log(`  ${name}`);
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, isStrict ? skipped.length : 0);
  if (isStrict && skipped.length > 0) console.log("With CI=true a skipped test counts as failed.");
  const skips = !isStrict && skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  console.log(`\n${passed} passed, ${failed} failed${skips}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Installs code-server if possible. Returns why the end-to-end tests can't run here; null if they can. */
async function missingFor(release: Release, progress: (text: string) => void): Promise<string | null> {
  if (!chromiumPath()) return "there is no Chromium on this machine";
  try {
    await installedCodeServer(release, progress);
    return null;
  } catch (problem) {
    const [first] = String(problem instanceof Error ? problem.message : problem).split("\n");
    return first ?? "code-server can't be installed";
  }
}

/** Runs a tool, and counts it as one test. */
async function checked(name: string, command: string, args: readonly string[]): Promise<Outcome> {
  const began = Date.now();
  const { code, output } = await ended(command, args, { cwd: root });
  console.log(`${code === 0 ? "✓" : "✗"} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) console.log(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

/** Runs one project of vitest. A file that can't be loaded, and a run that fails as a whole, count as failed tests. */
async function tested(project: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  const report = path.join(root, "artifacts", `${project}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await ended(bin("vitest"), args, { cwd: root, env: { ...process.env, ...env }, inherit: true });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [] };
  const { testResults }: Report = JSON.parse(readFileSync(report, "utf8"));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (...states: readonly string[]): readonly string[] =>
    tests.filter(({ status }) => states.includes(status)).map(({ fullName }) => fullName);
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const failed = named("failed").length + unloaded.length;
  return {
    passed: named("passed").length,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: named("skipped", "pending", "todo", "disabled"),
  };
}

await main().catch((problem) => {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exit(2);
});
