import vm from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

/*
 * The engine has to run in a browser's worker: bundled without polyfills, in a realm that has neither `process` nor `require`
 * nor a file system.
 */
it("parses in a realm without process, require and fetch", async () => {
  const { outputFiles } = await build({
    entryPoints: ["test/syntax/worker-entry.ts"],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2022",
    mainFields: ["browser", "module", "main"],
    logLevel: "silent",
  });
  const code = outputFiles[0]?.text ?? "";
  const realm = vm.createContext({ console });
  vm.runInContext(code, realm);
  expect(vm.runInContext("[typeof process, typeof require, typeof fetch, typeof Buffer].join()", realm)).toBe(
    "undefined,undefined,undefined,undefined",
  );
  const { functionNames } = realm as unknown as { functionNames: (text: string) => string };
  const found = functionNames("def first():\n    pass\n\ndef second(a, b):\n    return a\n");
  expect(JSON.parse(found)).toEqual({ damaged: false, names: ["first", "second"] });
});
