import { patchedText } from "../../text/patch.ts";
import type { SyntaxProblem } from "../../text/problem.ts";
import type { Span } from "../../text/span.ts";
import { readingOf } from "../grammar.ts";
import type { PyStatement } from "../node.ts";
import type { PythonParser } from "../parser.ts";
import { statements } from "../statement.ts";
import { assembled, type ReadClause } from "./assemble.ts";
import { bareHead, clauseForm, clauseNode } from "./clause.ts";
import { healed, valueEndings } from "./heal.ts";
import { classBody, type KnownPiece, type LastReading } from "./last.ts";
import { deepestBlocks, soundLayout } from "./layout.ts";
import { deepestBrackets, type LogicalLine } from "./lines.ts";
import { shifted } from "./moved.ts";
import { type Clause, type Piece, piecesOf } from "./pieces.ts";
import { placeholder } from "./placeholder.ts";
import { withStale } from "./stale.ts";
import { startsOnLines } from "./starts.ts";
import { strayMark } from "./stray-mark.ts";

/** A file that is read piece by piece. */
export interface PieceReading {
  readonly parser: PythonParser;
  readonly text: string;
  readonly problems: SyntaxProblem[];
  /** The smallest pieces that are not as written. */
  readonly recovered: Span[];
  /** Where what stood in the last good text stands in. */
  readonly stale: Span[];
  /** The text before the last edit, read; null where there is none. */
  readonly last: LastReading | null;
  /** The clean pieces of this text, for the next edit. */
  readonly pieces: Map<string, KnownPiece>;
  /** Whether a piece that does not parse is healed; if not, it only makes `failed` true. */
  readonly heals: boolean;
  failed: boolean;
  depth: number;
}

/** The statements of lines that belong to one suite. */
export function suite(p: PieceReading, lines: readonly LogicalLine[]): PyStatement[] {
  const [first] = lines;
  if (first && p.depth >= deepestBlocks) return given(p, first.start, lines.at(-1)?.end ?? first.end, tooDeep);
  p.depth++;
  const found: PyStatement[] = [];
  for (const piece of piecesOf(p.text, lines)) {
    if (p.failed) break;
    if (first && (piece.line.indent < first.indent || (p.depth === 1 && piece.line.indent > 0))) misplaced(p, piece);
    found.push(...read(p, piece));
  }
  p.depth--;
  return found;
}

/** A line that is indented less than those before it, but not as little as what is around them. */
function misplaced(p: PieceReading, piece: Piece): void {
  if (!p.heals) p.failed = true;
  const line = piece.decorators[0] ?? piece.line;
  const span = { start: line.start, end: line.end };
  report(p, { span, message: "This line is indented like none of the blocks around it." });
  p.recovered.push(span);
}

/** A span given up. */
function given(p: PieceReading, start: number, end: number, message: string): PyStatement[] {
  const span = { start, end };
  report(p, { span, message });
  p.recovered.push(span);
  return [{ kind: "broken", span }];
}

function read(p: PieceReading, piece: Piece): readonly PyStatement[] {
  const text = p.text.slice(piece.start, piece.end);
  const known = p.last?.known.get(text) ?? p.pieces.get(text);
  const before = p.recovered.length;
  const found = known ? shifted(known.statements, piece.start - known.start) : readAnew(p, piece);
  if (!p.failed && p.recovered.length === before) p.pieces.set(text, { start: piece.start, statements: found });
  return found;
}

function readAnew(p: PieceReading, piece: Piece): PyStatement[] {
  const [clause] = piece.clauses;
  if (classBody(piece)) return compound(p, piece);
  const lines = linesOf(piece);
  const nested = lines.some((line) => line.depth > deepestBrackets);
  const clean = !nested && soundLayout(p.text, lines) ? parsed(p, piece.start, piece.end) : null;
  if (clean && startsOnLines(p.text, lines, clean)) return clean;
  if (!p.heals) {
    p.failed = true;
    return [];
  }
  return clause ? compound(p, piece) : simple(p, piece);
}

function linesOf(piece: Piece): LogicalLine[] {
  const clauses = piece.clauses.flatMap((clause) => [clause.head, ...clause.body]);
  return [...piece.decorators, ...(clauses.length > 0 ? clauses : [piece.line, ...piece.stray])];
}

