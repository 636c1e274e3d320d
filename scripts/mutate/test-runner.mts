// Stryker's test runner for this repository. Vitest loads every module again for each mutant, which takes longer than the tests. Here the
// mutated code and its tests are one bundle, compiled once; each mutant evaluates it anew, so that no state of another mutant is left, and
// runs the tests that reach the mutant, the quickest first, until one fails.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { build, type Plugin } from "esbuild";
import type { CollectedTest } from "./collected-tests.mts";

/** What Stryker's instrumented code reads and writes: https://github.com/stryker-mutator/stryker-js, packages/instrumenter. */
interface Namespace {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: Coverage | undefined;
}

type Hits = Record<string, number>;

interface Coverage {
  static: Hits;
  perTest: Record<string, Hits>;
}

interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
}

/** A loaded test: `id` is the file and the name. */
interface LoadedTest extends CollectedTest {
  readonly id: string;
  readonly file: string;
}

type Bundle = () => {
  readonly rooms: () => Promise<unknown>;
  readonly files: Readonly<Record<string, () => Promise<readonly CollectedTest[]>>>;
};

const SUCCESS = 0;
/** Shared by Stryker's processes: how long each test took in the first run. */
const TIMES = "test-times.json";

const collector = path.join(import.meta.dirname, "collected-tests.mts");

/** Runs the tests of MUTATE_TESTS (paths of test files, separated by spaces) in Stryker's sandbox, the working directory. */
export class BundledTestRunner {
  readonly #namespace = instrumentedNamespace();
  #evaluate: Bundle | undefined;
  #times: ReadonlyMap<string, number> = new Map();

  /** Every run evaluates the bundle anew, so a mutant may also be in code that runs while a module is loaded. */
  capabilities(): { readonly reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  /** Builds and compiles the bundle. Rejects if a test file imports what can't be bundled. */
  async init(): Promise<void> {
    this.#evaluate = await compiled((process.env["MUTATE_TESTS"] ?? "").split(" "));
    if (existsSync(TIMES)) this.#times = new Map(Object.entries(JSON.parse(readFileSync(TIMES, "utf8"))));
  }

  /** Runs all tests without a mutant; says which test reaches which mutant, and how long each test takes. */
  async dryRun(): Promise<object> {
    const coverage: Coverage = { static: {}, perTest: {} };
    this.#prepare({ mutantCoverage: coverage });
    const results: object[] = [];
    const times = new Map<string, number>();
    for (const test of await this.#loaded()) {
      const start = performance.now();
      this.#namespace.currentTestId = test.id;
      const failureMessage = await failure(test);
      const timeSpentMs = performance.now() - start;
      times.set(test.id, timeSpentMs);
      const shared = { id: test.id, name: test.id, fileName: test.file, timeSpentMs };
      results.push(
        failureMessage === undefined ? { ...shared, status: SUCCESS } : { ...shared, status: 1, failureMessage },
      );
      // What a test file computes while it is loaded, each of its tests may look at.
      for (const [mutant, hits] of Object.entries(coverage.perTest[test.file] ?? {})) {
        coverage.perTest[test.id] ??= {};
        const own = coverage.perTest[test.id] ?? {};
        own[mutant] = (own[mutant] ?? 0) + hits;
      }
    }
    this.#namespace.currentTestId = undefined;
    for (const id of Object.keys(coverage.perTest)) if (!times.has(id)) delete coverage.perTest[id];
    writeFileSync(TIMES, JSON.stringify(Object.fromEntries(times)));
    this.#times = times;
    return { status: "complete", tests: results, mutantCoverage: coverage };
  }

  /** Runs the tests that reach a mutant until one fails. */
  async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRun): Promise<object> {
    this.#prepare({ activeMutant: activeMutant.id, hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    const chosen = testFilter && new Set(testFilter);
    let nrOfTests = 0;
    try {
      const tests = (await this.#loaded(chosen)).filter(({ id }) => chosen?.has(id) ?? true);
      tests.sort((one, other) => (this.#times.get(one.id) ?? 0) - (this.#times.get(other.id) ?? 0));
      for (const test of tests) {
        nrOfTests++;
        const failureMessage = await failure(test);
        if (this.#timedOut()) return { status: "timeout", reason: "the mutant was reached too often" };
        if (failureMessage !== undefined) return { status: "killed", killedBy: [test.id], failureMessage, nrOfTests };
      }
    } catch (error) {
      // The mutant breaks the loading of the code or of a test file.
      return {
        status: "killed",
        killedBy: [...(testFilter ?? [])].slice(0, 1),
        failureMessage: String(error),
        nrOfTests: 1,
      };
    }
    return { status: "survived", nrOfTests };
  }

  #prepare(state: Namespace): void {
    Object.assign(this.#namespace, {
      activeMutant: undefined,
      currentTestId: undefined,
      hitCount: undefined,
      hitLimit: undefined,
      mutantCoverage: undefined,
      ...state,
    });
  }

  #timedOut(): boolean {
    const { hitCount, hitLimit } = this.#namespace;
    return hitCount !== undefined && hitLimit !== undefined && hitCount > hitLimit;
  }

  /** Evaluates the bundle and loads the test files; with `chosen`, only those of the chosen tests. */
  async #loaded(chosen?: ReadonlySet<string>): Promise<LoadedTest[]> {
    if (!this.#evaluate) throw new Error("the test runner is not initialized");
    const { rooms, files } = this.#evaluate();
    // First the code alone: what a mutant changes there is a table, which no single test reaches.
    await rooms();
    const needed = chosen && new Set([...chosen].map((id) => id.slice(0, id.indexOf(": "))));
    const loaded: LoadedTest[] = [];
    for (const [file, load] of Object.entries(files)) {
      if (needed && !needed.has(file)) continue;
      this.#namespace.currentTestId = file;
      const seen = new Map<string, number>();
      for (const test of await load()) {
        const count = seen.get(test.name) ?? 0;
        seen.set(test.name, count + 1);
        loaded.push({ ...test, file, id: `${file}: ${test.name}${count > 0 ? ` (${count + 1})` : ""}` });
      }
      this.#namespace.currentTestId = undefined;
    }
    return loaded;
  }
}

/** The object that Stryker's instrumented code takes from the global scope. */
function instrumentedNamespace(): Namespace {
  const scope = globalThis as { __stryker__?: Namespace };
  scope.__stryker__ ??= {};
  return scope.__stryker__;
}

async function failure(test: CollectedTest): Promise<string | undefined> {
  try {
    await test.run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 2000) : String(error);
  }
}

