import type { PyCase, PyComment, PyExpression, PyStatement } from "../node.ts";
import { assembled, type Clause, type Head, headAt, mayFollow, opensStatement } from "./compound.ts";
import { grammar, namedExpression } from "./expression.ts";
import { accept, deepest, NotPython, type Parser, parserOf, startOf } from "./parser.ts";
import { type Scan, scanned } from "./scan.ts";
import { simpleStatements } from "./statement.ts";
import { AT, ELIF, ELSE, END, EXCEPT, FINALLY, NEWLINE } from "./token.ts";

const clauseKeywords: ReadonlySet<number> = new Set([ELIF, ELSE, EXCEPT, FINALLY]);

/** What a text that is Python holds. */
export interface StrictReading {
  readonly statements: readonly PyStatement[];
  readonly comments: readonly PyComment[];
  /** The end of the last token. */
  readonly end: number;
}

/** A parser that knows the lines of its text. */
interface Lines {
  readonly p: Parser;
  readonly scan: Scan;
  /** The index of the logical line that is being read. */
  line: number;
}

/**
 * The statements of a text from `from` to `to`, both at the start of a line or the end of the text, all indented by `indent`
 * columns. Null where CPython would not read them, or where they nest too deeply. `depth` is where they lie in their tree.
 */
export function readStrictly(
  text: string,
  from: number,
  to: number,
  indent: number,
  depth: number,
): StrictReading | null {
  return attempt(text, from, to, depth, (lines) => {
    const statements = block(lines, indent);
    if (lines.p.kind !== END) throw new NotPython();
    return statements;
  });
}

/** The simple statements of one logical line; null where it can't be read. */
export function readLine(text: string, from: number, to: number, depth: number): readonly PyStatement[] | null {
  const read = attempt(text, from, to, depth, ({ p, scan }) => {
    if (scan.indents.length !== 1) throw new NotPython();
    return simpleStatements(p);
  });
  return read?.statements ?? null;
}

/** The expression of a decorator, without its `@`; null where it can't be read. */
export function readDecorator(text: string, from: number, to: number, depth: number): PyExpression | null {
  let value: PyExpression | null = null;
  const read = attempt(text, from, to, depth, ({ p, scan }) => {
    value = namedExpression(p);
    if (!accept(p, NEWLINE) || scan.indents.length !== 1) throw new NotPython();
    return [];
  });
  return read && value;
}

/** The head on one logical line, with the statements behind its colon; null where it can't be read. */
export function readHead(text: string, from: number, to: number, depth: number) {
  let head: Head | null = null;
  const read = attempt(text, from, to, depth, ({ p, scan }) => {
    if (scan.indents.length !== 1) throw new NotPython();
    head = headAt(p);
    return accept(p, NEWLINE) ? [] : simpleStatements(p);
  });
  return read && head ? { head: head as Head, statements: read.statements } : null;
}

function attempt(
  text: string,
  from: number,
  to: number,
  depth: number,
  read: (lines: Lines) => readonly PyStatement[],
): StrictReading | null {
  const scan = scanned(text, from, to);
  if (!scan) return null;
  try {
    const p = parserOf(text, scan.tokens, grammar, null, depth);
    const statements = read({ p, scan, line: 0 });
    return { statements, comments: scan.comments, end: p.end };
  } catch (error) {
    if (error instanceof NotPython) return null;
    throw error;
  }
}

/** The statements of a block; every line of it that begins a statement is indented alike. */
function block(lines: Lines, indent: number): PyStatement[] {
  const { p, scan } = lines;
  const found: PyStatement[] = [];
  if (p.depth >= deepest) throw new NotPython();
  p.depth++;
  while (p.kind !== END) {
    const own = scan.indents[lines.line] ?? 0;
    if (own < indent) break;
    if (own > indent) throw new NotPython();
    statement(lines, indent, found);
  }
  p.depth--;
  return found;
}

function statement(lines: Lines, indent: number, into: PyStatement[]): void {
  const { p } = lines;
  const start = startOf(p);
  const decorators: PyExpression[] = [];
  while (accept(p, AT)) {
    decorators.push(namedExpression(p));
    endLine(lines);
    if (lines.scan.indents[lines.line] !== indent) throw new NotPython();
  }
  const own = startOf(p);
  const head = headAt(p);
  if (!head) {
    if (decorators.length > 0) throw new NotPython();
    for (const each of simpleStatements(p)) into.push(each);
    lines.line++;
    return;
  }
  if (!opensStatement(head)) throw new NotPython();
  if (decorators.length > 0 && head.keyword !== "def" && head.keyword !== "class") throw new NotPython();
  into.push(compound(lines, indent, head, start, own, decorators));
}

function compound(
  lines: Lines,
  indent: number,
  first: Head,
  start: number,
  own: number,
  decorators: readonly PyExpression[],
): PyStatement {
  const { p, scan } = lines;
  const clauses = [clause(lines, indent, first, own)];
  while (p.kind !== END && scan.indents[lines.line] === indent && isClauseKeyword(p)) {
    const at = startOf(p);
    const head = headAt(p);
    const last = clauses.at(-1)?.head ?? first;
    if (!head || !mayFollow(first, last, head)) throw new NotPython();
    if (head.keyword === "except" && last.keyword === "except" && head.star !== last.star) throw new NotPython();
    clauses.push(clause(lines, indent, head, at));
  }
  if (first.keyword === "try" && clauses.length < 2) throw new NotPython();
  const found = assembled(clauses, start, decorators);
  if (found.kind === "broken") throw new NotPython();
  return found;
}

/** Whether the next token is `elif`, `else`, `except` or `finally`. */
function isClauseKeyword(p: Parser): boolean {
  return clauseKeywords.has(p.kind);
}

function clause(lines: Lines, indent: number, head: Head, start: number): Clause {
  const { p } = lines;
  if (head.keyword === "match") {
    const cases = matchCases(lines, indent);
    return { head, start, end: p.end, body: [], cases };
  }
  const body = suite(lines, indent);
  return { head, start, end: p.end, body, cases: [] };
}

/** What stands below a head or behind its colon. */
function suite(lines: Lines, indent: number): PyStatement[] {
  const { p, scan } = lines;
  if (p.kind !== NEWLINE) {
    const found = simpleStatements(p);
    lines.line++;
    return found;
  }
  endLine(lines);
  const inner = scan.indents[lines.line] ?? -1;
  if (inner <= indent) throw new NotPython();
  return block(lines, inner);
}

function matchCases(lines: Lines, indent: number): PyCase[] {
  const { p, scan } = lines;
  endLine(lines);
  const inner = scan.indents[lines.line] ?? -1;
  if (inner <= indent) throw new NotPython();
  const found: PyCase[] = [];
  p.depth++;
  while (p.kind !== END && (scan.indents[lines.line] ?? -1) >= inner) {
    if (scan.indents[lines.line] !== inner) throw new NotPython();
    const start = startOf(p);
    const head = headAt(p);
    if (head?.keyword !== "case") throw new NotPython();
    const body = suite(lines, inner);
    const { pattern, guard } = head;
    found.push({ span: { start, end: p.end }, pattern, guard, body });
  }
  p.depth--;
  return found;
}

function endLine(lines: Lines): void {
  if (!accept(lines.p, NEWLINE)) throw new NotPython();
  lines.line++;
}
