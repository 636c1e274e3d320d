import type { SyntaxProblem } from "../../text/problem.ts";
import type { Span } from "../../text/span.ts";
import type { PyCase, PyComment, PyExpression, PyStatement } from "../node.ts";
import { assembled, type Clause, type Head, headAt, opensStatement } from "../parse/compound.ts";
import { grammar, namedExpression } from "../parse/expression.ts";
import { complain, type Damage, type Parser, parserOf, skipLine, spanFrom, startOf } from "../parse/parser.ts";
import { deepestBlocks } from "../parse/scan.ts";
import { simpleStatements } from "../parse/statement.ts";
import { readDecorator, readHead, readLine } from "../parse/strict.ts";
import { END, NEWLINE } from "../parse/token.ts";
import type { CleanPiece, LastReading } from "./last.ts";
import { cutBrokenLines, type LogicalLine } from "./lines.ts";
import { movedBy } from "./moved.ts";
import { type Clause as ClauseLines, type Piece, piecesOf } from "./pieces.ts";
import { repaired } from "./repair.ts";
import { withStale } from "./stale.ts";
import { strayMark } from "./stray-mark.ts";

/** What a text holds that is not quite Python. */
export interface TolerantReading {
  readonly statements: readonly PyStatement[];
  readonly comments: readonly PyComment[];
  readonly problems: readonly SyntaxProblem[];
  readonly recovered: readonly Span[];
  readonly stale: readonly Span[];
  readonly clean: ReadonlyMap<number, CleanPiece>;
}

interface Tolerant {
  readonly text: string;
  readonly damage: Damage;
  readonly stale: Span[];
  /** The text before the last edit, read; null where there is none. */
  readonly last: LastReading | null;
  readonly clean: Map<number, CleanPiece>;
  depth: number;
}

/** A file in ruins does not get a problem for each of them. */
const mostProblems = 100;

/**
 * The statements of a text that is not quite Python. It is cut into logical lines by its layout, each is read by itself, strictly
 * if it can be, and what is broken in the others stays a `broken` node or, with a reading of the text before, what stood there.
 */
export function readTolerantly(text: string, last: LastReading | null): TolerantReading {
  const t: Tolerant = { text, damage: { problems: [], recovered: [] }, stale: [], last, clean: new Map(), depth: 0 };
  const accepts = (start: number, end: number) =>
    readHead(text, start, end, 0) !== null || readLine(text, start, end, 0) !== null;
  const { lines, comments } = cutBrokenLines(text, accepts);
  const statements = suite(t, lines);
  if (t.damage.recovered.length === 0) reportAnywhere(t, lines);
  const { recovered } = t.damage;
  const problems = [...t.damage.problems]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .slice(0, mostProblems);
  return { statements, comments, problems, recovered, stale: t.stale, clean: t.clean };
}

/** A text that is not Python is damaged, although each of its lines reads well: then it is the indentation, or what CPython counts. */
function reportAnywhere(t: Tolerant, lines: readonly LogicalLine[]): void {
  const before = (line: LogicalLine) => t.text.slice(t.text.lastIndexOf("\n", line.start - 1) + 1, line.start);
  const mixed = lines.find((line) => before(line).includes("\t"));
  if (mixed) report(t, mixed, "Tabs and blanks are mixed in the indentation.");
  else report(t, { start: 0, end: Math.min(1, t.text.length) }, "This file could not be read as Python.");
}

function report(t: Tolerant, { start, end }: Span, message: string): void {
  t.damage.problems.push({ span: { start, end }, message });
  t.damage.recovered.push({ start, end });
}

/** A span given up. */
function given(t: Tolerant, start: number, end: number, message: string): PyStatement[] {
  const span = { start, end };
  report(t, span, message);
  return [{ kind: "broken", span }];
}

/** The statements of lines that belong to one suite. */
function suite(t: Tolerant, lines: readonly LogicalLine[]): PyStatement[] {
  const [first] = lines;
  if (!first) return [];
  if (t.depth >= deepestBlocks) {
    return given(t, first.start, lines.at(-1)?.end ?? first.end, "This is nested too deeply to be read.");
  }
  t.depth++;
  const found: PyStatement[] = [];
  for (const piece of piecesOf(t.text, lines)) {
    if (piece.line.indent < first.indent || (t.depth === 1 && piece.line.indent > 0)) {
      report(t, piece.decorators[0] ?? piece.line, "This line is indented like none of the blocks around it.");
    }
    for (const statement of pieceStatements(t, piece)) found.push(statement);
  }
  t.depth--;
  return found;
}

