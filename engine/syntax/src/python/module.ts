import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { Span } from "../text/span.ts";
import type { PyModule, PyStatement } from "./node.ts";
import type { PythonParser } from "./parser.ts";
import { readingOf } from "./reading.ts";
import { soundLayout } from "./recovery/layout.ts";
import { cutBrokenLines, cutLines } from "./recovery/lines.ts";
import { type PieceReading, suite } from "./recovery/suite.ts";
import { statements } from "./statement.ts";

const modules = new WeakMap<SourceFile, PyModule>();

/**
 * The syntax tree of a Python file. Never throws: what can't be read is a `broken` node with a problem at its place, and the
 * module is then `damaged`. Cached by the file.
 */
export function parsePython(parser: PythonParser, file: SourceFile): PyModule {
  const known = modules.get(file);
  if (known) return known;
  const module = whole(parser, file) ?? pieceByPiece(parser, file);
  modules.set(file, module);
  return module;
}

/** The tree of a file that parses as it is; null for any other. */
function whole(parser: PythonParser, file: SourceFile): PyModule | null {
  const { lines, comments } = cutLines(file.text);
  if (!soundLayout(file.text, lines)) return null;
  const problems: SyntaxProblem[] = [];
  const r = readingOf(
    parser,
    file.text,
    (offset) => offset,
    (span, message) => problems.push({ span, message }),
  );
  if (!r || r.table.hasError) return null;
  const body = statements(r, 0);
  return moduleOf(
    file,
    body,
    comments,
    problems,
    problems.map((problem) => problem.span),
  );
}

function pieceByPiece(parser: PythonParser, file: SourceFile): PyModule {
  const { text } = file;
  const accepts = (start: number, end: number) => parser.table(text.slice(start, end))?.hasError === false;
  const { lines, comments } = cutBrokenLines(text, accepts);
  const p: PieceReading = { parser, text, problems: [], recovered: [], heals: true, failed: false, depth: 0 };
  const body = suite(p, lines);
  return moduleOf(file, body, comments, p.problems, p.recovered);
}

function moduleOf(
  file: SourceFile,
  body: readonly PyStatement[],
  comments: PyModule["comments"],
  problems: readonly SyntaxProblem[],
  recovered: readonly Span[],
): PyModule {
  const span = { start: 0, end: file.text.length };
  const sorted = [...problems].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return {
    kind: "module",
    span,
    body,
    comments,
    problems: sorted,
    recovered,
    stale: [],
    damaged: recovered.length > 0,
  };
}
