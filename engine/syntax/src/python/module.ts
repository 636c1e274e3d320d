import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { Span } from "../text/span.ts";
import { readingOf } from "./grammar.ts";
import type { PyModule, PyStatement } from "./node.ts";
import { limited, type PythonParser } from "./parser.ts";
import { type KnownPieces, type LastReading, lastReading, piecesOfModule } from "./recovery/last.ts";
import { soundLayout } from "./recovery/layout.ts";
import { cutBrokenLines, cutLines, deepestBrackets, type LineCut } from "./recovery/lines.ts";
import { startsOnLines } from "./recovery/starts.ts";
import { type PieceReading, suite } from "./recovery/suite.ts";
import { statements } from "./statement.ts";

const modules = new WeakMap<SourceFile, PyModule>();

/** The pieces of modules that were read piece by piece; those of the others are cut when an edit asks for them. */
const pieces = new WeakMap<PyModule, KnownPieces>();

/**
 * The syntax tree of a Python file. Never throws. Where the file does not parse, it is cut by its layout, each piece is read
 * by itself, and what is missing or too much is mended element by element; what stays broken is a `broken` node with a problem
 * at its place, and the module is `damaged`.
 *
 * `previous` is the file before an edit, if it was read already: its clean pieces are taken over instead of parsed again, and
 * what stood there stands in for what is broken now, marked in `stale`. For a file that parses the result is the same with and
 * without it. Cached by the file.
 */
export function parsePython(parser: PythonParser, file: SourceFile, previous?: SourceFile): PyModule {
  const known = modules.get(file);
  if (known) return known;
  const last = previous ? lastOf(previous, file) : null;
  const module = last
    ? (edited(parser, file, last) ?? mended(parser, file, last))
    : (whole(parser, file) ?? mended(parser, file, null));
  modules.set(file, module);
  return module;
}

function lastOf(previous: SourceFile, file: SourceFile): LastReading | null {
  const module = modules.get(previous);
  if (!module) return null;
  let known = pieces.get(module);
  if (!known) {
    known = piecesOfModule(previous, module);
    pieces.set(module, known);
  }
  return lastReading(previous, module, known, file.text);
}

/** The tree of a file that parses as it is; null for any other. */
function whole(parser: PythonParser, file: SourceFile): PyModule | null {
  const cut = cutLines(file.text);
  if ((cut.lines[0]?.indent ?? 0) > 0 || !soundLayout(file.text, cut.lines)) return null;
  if (cut.lines.some((line) => line.depth > deepestBrackets)) return null;
  const problems: SyntaxProblem[] = [];
  const r = readingOf(
    parser,
    file.text,
    (offset) => offset,
    (span, message) => problems.push({ span, message }),
  );
  if (!r || r.table.hasError) return null;
  const body = statements(r, 0);
  // By the layout every block has its lines and every line its statement; here the grammar has put them somewhere else.
  if (r.bodiless.length > 0 || !startsOnLines(file.text, cut.lines, body)) return null;
  const spans = problems.map((problem) => problem.span);
  return moduleOf(file, body, cut, problems, spans, []);
}

/** The tree of an edited file that parses, read from its changed pieces alone; null for one that does not. */
function edited(parser: PythonParser, file: SourceFile, last: LastReading): PyModule | null {
  return byPieces(parser, file, cutLines(file.text), last, false);
}

/** The tree of a file that does not parse. */
function mended(full: PythonParser, file: SourceFile, last: LastReading | null): PyModule {
  const { text } = file;
  const parser = limited(full, 120_000 + Math.min(6 * text.length, 3_500_000));
  const accepts = (start: number, end: number) => parser.table(text.slice(start, end))?.hasError === false;
  const cut = cutBrokenLines(text, accepts);
  return byPieces(parser, file, cut, last, true) ?? moduleOf(file, [], cut, [], [{ start: 0, end: text.length }], []);
}

function byPieces(
  parser: PythonParser,
  file: SourceFile,
  cut: LineCut,
  last: LastReading | null,
  heals: boolean,
): PyModule | null {
  const found = new Map<string, { start: number; statements: readonly PyStatement[] }>();
  const p: PieceReading = {
    parser,
    text: file.text,
    problems: [],
    recovered: [],
    stale: [],
    last,
    pieces: found,
    heals,
    failed: false,
    depth: 0,
  };
  const body = suite(p, cut.lines);
  if (p.failed) return null;
  const module = moduleOf(file, body, cut, p.problems, p.recovered, p.stale);
  pieces.set(module, found);
  return module;
}

function moduleOf(
  file: SourceFile,
  body: readonly PyStatement[],
  cut: LineCut,
  problems: readonly SyntaxProblem[],
  recovered: readonly Span[],
  stale: readonly Span[],
): PyModule {
  const span = { start: 0, end: file.text.length };
  const sorted = [...problems].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const damaged = recovered.length > 0;
  return { kind: "module", span, body, comments: cut.comments, problems: sorted, recovered, stale, damaged };
}
