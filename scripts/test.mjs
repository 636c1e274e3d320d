// Every test: npm test. Installs and builds where that is needed; prints `N passed, N failed[, N skipped]` last.
// With CI=true a skipped test is a failed one.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { chromiumPath } from "./start/chromium.mjs";
import { installedCodeServer } from "./start/code-server-install.mjs";
import { progressLine } from "./start/progress.mjs";
import { installed, root } from "./start/ready.mjs";
import { ended } from "./start/run-command.mjs";

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Outcome */

const isStrict = process.env.CI === "true";
const bin = (name) => path.join(root, "node_modules", ".bin", process.platform === "win32" ? `${name}.cmd` : name);

async function main() {
  const line = progressLine();
  await installed(line.tell);
  const missing = { OLDEST: await missingFor("oldest", line.tell), NEWEST: await missingFor("newest", line.tell) };
  line.done();
  const outcomes = [
    await checked("package", process.execPath, [path.join(root, "scripts", "package.mjs")]),
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
  if (isStrict && skipped.length > 0) console.log("With CI=true a skipped test is a failed one.");
  const told = !isStrict && skipped.length > 0 ? `, ${skipped.length} skipped` : "";
  console.log(`\n${passed} passed, ${failed} failed${told}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** One sentence with what end-to-end tests lack here; null where they can run. Fetches code-server where it can. */
async function missingFor(release, tell) {
  if (!chromiumPath()) return "there is no Chromium on this machine";
  try {
    await installedCodeServer(release, tell);
    return null;
  } catch (problem) {
    const [first] = String(problem instanceof Error ? problem.message : problem).split("\n");
    return first ?? "code-server can't be installed";
  }
}

/** A tool that either succeeds or not, as one test. @returns {Promise<Outcome>} */
async function checked(name, command, args) {
  const began = Date.now();
  const { code, output } = await ended(command, args, { cwd: root });
  console.log(`${code === 0 ? "✓" : "✗"} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) console.log(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

/** One project of vitest. A file that can't be loaded, and a run that fails as a whole, count as failed tests. @returns {Promise<Outcome>} */
async function tested(project, env) {
  const report = path.join(root, "artifacts", `${project}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await ended(bin("vitest"), args, { cwd: root, env: { ...process.env, ...env }, inherit: true });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [] };
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = (...states) => tests.filter(({ status }) => states.includes(status)).map(({ fullName }) => fullName);
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
