// The plugin that Stryker loads in each of its processes: it makes TypeScript loadable there, and gives it the test runner.

import { register } from "node:module";

register("../typescript-hooks.mjs", import.meta.url);
const { BundledTestRunner } = await import("./test-runner.mts");

export const strykerPlugins = [{ kind: "TestRunner", name: "bundled", injectableClass: BundledTestRunner }];