/** The statements of a piece that parses as it is; null where it does not. */
function parsed(p: PieceReading, start: number, end: number): PyStatement[] | null {
  const r = readingOf(
    p.parser,
    p.text.slice(start, end),
    (offset) => offset + start,
    (span, message) => complain(p, span, message),
  );
  if (!r || r.table.hasError) return null;
  const found = statements(r, 0);
  return r.bodiless.length === 0 ? found : null;
}

/** A file in ruins is not told about each of them. */
const mostProblems = 100;

function report(p: PieceReading, problem: SyntaxProblem): void {
  if (p.problems.length < mostProblems) p.problems.push(problem);
}

function complain(p: PieceReading, span: Span, message: string): void {
  report(p, { span, message });
  p.recovered.push(span);
}

const assignment =
  /^[A-Za-z_][\w.]*(?:\[[^\]\r\n]*\])?(?:\s*:[^=\r\n]*[^=\s])?\s*=(?!=)|^(?:return|raise|assert|del|yield|await)\b/;

/** A simple statement that does not parse as it is. */
function simple(p: PieceReading, piece: Piece): PyStatement[] {
  const stray = straySuite(p, piece);
  const alone = piece.decorators.length === 0 && piece.stray.length === 0;
  return [...piece.decorators, piece.line].flatMap((line) => simpleLine(p, line, alone)).concat(stray);
}

const tooDeep = "This is nested too deeply to be read.";

/** A simple statement on one logical line; `tried` when it is known not to parse as it is. */
function simpleLine(p: PieceReading, line: LogicalLine, tried: boolean): PyStatement[] {
  if (line.depth > deepestBrackets) return given(p, line.start, line.end, tooDeep);
  const clean = tried ? null : parsed(p, line.start, line.end);
  if (clean) return clean;
  const text = p.text.slice(line.start, line.end);
  const stray = /^from\b/.test(text) ? strayMark(text) : null;
  if (stray !== null && parsesWithout(p, line, stray)) return withoutStray(p, line, stray);
  const lead = assignment.exec(text)?.[0];
  const tail = lead ? [{ start: line.start + lead.length, end: line.end, newText: ` ${placeholder}` }] : [];
  const endings = /^from\b/.test(text) ? [...valueEndings, ` import ${placeholder}`] : valueEndings;
  if (text.startsWith("@"))
    return given(p, line.start, line.end, "This decorator stands before no function and no class.");
  return healedStatements(p, line, healed(p.parser, p.text, line, [{ prefix: "", suffix: "" }], endings, tail));
}

/** Whether a line parses once the character at an offset of it is taken out. */
function parsesWithout(p: PieceReading, line: LogicalLine, offset: number): boolean {
  const text = p.text.slice(line.start, line.end);
  return p.parser.table(text.slice(0, offset) + text.slice(offset + 1))?.hasError === false;
}

function withoutStray(p: PieceReading, line: LogicalLine, offset: number): PyStatement[] {
  const span = { start: line.start + offset, end: line.start + offset + 1 };
  const message = `This \`${p.text[span.start]}\` has no place in an import.`;
  const patches = [{ ...span, newText: "" }];
  const frame = { prefix: "", suffix: "" };
  return healedStatements(p, line, { patches, frame, problems: [{ span, message }], recovered: [span] });
}

function healedStatements(p: PieceReading, line: LogicalLine, found: ReturnType<typeof healed>): PyStatement[] {
  for (const problem of found.problems) report(p, problem);
  for (const span of found.recovered) p.recovered.push(span);
  const broken: PyStatement = { kind: "broken", span: { start: line.start, end: line.end } };
  if (!found.patches) return [withLast(p, broken)];
  const { text, at } = patchedText(p.text, line.start, line.end, found.patches, found.frame.prefix, found.frame.suffix);
  const r = readingOf(p.parser, text, at, (span, message) => complain(p, span, message));
  return r ? statements(r, 0).map((statement) => withLast(p, statement)) : [broken];
}

/** What stood at the same place before the last edit stands in for what is broken. */
function withLast(p: PieceReading, statement: PyStatement): PyStatement {
  const old = p.last?.statementAt(statement.span.start);
  return old ? withStale(statement, old, (span) => p.stale.push(span)) : statement;
}

