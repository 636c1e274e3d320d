import { readFile } from "node:fs/promises";
import path from "node:path";
import { createPythonParser, type PythonParser } from "#syntax";
import { Failure } from "./failure.ts";

/** The Python parser, from the two WebAssembly files that lie beside this program. */
export async function loadedParser(folder: string = __dirname): Promise<PythonParser> {
  try {
    const [runtime, grammar] = await Promise.all([
      readFile(path.join(folder, "web-tree-sitter.wasm")),
      readFile(path.join(folder, "tree-sitter-python.wasm")),
    ]);
    return await createPythonParser({ runtime, grammar });
  } catch (error) {
    throw new Failure(
      `The Python parser could not be started: ${error instanceof Error ? error.message : String(error)}`,
      `Its two .wasm files belong in ${folder}.`,
    );
  }
}
