import { defineConfig } from "vitest/config";

/** The tests that scripts/mutate.mts runs for each change: those in MUTATE_TESTS (files or folders), or all that are quick. */
const chosen = (process.env["MUTATE_TESTS"] ?? "").split(" ").filter((each) => each !== "");
const SLOW = ["e2e", "fuzz", "growth", "bench", "package", "faults", "cli", "webview", "tidy"];

export default defineConfig({
  test: {
    include:
      chosen.length === 0
        ? ["test/**/*.test.ts"]
        : chosen.map((each) => (each.endsWith(".ts") ? each : `${each}/**/*.test.ts`)),
    exclude: chosen.length === 0 ? SLOW.map((name) => `test/${name}/**`) : [],
    testTimeout: 30_000,
  },
});