/** Bundles test files with the code that they test, and gives a function that evaluates the bundle anew at each call. */
async function compiled(files: readonly string[]): Promise<Bundle> {
  const rooms = ["#syntax", "#python", "#charm", "#mesh", "#ide", "#picture", "#protocol"];
  const entry = [
    `import { collectedFrom } from ${JSON.stringify(collector)};`,
    `export const rooms = async () => { ${rooms.map((room) => `await import("${room}");`).join(" ")} };`,
    "export const files = {",
    ...files.map((file) => `  ${JSON.stringify(file)}: () => collectedFrom(() => import("./${file}")),`),
    "};",
  ].join("\n");
  const packages = new Set<string>();
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    outfile: "tests.cjs",
    logLevel: "error",
    plugins: [bundled(packages)],
  });
  const loaded = new Map<string, object>();
  for (const name of packages) loaded.set(name, { __esModule: true, ...(await import(name)) });
  const code = outputFiles[0]?.text ?? "";
  const script = new Script(`(function (module, require) {${code}\n})`, { filename: "tests.cjs" });
  const evaluate = script.runInThisContext();
  return () => {
    const module = { exports: {} };
    evaluate(module, (name: string) => loaded.get(name));
    return module.exports as ReturnType<Bundle>;
  };
}

/** Gives the tests the collector for vitest, leaves packages out of the bundle, and says where a file is to those that ask. */
function bundled(packages: Set<string>): Plugin {
  return {
    name: "bundled tests",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^[^./#]/ }, ({ path: name, importer }) => {
        if (path.isAbsolute(name)) return undefined;
        if (name === "vitest" && importer !== collector) return { path: collector };
        packages.add(name);
        return { path: name, external: true };
      });
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const text = readFileSync(file, "utf8");
        if (!text.includes("import.meta.")) return undefined;
        const contents = text
          .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(file)))
          .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(file).href));
        return { contents, loader: "ts" };
      });
    },
  };
}