function pieceStatements(t: Tolerant, piece: Piece): readonly PyStatement[] {
  const { start, end } = piece;
  const before = t.damage.recovered.length;
  const statements = t.last?.unchanged(start, end) ?? readPiece(t, piece);
  if (t.damage.recovered.length === before) t.clean.set(start, { end, statements });
  return statements;
}

function readPiece(t: Tolerant, piece: Piece): PyStatement[] {
  const before = t.damage.recovered.length;
  const indent = (piece.decorators[0] ?? piece.line).indent;
  for (const line of [...piece.decorators, piece.line, ...piece.clauses.map(({ head }) => head)]) {
    if (line.indent === indent) continue;
    report(t, line, "This line is indented like none of the blocks around it.");
    break;
  }
  if (piece.clauses.length > 0) {
    const clauses = piece.clauses.map((clause) => readClause(t, clause));
    const [first] = clauses;
    if (first && !opensStatement(first.head)) {
      const head = piece.clauses[0]?.head ?? piece;
      report(t, head, "The statement that this belongs to is missing.");
    }
    const stars = new Set(clauses.flatMap(({ head }) => (head.keyword === "except" ? [head.star] : [])));
    if (stars.size > 1) report(t, clauses[1] ?? piece, "`except` and `except*` can't stand in one statement.");
    if (first?.head.keyword === "try" && clauses.length === 1) {
      report(t, clauses[0] ?? piece, "`try` needs an `except` or a `finally`.");
    }
    const statement = assembled(clauses, piece.start, decorators(t, piece));
    if (statement.kind === "broken") report(t, statement.span, "This has too many branches to be read.");
    return [t.damage.recovered.length > before ? withLast(t, statement) : statement];
  }
  const found: PyStatement[] = [];
  for (const line of piece.decorators) found.push(...strayDecorator(t, line));
  if (isDecorator(t, piece.line)) found.push(...strayDecorator(t, piece.line));
  else for (const statement of simpleLine(t, piece.line)) found.push(statement);
  for (const statement of straySuite(t, piece)) found.push(statement);
  return found;
}

function isDecorator(t: Tolerant, line: LogicalLine): boolean {
  return t.text.charCodeAt(line.start) === 64;
}

function strayDecorator(t: Tolerant, line: LogicalLine): PyStatement[] {
  return given(t, line.start, line.end, "This decorator stands before no function and no class.");
}

/** The simple statements on one logical line. */
function simpleLine(t: Tolerant, line: LogicalLine): readonly PyStatement[] {
  const { text } = t;
  const sound = readLine(text, line.start, line.end, t.depth);
  if (sound) return sound;
  return (withoutStray(t, line) ?? tolerantLine(t, line, simpleStatements)).map((statement) => withLast(t, statement));
}

/** Reads a line with a tolerant parser, and records what it found wrong. */
function tolerantLine<T>(t: Tolerant, line: LogicalLine, read: (p: Parser) => T): T {
  const before = t.damage.recovered.length;
  const p = parserOf(t.text, repaired(t.text, line, t.damage), grammar, t.damage, t.depth);
  const found = read(p);
  if (p.hurt || t.damage.recovered.length === before) {
    t.damage.recovered.push({ start: line.start, end: Math.max(line.start, line.end) });
  }
  return found;
}

/** The import on a line with one character in it that none can hold, as when a bracket was typed into a name. */
function withoutStray(t: Tolerant, line: LogicalLine): PyStatement[] | null {
  const text = t.text.slice(line.start, line.end);
  const offset = strayMark(text);
  if (offset === null) return null;
  const whole = text.slice(0, offset) + text.slice(offset + 1);
  const read = readLine(whole, 0, whole.length, t.depth);
  if (!read) return null;
  const at = line.start + offset;
  report(t, { start: at, end: at + 1 }, `This \`${t.text[at]}\` has no place in an import.`);
  const place = (to: number) => line.start + (to > offset ? to + 1 : to);
  return read.map((statement) => movedBy(statement, ({ start, end }) => ({ start: place(start), end: place(end) })));
}

