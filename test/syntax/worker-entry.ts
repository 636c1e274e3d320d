import { createPythonParser, parsePython, sourceFile } from "#syntax";

/** What the worker-bundle test calls: parses a text and tells the names of the functions in it. */
async function functionNames(runtime: Uint8Array, grammar: Uint8Array, text: string): Promise<string> {
  const parser = await createPythonParser({ runtime, grammar });
  const { body, damaged } = parsePython(parser, sourceFile("charm.py", text));
  return JSON.stringify({ damaged, names: body.flatMap((each) => (each.kind === "function" ? [each.name.text] : [])) });
}

Object.assign(globalThis, { functionNames });
