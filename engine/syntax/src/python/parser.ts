import { Language, Parser, type Tree } from "web-tree-sitter";
import { type Kinds, kindsOf } from "./kinds.ts";
import { readTable, type SyntaxTable, type TreeSitterRuntime } from "./syntax-table.ts";

/** A ready Python parser. Hosts make one with `createPythonParser` and hand it to `parsePython`; nobody looks inside. */
export interface PythonParser {
  readonly kinds: Kinds;
  /**
   * Parses a text with tree-sitter and flattens the tree. The table lives in memory that the next call reuses, so it must
   * be read at once. tree-sitter's own tree is deleted before this returns: nothing is left in WebAssembly's memory.
   * Null where tree-sitter gives no tree.
   */
  readonly table: (text: string) => SyntaxTable | null;
  /** How much tree-sitter has done since it was made, in hundreds of its steps: the same for the same texts on every machine. */
  readonly steps: () => number;
}

// web-tree-sitter keeps one WebAssembly instance per process, whoever asks; this mirrors that.
let started: Promise<TreeSitterRuntime> | null = null;

function runtimeOf(bytes: Uint8Array): Promise<TreeSitterRuntime> {
  started ??= (async () => {
    // With the bytes at hand nothing is looked for; without `locateFile` an address would be made up from the bundle's own.
    const module: Record<string, unknown> = { wasmBinary: bytes, locateFile: (name: string) => name };
    await Parser.init(module);
    return module as unknown as TreeSitterRuntime;
  })();
  return started;
}

/** What a hundred steps of tree-sitter cost on a broken text, in characters of a sound one. */
const stepCost = 250;

/**
 * The same parser with so much effort to spend, in characters of text; once that is used up it gives no more trees. It keeps
 * the reading of hopeless text about as long as the text.
 */
export function limited(parser: PythonParser, effort: number): PythonParser {
  let left = effort;
  return {
    kinds: parser.kinds,
    steps: parser.steps,
    table(text) {
      // Every call costs as much as some characters, however short its text.
      left -= text.length + 250;
      if (left < 0) return null;
      const before = parser.steps();
      const table = parser.table(text);
      // The search for what a broken text might have meant takes ten times as long as a sound text, and at times a hundred times.
      if (table?.hasError !== false) left -= stepCost * (parser.steps() - before);
      return table;
    },
  };
}

/**
 * A parser from the bytes of web-tree-sitter's runtime (`web-tree-sitter.wasm`) and of the grammar
 * (`tree-sitter-python.wasm`), which the host reads wherever it finds them. Starting WebAssembly is the only thing in this
 * room that takes time to wait for; from then on parsing is synchronous. Rejects when the bytes are not what they should be:
 * that is a broken installation, not bad input.
 */
export async function createPythonParser(options: {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}): Promise<PythonParser> {
  const runtime = await runtimeOf(options.runtime);
  const language = await Language.load(options.grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  const kinds = kindsOf(language);
  let steps = 0;
  const counting = { progressCallback: () => void steps++ };
  return {
    kinds,
    steps: () => steps,
    table(text) {
      let tree: Tree | null = null;
      try {
        // A carriage return alone ends a line in Python, but not in the grammar; the offsets stay.
        tree = parser.parse(text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text, null, counting);
        return tree && readTable(runtime, tree, kinds);
      } finally {
        tree?.delete();
      }
    },
  };
}