/** What stood at the same place before the last edit stands in for what is broken. */
function withLast(t: Tolerant, statement: PyStatement): PyStatement {
  const old = t.last?.statementAt(statement.span.start);
  return old ? withStale(statement, old, (span) => t.stale.push(span)) : statement;
}

/** Lines below a simple statement that are indented for no reason: statements all the same, unless they look like a rest of it. */
function straySuite(t: Tolerant, piece: Piece): readonly PyStatement[] {
  const [first] = piece.stray;
  if (!first) return [];
  const end = piece.stray.at(-1)?.end ?? first.end;
  const isRest = piece.stray.some(
    (line) => /^[)\]},.]|^(?:and|or|in|is)\b/.test(t.text.slice(line.start, line.end)) || t.text[line.end - 1] === ",",
  );
  if (isRest) return given(t, first.start, end, "This could not be read as Python.");
  t.damage.problems.push({
    span: { start: first.start, end: first.end },
    message: "This line is indented for no reason.",
  });
  t.damage.recovered.push({ start: first.start, end });
  return suite(t, piece.stray);
}

/** A clause with its block. */
function readClause(t: Tolerant, { head: line, body, keyword }: ClauseLines): Clause {
  const read = headOf(t, line, keyword);
  const [below] = body;
  const inline = read.statements;
  if (!below && inline.length === 0) report(t, line, "An indented block is missing here.");
  if (below && inline.length > 0) report(t, below, "This line is indented for no reason.");
  const isMatch = read.head.keyword === "match";
  const cases = isMatch ? matchCases(t, body) : [];
  const statements = isMatch ? inline : [...inline, ...suite(t, body)];
  const end = statements.at(-1)?.span.end ?? body.at(-1)?.end ?? line.end;
  return { head: read.head, start: line.start, end, body: statements, cases };
}

interface HeadLine {
  readonly head: Head;
  /** What stands behind its colon. */
  readonly statements: readonly PyStatement[];
}

function headOf(t: Tolerant, line: LogicalLine, keyword: string): HeadLine {
  const sound = readHead(t.text, line.start, line.end, t.depth);
  if (sound) return sound;
  return tolerantLine(t, line, (p): HeadLine => {
    const head = headAt(p) ?? brokenHead(p, keyword);
    const isOver = p.kind === NEWLINE || p.kind === END;
    return { head, statements: isOver ? [] : simpleStatements(p) };
  });
}

/** A head of which only the first word is readable. */
function brokenHead(p: Parser, keyword: string): Head {
  const start = startOf(p);
  skipLine(p);
  const span = spanFrom(p, start);
  complain(p, span, "This could not be read as Python.");
  if (keyword === "case") return { keyword, pattern: span, guard: null };
  if (keyword === "match") return { keyword, subject: { kind: "broken", span } };
  return { keyword: "if", test: { kind: "broken", span } };
}

/** The cases below a `match`; nothing else may stand there. */
function matchCases(t: Tolerant, lines: readonly LogicalLine[]): PyCase[] {
  t.depth++;
  const found = piecesOf(t.text, lines).flatMap((piece) => {
    const [first] = piece.clauses;
    if (piece.line.indent !== lines[0]?.indent) {
      report(t, piece.line, "This line is indented like none of the blocks around it.");
    }
    if (first?.keyword !== "case" || t.depth >= deepestBlocks) {
      given(t, piece.start, piece.end, "Only a `case` can stand here.");
      return [];
    }
    const { head, start, end, body } = readClause(t, first);
    if (head.keyword !== "case") return [];
    return [{ span: { start, end }, pattern: head.pattern, guard: head.guard, body }];
  });
  t.depth--;
  return found;
}

/** The decorators of a definition. */
function decorators(t: Tolerant, piece: Piece): PyExpression[] {
  return piece.decorators.flatMap((line) => {
    const inside = { ...line, start: line.start + 1 };
    const sound = readDecorator(t.text, inside.start, inside.end, t.depth);
    if (sound) return [sound];
    return tolerantLine(t, inside, (p) => {
      const value = namedExpression(p);
      if (p.kind !== NEWLINE && p.kind !== END) {
        skipLine(p);
        complain(p, spanFrom(p, inside.start), "This could not be read as Python.");
      }
      return value.kind === "broken" ? [] : [value];
    });
  });
}
