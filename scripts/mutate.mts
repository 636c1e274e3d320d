// Changes the code in small ways and reports which changes no test notices (https://stryker-mutator.io).
// npm run mutate -- FOLDER_OR_FILE [TESTS…]    TESTS: the test files, or folders of them, that run; all quick tests if there are none

import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./bundles.mts";
import { ended } from "./start/run-command.mts";

const [target, ...tests] = process.argv.slice(2);
if (target === undefined) {
  console.error("usage: npm run mutate -- FOLDER_OR_FILE [TESTS…]");
  process.exit(2);
}
const relative = path.relative(root, path.resolve(target)).split(path.sep).join("/");
const files = statSync(path.join(root, relative)).isDirectory() ? `${relative}/**/*.ts` : relative;
const name = relative.replaceAll("/", "-").replace(/\.ts$/, "");
const folder = path.join(root, "artifacts", "mutate", name);
mkdirSync(folder, { recursive: true });

const configuration = path.join(folder, "stryker.config.json");
writeFileSync(
  configuration,
  JSON.stringify({
    mutate: [files],
    testRunner: "vitest",
    vitest: { configFile: "scripts/mutate-tests.mts" },
    // Stryker 9 can't read the configuration of TypeScript 7, and needs none: vitest strips the types.
    tsconfigFile: "none.json",
    plugins: ["@stryker-mutator/vitest-runner"],
    packageManager: "npm",
    concurrency: 1,
    // The first run measures which test reaches which mutant; the property tests take minutes of it on a busy machine.
    dryRunTimeoutMinutes: 60,
    // A mutant that is only executed while a module is loaded is a table, which the types and other tests hold.
    ignoreStatic: true,
    reporters: ["clear-text", "json", "html"],
    clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, skipFull: true },
    jsonReporter: { fileName: path.join(folder, "report.json") },
    htmlReporter: { fileName: path.join(folder, "report.html") },
    tempDirName: "artifacts/mutate/sandbox",
    ignorePatterns: ["artifacts", "dist", "out", "coverage"],
    thresholds: { high: 90, low: 90, break: null },
    disableTypeChecks: false,
    allowEmpty: false,
  }),
);

const stryker = path.join(root, "node_modules/.bin", process.platform === "win32" ? "stryker.cmd" : "stryker");
try {
  const { code } = await ended(stryker, ["run", configuration], {
    cwd: root,
    inherit: true,
    env: { ...process.env, MUTATE_TESTS: tests.map((each) => each.replace(/\/$/, "")).join(" ") },
  });
  console.log(`The report is ${path.relative(root, path.join(folder, "report.html"))}.`);
  process.exitCode = code === 0 ? 0 : 1;
} finally {
  rmSync(path.join(root, "artifacts/mutate/sandbox"), { recursive: true, force: true });
}