/** Lines below a simple statement that are indented for no reason: statements all the same, unless they look like a rest of it. */
function straySuite(p: PieceReading, piece: Piece): PyStatement[] {
  const [first] = piece.stray;
  if (!first) return [];
  const end = piece.stray.at(-1)?.end ?? first.end;
  const rest = piece.stray.some(
    (line) => /^[)\]},.]|^(?:and|or|in|is)\b/.test(p.text.slice(line.start, line.end)) || p.text[line.end - 1] === ",",
  );
  if (rest) return given(p, first.start, end, "This could not be read as Python.");
  report(p, { span: { start: first.start, end: first.end }, message: "This line is indented for no reason." });
  p.recovered.push({ start: first.start, end });
  return suite(p, piece.stray);
}

/** A compound statement, each head and each body read by itself. */
function compound(p: PieceReading, piece: Piece): PyStatement[] {
  const clauses = piece.clauses.map((clause, index) => readClause(p, piece, clause, index === 0));
  return [assembled(clauses, piece.start)];
}

function readClause(p: PieceReading, piece: Piece, clause: Clause, first: boolean): ReadClause {
  const { keyword, head } = clause;
  const below = clause.body.length > 0;
  const form = clauseForm(keyword);
  const frame = below ? form.block : form.inline;
  const start = first && piece.decorators.length > 0 ? piece.start : head.start;
  const nested = head.depth > deepestBrackets || piece.decorators.some((line) => line.depth > deepestBrackets);
  const whole = nested ? undefined : framed(p, start, head.end, frame);
  const statement = whole ?? healedHead(p, piece, clause, first);
  const node = clauseNode(keyword, p.failed ? undefined : statement, head.start);
  if (p.failed) return { node, body: [], cases: [], end: head.end };
  if (!below) return { node, body: node.body, cases: [], end: node.body.at(-1)?.span.end ?? head.end };
  const cases = keyword === "match" ? matchCases(p, clause) : [];
  const body = keyword === "match" ? [] : suite(p, clause.body);
  return { node, body, cases, end: body.at(-1)?.span.end ?? clause.body.at(-1)?.end ?? head.end };
}

/** The cases below a `match`; nothing else may stand there. */
function matchCases(p: PieceReading, clause: Clause): ReadClause[] {
  return piecesOf(p.text, clause.body).flatMap((piece) => {
    const [first] = piece.clauses;
    if (first?.keyword === "case") return [readClause(p, piece, first, true)];
    given(p, piece.start, piece.end, "Only a `case` can stand here.");
    return [];
  });
}

/** The statement that a head makes in its frame, as it is; null where that does not parse. */
function framed(p: PieceReading, start: number, end: number, frame: { prefix: string; suffix: string }) {
  const { text, at } = patchedText(p.text, start, end, [], frame.prefix, frame.suffix);
  const r = readingOf(p.parser, text, at, (span, message) => complain(p, span, message));
  if (!r || r.table.hasError) return undefined;
  const [found] = statements(r, 0);
  for (const span of r.bodiless) complain(p, span, "An indented block is missing here.");
  return found;
}

function healedHead(p: PieceReading, piece: Piece, clause: Clause, first: boolean): PyStatement | undefined {
  if (!p.heals) {
    p.failed = true;
    return undefined;
  }
  const { keyword, head } = clause;
  const form = clauseForm(keyword);
  const decorated = first && piece.decorators.length > 0;
  const alone = decorated
    ? framed(p, head.start, head.end, clause.body.length > 0 ? form.block : form.inline)
    : undefined;
  if (alone) return withDecorators(p, piece, alone);
  const frames = clause.body.length > 0 ? [form.block] : [form.inline, form.block];
  const bare = bareHead(p.text, head.start, head.end, keyword);
  const span = { start: head.start, end: head.end };
  const found =
    head.depth > deepestBrackets
      ? { patches: [bare], frame: form.block, problems: [{ span, message: tooDeep }], recovered: [span] }
      : healed(p.parser, p.text, head, frames, form.endings, [bare]);
  const [statement] = healedStatements(p, head, found);
  return decorated ? withDecorators(p, piece, statement) : statement;
}

function withDecorators(p: PieceReading, piece: Piece, statement: PyStatement | undefined): PyStatement | undefined {
  if (statement?.kind !== "function" && statement?.kind !== "class") return statement;
  return { ...statement, decorators: piece.decorators.flatMap((line) => decorator(p, line)) };
}

function decorator(p: PieceReading, line: LogicalLine) {
  const inside = { ...line, start: line.start + 1 };
  const [statement] = simpleLine(p, inside, false);
  return statement?.kind === "expression" ? [statement.value] : [];
}
