import type { Span } from "../text/span.ts";
import { expression } from "./expression.ts";
import type { PythonParser } from "./parser.ts";
import { type Grammar, type Reading, readingWith } from "./reading.ts";
import { statements } from "./statement.ts";

const grammar: Grammar = { expression, statements };

/** A reading of a text as Python; `at` maps its offsets to the file's. Null where tree-sitter gives no tree. */
export function readingOf(
  parser: PythonParser,
  text: string,
  at: (offset: number) => number,
  complain: (span: Span, message: string) => void,
): Reading | null {
  return readingWith(grammar, parser, text, at, complain);
}
