import { defineConfig } from "vitest/config";

/** The tests that scripts/mutate.mts runs for each change: those of the folders in MUTATE_TESTS, or all that are quick. */
const folders = (process.env["MUTATE_TESTS"] ?? "").split(" ").filter((folder) => folder !== "");
const SLOW = ["e2e", "fuzz", "growth", "bench", "package", "faults", "cli", "webview", "tidy"];

export default defineConfig({
  test: {
    include: folders.length === 0 ? ["test/**/*.test.ts"] : folders.map((folder) => `${folder}/**/*.test.ts`),
    exclude: folders.length === 0 ? SLOW.map((name) => `test/${name}/**`) : [],
    testTimeout: 30_000,
  },
});
