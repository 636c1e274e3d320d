// Changes the code in small ways and reports which changes no test notices (https://stryker-mutator.io).
// npm run mutate -- FOLDER_OR_FILE [TESTS…]    TESTS: the test files, or folders of them, that run; those of the room if there are none

import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./bundles.mts";
import { ended } from "./start/run-command.mts";

/** The tests that run if none are named: those that are about the room, and start no other process. */
const TESTS: readonly (readonly [room: string, tests: readonly string[]])[] = [
  ["engine/syntax", ["test/syntax", "test/evaluate"]],
  ["engine/python", ["test/evaluate", "test/charm"]],
  ["engine/charm", ["test/charm", "test/catalog", "test/rules"]],
  ["engine/mesh/src/topology", ["test/topology"]],
  ["engine/mesh", ["test/policy", "test/graph", "test/topology", "test/review"]],
  ["engine/ide", ["test/rules"]],
  ["engine/picture", ["test/picture"]],
];

const [target, ...given] = process.argv.slice(2);
if (target === undefined) {
  console.error("usage: npm run mutate -- FOLDER_OR_FILE [TESTS…]");
  process.exit(2);
}
const relative = path.relative(root, path.resolve(target)).split(path.sep).join("/");
const tests = given.length > 0 ? given : TESTS.find(([room]) => `${relative}/`.startsWith(`${room}/`))?.[1];
if (tests === undefined) {
  console.error(`No tests belong to ${relative}. Name the tests that run.`);
  process.exit(2);
}
const files = statSync(path.join(root, relative)).isDirectory() ? `${relative}/**/*.ts` : relative;
const name = relative.replaceAll("/", "-").replace(/\.ts$/, "");
const folder = path.join(root, "artifacts", "mutate", name);
const sandbox = path.join(folder, "sandbox");
mkdirSync(folder, { recursive: true });

const configuration = path.join(folder, "stryker.config.json");
writeFileSync(
  configuration,
  JSON.stringify({
    mutate: [files],
    testRunner: "bundled",
    coverageAnalysis: "perTest",
    // Stryker 9 can't read the configuration of TypeScript 7, and needs none: esbuild removes the types.
    tsconfigFile: "none.json",
    plugins: [path.join(root, "scripts/mutate/plugin.mjs")],
    packageManager: "npm",
    concurrency: 2,
    dryRunTimeoutMinutes: 20,
    // By the clock, on a machine that may be busy: a mutant that only seems to hang would count as noticed. Most endless loops end by the
    // count of how often a mutant is reached.
    timeoutMS: 120_000,
    timeoutFactor: 5,
    // A mutant that is only executed while the code is loaded is a table, which the types and other tests hold.
    ignoreStatic: true,
    reporters: ["progress-append-only", "clear-text", "json", "html"],
    clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true, skipFull: true },
    jsonReporter: { fileName: path.join(folder, "report.json") },
    htmlReporter: { fileName: path.join(folder, "report.html") },
    tempDirName: path.relative(root, sandbox),
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
    env: { ...process.env, MUTATE_TESTS: tests.flatMap(testFiles).join(" ") },
  });
  console.log(`The report is ${path.relative(root, path.join(folder, "report.html"))}.`);
  process.exitCode = code === 0 ? 0 : 1;
} finally {
  rmSync(sandbox, { recursive: true, force: true });
}

/** The test files that a path names: itself, or those of a folder and the folders below it. */
function testFiles(given: string): readonly string[] {
  const named = path.relative(root, path.resolve(given)).split(path.sep).join("/");
  if (!statSync(path.join(root, named)).isDirectory()) return [named];
  const found = readdirSync(path.join(root, named), { recursive: true, encoding: "utf8" });
  return found
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => path.posix.join(named, file.split(path.sep).join("/")));
}
