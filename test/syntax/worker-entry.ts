import { parsePython, sourceFile } from "#syntax";

/** What the worker-bundle test calls: parses a text and returns the names of its functions. */
function functionNames(text: string): string {
  const { body, damaged } = parsePython(sourceFile("charm.py", text));
  return JSON.stringify({ damaged, names: body.flatMap((each) => (each.kind === "function" ? [each.name.text] : [])) });
}

Object.assign(globalThis, { functionNames });
