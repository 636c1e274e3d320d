import { readFile } from "node:fs/promises";
import { createPythonParser, type PythonParser } from "#syntax";

let ready: Promise<PythonParser> | null = null;

/** The Python parser for tests, its WebAssembly read from the repository's node_modules; one for the whole process. */
export function pythonParser(): Promise<PythonParser> {
  ready ??= (async () => {
    const [runtime, grammar] = await Promise.all([
      readFile("node_modules/web-tree-sitter/web-tree-sitter.wasm"),
      readFile("node_modules/tree-sitter-python/tree-sitter-python.wasm"),
    ]);
    return createPythonParser({ runtime, grammar });
  })();
  return ready;
}
